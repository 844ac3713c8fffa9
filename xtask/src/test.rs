//! `cargo xtask test`: everything that can be found out by running our code.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use crate::{
    browser, database, python,
    run::{Workspace, answer, in_ci, step, succeed, variable},
    snapshots,
};

/// Crates that others embed alone: each must build by itself, without the features it has by default.
const EMBEDDED_ALONE: [&str; 8] = [
    "filing-model",
    "sec-fetch",
    "section-extract",
    "section-diff",
    "ai-analyze",
    "quality",
    "supabase-store",
    "report-view",
];

/// Which tests to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Also those marked `#[ignore]`.
    pub(crate) slow: bool,
    /// Only those whose name contains this.
    pub(crate) name: Option<String>,
    /// Only the one that outlines what somebody recorded into this folder.
    pub(crate) recordings: Option<PathBuf>,
}

impl Choice {
    /// `None` is wrong use.
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let mut choice = Self::default();
        if let ["--recordings", folder] = arguments {
            choice.recordings = Some(folder.into());
            return Some(choice);
        }
        for argument in arguments {
            match *argument {
                "--slow" if !choice.slow => choice.slow = true,
                option if option.starts_with('-') || choice.name.is_some() => return None,
                name => choice.name = Some(name.to_owned()),
            }
        }
        Some(choice)
    }
}

pub(crate) fn run(workspace: &Workspace, choice: &Choice) -> Result<()> {
    if let Some(folder) = &choice.recordings {
        return step("recordings", || outlines_of_recordings(workspace, folder));
    }
    tell_of_real_filings(workspace)?;
    if choice.slow {
        step("what slow tests need from Python", || python::install(workspace))?;
    }
    let runner = Runner::present_in(workspace);
    let needed = step("what tests need", || install(workspace));
    if choice.name.is_some() {
        // The named ones may need nothing of it.
        if let Err(absent) = needed {
            println!("xtask: {absent:#}");
        }
        return step("tests", || succeed(&mut runner.tests(workspace, choice)));
    }
    needed?;
    step("build", || succeed(&mut runner.build(workspace)))?;
    step("each stage on its own", || each_stage_on_its_own(workspace))?;
    let doc_tests = step("doc tests", || {
        succeed(&mut workspace.cargo("test --doc --workspace --all-features --no-fail-fast"))
    });
    // Last, so that the output ends with how many ran.
    step("tests", || recorded_tests(workspace, &runner, choice))?;
    doc_tests
}

/// What Cargo does not bring.
fn install(workspace: &Workspace) -> Result<()> {
    database::install(workspace)?;
    browser::prepare(workspace)
}

/// Runs all tests and remembers which snapshots they refer to.
pub(crate) fn record_snapshots(workspace: &Workspace) -> Result<()> {
    recorded_tests(workspace, &Runner::present_in(workspace), &Choice::default())
}

/// Snapshots lie beside the recording. Those of new filings are written, later differences fail.
fn outlines_of_recordings(workspace: &Workspace, folder: &Path) -> Result<()> {
    let folder = std::path::absolute(folder)?;
    ensure!(folder.is_dir(), "{} is no folder", folder.display());
    let outcome = succeed(
        workspace
            .cargo("test --quiet --package testkit --test recordings -- --nocapture")
            .env("RECORDINGS_DIR", &folder)
            .env("INSTA_WORKSPACE_ROOT", &workspace.root)
            .env("INSTA_UPDATE", "unseen")
            .env_remove("INSTA_FORCE_PASS"),
    );
    println!("xtask: outlines are in `snapshots` beside each recording in {}", folder.display());
    outcome
}

/// Whether the tests of real filings can run.
pub(crate) fn has_real_filings(workspace: &Workspace) -> bool {
    real_filings(workspace).join("index.jsonl").is_file()
}

fn tell_of_real_filings(workspace: &Workspace) -> Result<()> {
    let folder = real_filings(workspace);
    if has_real_filings(workspace) {
        println!("xtask: real filings are in {}", folder.display());
        return Ok(());
    }
    ensure!(!in_ci(), "no real filings in {}; CI must have them", folder.display());
    println!("xtask: no real filings in {}, so the tests that read them are skipped", folder.display());
    Ok(())
}

/// Absolute, since every test runs in the folder of its crate.
pub(crate) fn real_filings(workspace: &Workspace) -> PathBuf {
    let folder =
        variable("FILINGS_DIR").map_or_else(|| workspace.root.join("../shared/filings"), PathBuf::from);
    std::path::absolute(&folder).unwrap_or(folder)
}

/// Alone, because a build of several crates at once lends each the features of the others.
fn each_stage_on_its_own(workspace: &Workspace) -> Result<()> {
    EMBEDDED_ALONE.iter().try_for_each(|stage| {
        succeed(&mut workspace.cargo(&format!("check --no-default-features --package {stage}")))
    })
}

fn recorded_tests(workspace: &Workspace, runner: &Runner, choice: &Choice) -> Result<()> {
    let record = snapshots::Record::start(workspace)?;
    succeed(runner.tests(workspace, choice).env("INSTA_SNAPSHOT_REFERENCES_FILE", record.path()))?;
    record.keep()
}

/// What runs the tests.
enum Runner {
    /// A process per test; used when it is installed.
    Nextest,
    /// What every toolchain has.
    Cargo,
}

impl Runner {
    fn present_in(workspace: &Workspace) -> Self {
        if answer(&mut workspace.cargo("nextest --version")).is_some() { Self::Nextest } else { Self::Cargo }
    }

    fn build(&self, workspace: &Workspace) -> Command {
        workspace.cargo(match self {
            Self::Nextest => "nextest run --workspace --all-features --no-run",
            Self::Cargo => "test --workspace --all-features --lib --bins --tests --no-run",
        })
    }

    fn tests(&self, workspace: &Workspace, choice: &Choice) -> Command {
        let mut command = workspace.cargo(match self {
            Self::Nextest => "nextest run --workspace --all-features --no-fail-fast",
            Self::Cargo => "test --workspace --all-features --lib --bins --tests --no-fail-fast",
        });
        command.args(&choice.name);
        if choice.slow {
            command.args(match self {
                Self::Nextest => ["--run-ignored", "all"],
                Self::Cargo => ["--", "--include-ignored"],
            });
        }
        command
            .env("FILINGS_DIR", real_filings(workspace))
            .env("INSTA_WORKSPACE_ROOT", &workspace.root)
            .env("INSTA_UPDATE", "no")
            .env_remove("INSTA_FORCE_PASS");
        command
    }
}
