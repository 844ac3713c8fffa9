//! PostgreSQL, which the tests of the store start for themselves: taken where it is, installed where we may.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::run::{Workspace, answer, succeed, variable};

/// Debian keeps the server's programs here, one folder for each version, and not on the path.
const DEBIAN: &str = "/usr/lib/postgresql";

const PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// Installs it if it is absent; the error says in a sentence what to install where we may not.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    if is_present() {
        return Ok(());
    }
    if !is_root(workspace) || answer(&mut workspace.program("apt-get", "--version")).is_none() {
        bail!(
            "PostgreSQL is absent: install it (`sudo apt-get install postgresql`, `brew install postgresql`), so that \
             `initdb` and `postgres` are on the path or in {DEBIAN}"
        );
    }
    println!("xtask: installs PostgreSQL");
    // A fresh machine has no lists of packages yet.
    succeed(&mut installation(workspace)).or_else(|_| {
        succeed(&mut workspace.program("apt-get", "update"))?;
        succeed(&mut installation(workspace))
    })
}

fn installation(workspace: &Workspace) -> Command {
    let mut command = workspace.program("apt-get", "install --yes --no-install-recommends postgresql");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root(workspace: &Workspace) -> bool {
    answer(&mut workspace.program("id", "-u")).is_some_and(|id| id.trim() == "0")
}

fn is_present() -> bool {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    let path = variable("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.iter().any(|folder| has_programs(folder))
}

fn has_programs(folder: &Path) -> bool {
    PROGRAMS.iter().all(|program| folder.join(program).is_file())
}
