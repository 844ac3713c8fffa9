//! `cargo xtask lint`: everything that can be found out by reading our code. Warnings are errors.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{
    run::{Workspace, step, succeed},
    snapshots, test, tools,
};

/// The quick ones first.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    step("format", || succeed(&mut workspace.cargo("fmt --all --check")))?;
    step("pending snapshots", || {
        none(workspace, "read and accept, or delete", &snapshots::pending(workspace)?)
    })?;
    step("dependencies", || dependencies(workspace))?;
    step("clippy", || clippy(workspace))?;
    step("rustdoc", || rustdoc(workspace))?;
    step("orphaned snapshots", || orphaned_snapshots(workspace))
}

/// Advisories are left out: their database is not at hand without network.
fn dependencies(workspace: &Workspace) -> Result<()> {
    let deny = tools::CARGO_DENY.path(workspace)?;
    // Every stage lists all who may import it, and not all of them do.
    let arguments = "check --hide-inclusion-graph --allow unused-wrapper bans licenses sources";
    succeed(&mut workspace.program(deny, arguments))
}

fn clippy(workspace: &Workspace) -> Result<()> {
    succeed(&mut workspace.cargo("clippy --workspace --all-targets --all-features -- -D warnings"))
}

fn rustdoc(workspace: &Workspace) -> Result<()> {
    let mut command = workspace.cargo("doc --no-deps --workspace --all-features");
    succeed(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn orphaned_snapshots(workspace: &Workspace) -> Result<()> {
    if !snapshots::are_recorded(workspace)? {
        println!("xtask: files changed since the last run of all tests, so they run again");
        test::record_snapshots(workspace)?;
    }
    let orphaned = snapshots::orphaned(workspace)?;
    if !orphaned.is_empty() && !test::has_real_filings(workspace) {
        println!("xtask: not judged: {} snapshots, which may be of real filings", orphaned.len());
        return Ok(());
    }
    none(workspace, "no test refers to it", &orphaned)
}

fn none(workspace: &Workspace, complaint: &str, files: &[PathBuf]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = files.iter().map(|file| format!("\n  {}", below(&workspace.root, file))).collect();
    bail!("{complaint}:{}", lines.concat())
}

fn below(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).display().to_string()
}
