//! Our migrations on a real PostgreSQL, asked over REST as the worker, users and strangers do.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod case;
mod jobs;
