//! Starts programs in the workspace and says how long each step took.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};

/// Where everything runs.
pub(crate) struct Workspace {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built in.
    pub(crate) fn of_this_program() -> Self {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies one folder below the root");
        Self { root: root.to_owned() }
    }

    /// `cargo`, with arguments parted by blanks.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        self.program("cargo", arguments)
    }

    /// A program, with arguments parted by blanks.
    pub(crate) fn program(&self, program: impl AsRef<std::ffi::OsStr>, arguments: &str) -> Command {
        let mut command = Command::new(program);
        command.args(arguments.split_whitespace()).current_dir(&self.root);
        command
    }
}

/// Does the work under a heading and prints its seconds.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("xtask: {name} ...");
    let start = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
    println!("xtask: {name} {verdict}, {:.1} s", start.elapsed().as_secs_f64());
    outcome.with_context(|| name.to_owned())
}

/// Runs the program to its end; anything but success is an error.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let line = shown(command);
    let status = command.status().with_context(|| format!("`{line}` does not start"))?;
    ensure!(status.success(), "`{line}` ended with {status}");
    Ok(())
}

/// What the program prints; `None` when it is absent or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// A variable of the environment.
#[expect(clippy::disallowed_methods, reason = "the one place where xtask reads the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a CI machine runs this, by the variable that all of them set.
pub(crate) fn in_ci() -> bool {
    variable("CI").is_some_and(|value| matches!(value.as_str(), "true" | "1"))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
