//! From a ticker to a 10-K change report: the command line and the HTTP worker.
//!
//! The stages live in crates of their own; this program composes them. In reading order:
//! [`pipeline`] is the product on one screen, [`stages`] what each stage tells while it works, [`app`] names the
//! concrete types. [`cli`] has one file per command. [`http`] translates requests, [`queue`] works jobs off,
//! [`callback`] tells callers. [`config`] alone reads the environment.

mod pipeline;
mod progress;
mod stages;

mod answers;
mod app;
mod batches;
mod bundle;
mod causes;
mod config;
mod dollars;
mod edgar_slots;
mod engine;
mod source;
mod telemetry;
mod traffic;

mod broom;
mod callback;
mod http;
mod pages;
mod queue;
mod server;

mod cli;

#[cfg(test)]
mod invented;

fn main() -> std::process::ExitCode {
    cli::run()
}
