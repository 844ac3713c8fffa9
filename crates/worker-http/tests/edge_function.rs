//! The Edge Functions of `examples/edge-function`, run by Deno against the built worker; and what Deno says of their code.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use supabase_store::{ReportStore as _, Sqlite};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/edge-function/tests");
const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");

/// As `functions.test.ts` has them.
const RICH: &str = "11111111-1111-4111-8111-111111111111";
const HASTY: &str = "33333333-3333-4333-8333-333333333333";

/// Deno in the folder of the tests, where everything that it imports lies: nothing is fetched.
fn deno(arguments: &str) -> Command {
    let program = Path::new(TESTS).join("node_modules/.bin/deno");
    assert!(
        program.is_file(),
        "Deno is absent: run cargo xtask test, which installs it, or `npm ci --ignore-scripts` in examples/edge-function/tests"
    );
    let mut command = Command::new(program);
    command.args(arguments.split_whitespace()).current_dir(TESTS);
    command.envs([("NO_COLOR", "1"), ("DENO_NO_UPDATE_CHECK", "1"), ("DENO_NO_PROMPT", "1")]);
    command
}

fn succeeds(command: &mut Command) {
    let output = command.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}\n{}{}", said(&output.stdout), said(&output.stderr));
}

#[test]
fn the_functions_and_the_configuration_of_railway_fit_their_types() {
    succeeds(&mut deno("check --config deno.jsonc . ../supabase/functions ../../../.railway"));
}

#[test]
fn the_functions_are_written_as_deno_wants() {
    succeeds(&mut deno("lint --config deno.jsonc . ../supabase/functions ../../../.railway"));
    succeeds(&mut deno("fmt --check --config deno.jsonc . ../supabase/functions ../../../.railway"));
}

#[test]
fn signatures_and_answers_are_read_as_they_are_meant() {
    let rights = "--no-prompt --cached-only --allow-net=127.0.0.1";
    succeeds(&mut deno(&format!("test --config deno.jsonc {rights} webhook.test.ts worker.test.ts")));
}

#[test]
fn railway_reads_its_configuration() {
    succeeds(&mut deno("test --config deno.jsonc --no-prompt --cached-only railway.test.ts"));
}

#[tokio::test]
async fn a_report_goes_from_the_user_through_both_functions_and_back() {
    let data_dir = tempfile::tempdir().unwrap();
    grant(data_dir.path().join("worker.sqlite")).await;
    let rights = "--no-prompt --cached-only --allow-net=127.0.0.1 --allow-env --allow-run";
    let mut test = deno(&format!("test --config deno.jsonc {rights} functions.test.ts"));
    test.env("WORKER_BINARY", env!("CARGO_BIN_EXE_worker-http"));
    succeeds(test.env("RECORDING", RECORDING).env("DATA_DIR", data_dir.path()));
}

/// Two reports for one user, more than the limit on one user for another, and none for the third.
async fn grant(database: PathBuf) {
    let store = Sqlite::open(database).await.unwrap();
    assert_eq!(store.grant(RICH, 2, "for a test").await.unwrap(), 2);
    assert_eq!(store.grant(HASTY, 9, "for a test").await.unwrap(), 9);
}
