//! What contributors and CI run: `cargo xtask test`, `cargo xtask lint`, and `cargo xtask check` for both; `eval`, `eval-diff`, `eval-prompt`,
//! `eval-quality` and `bench` measure on real filings, `fuzz` tries odd bytes.
//!
//! Reading order: this file has the commands; [`mod@test`], [`lint`], [`measure`] and [`fuzz`] say what they consist of;
//! [`snapshots`] finds snapshots that no test refers to; [`tools`], [`browser`], [`database`], [`npm`] and [`python`] install
//! what they need; [`run`] starts programs and times them.

mod browser;
mod database;
mod fuzz;
mod lint;
mod measure;
mod npm;
mod python;
mod run;
mod snapshots;
mod test;
mod tools;

use std::process::ExitCode;

use crate::run::Workspace;

const USAGE: &str = "\
usage: cargo xtask <command>

  test [--slow] [NAME]   build, tests, doc tests, each stage on its own; --slow adds the tests marked #[ignore];
                         with NAME only the tests whose name contains it
  test --recordings DIR  outlines of the filings that `worker-http record` saved there, kept as snapshots beside them
  lint                   format, snapshots, dependencies, clippy, rustdoc; warnings are errors
  check                  test, then lint: what CI runs
  eval [FOLDER] [...]    scores the extraction on labelled real filings; the folder is ../shared/filings unless named;
                         --misses, --only NAMES, --min, --max-silent, --max-low PERCENT
  eval-diff [FOLDER] [...]
                         scores the comparison: known edits of real paragraphs, words lost, words shown as changed;
                         --misses, --limit COUNT, --only NAMES, --seed NUMBER, --rounds COUNT, --min PERCENT
  eval-prompt [FOLDER] [...]
                         how much a language model is sent for the real pairs; --since YEAR, --pairs
  eval-quality [FOLDER] [...]
                         false refunds on right extractions, and spoiled ones that go unnoticed; --misses, --count COUNT,
                         --seed NUMBER, --only NAME, --max-false PERCENT, --min PERCENT
  bench extract|diff [FOLDER]
                         speed and memory on real filings
  bench page [FOLDER]    size of the pages and the time to make them; the largest one measured in a browser
  bench hostile          speed and memory on documents of 100 MB that nobody files
  bench diff-hostile [--only NAMES] [--times COUNT]
                         speed, growth and memory on pairs of texts that nobody files
  bench store [--jobs COUNT] [--workers COUNT]
                         jobs per second through the store on a real PostgreSQL, beside the bare queue
  fuzz [SECONDS]         odd bytes for section-extract, for a minute unless said otherwise";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Test(test::Choice),
    Lint,
    Check,
    Measure(measure::Program),
    Fuzz(u32),
    Help,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(task) = parse(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match perform(&task, &Workspace::of_this_program()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `None` is wrong use.
fn parse(arguments: &[String]) -> Option<Task> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["test", rest @ ..] => test::Choice::parse(rest).map(Task::Test),
        ["lint"] => Some(Task::Lint),
        ["check"] => Some(Task::Check),
        ["eval", rest @ ..] => Some(Task::Measure(measure::Program::eval(rest))),
        ["eval-diff", rest @ ..] => Some(Task::Measure(measure::Program::eval_diff(rest))),
        ["eval-prompt", rest @ ..] => Some(Task::Measure(measure::Program::eval_prompt(rest))),
        ["eval-quality", rest @ ..] => Some(Task::Measure(measure::Program::eval_quality(rest))),
        ["bench", rest @ ..] => measure::Program::bench(rest).map(Task::Measure),
        ["fuzz"] => Some(Task::Fuzz(fuzz::DEFAULT_SECONDS)),
        ["fuzz", seconds] => seconds.parse().ok().map(Task::Fuzz),
        ["help" | "--help" | "-h"] => Some(Task::Help),
        _ => None,
    }
}

fn perform(task: &Task, workspace: &Workspace) -> anyhow::Result<()> {
    match task {
        Task::Test(choice) => test::run(workspace, choice),
        Task::Lint => lint::run(workspace),
        Task::Check => {
            test::run(workspace, &test::Choice::default())?;
            lint::run(workspace)
        }
        Task::Measure(program) => measure::run(workspace, program),
        Task::Fuzz(seconds) => fuzz::run(workspace, *seconds),
        Task::Help => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<Task> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn commands_are_told_apart() {
        assert_eq!(parsed("lint"), Some(Task::Lint));
        assert_eq!(parsed("check"), Some(Task::Check));
        assert_eq!(parsed("test"), Some(Task::Test(test::Choice::default())));
        assert_eq!(parsed("fuzz 600"), Some(Task::Fuzz(600)));
        let slow = test::Choice { slow: true, name: Some("ticker".into()), recordings: None };
        assert_eq!(parsed("test ticker --slow"), Some(Task::Test(slow)));
        let recorded = test::Choice { recordings: Some("here".into()), ..test::Choice::default() };
        assert_eq!(parsed("test --recordings here"), Some(Task::Test(recorded)));
    }

    #[test]
    fn anything_else_is_wrong_use() {
        for line in [
            "",
            "tset",
            "lint now",
            "check --slow",
            "test --fast",
            "test one two",
            "test --slow --slow",
            "test --recordings",
            "test --recordings one two",
            "test ticker --recordings here",
            "bench",
            "bench all",
            "fuzz long",
        ] {
            assert_eq!(parsed(line), None, "{line:?}");
        }
    }
}
