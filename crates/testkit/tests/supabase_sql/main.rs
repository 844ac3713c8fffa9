//! Our migrations on a real PostgreSQL, asked over REST as the worker, users and strangers do.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod access;
mod adoption;
mod case;
mod catalogue;
mod charges;
mod functions;
mod jobs;
mod queue;
mod twice;
