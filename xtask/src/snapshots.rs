//! Snapshots on disk that no test refers to, or that nobody has accepted.
//!
//! The snapshot library writes the path of each snapshot it compares into a file. A run of all tests keeps that list in
//! `target/xtask`; what lies on disk and is not in the list is orphaned.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result};

use crate::run::Workspace;

/// Folders whose files are sources, snapshots or what tests read.
const WATCHED: [&str; 3] = ["crates", "examples", "fixtures"];

/// The list while a run of all tests writes it.
pub(crate) struct Record {
    unfinished: PathBuf,
    finished: PathBuf,
}

impl Record {
    /// Begins an empty list. The one of the last run is gone from here on: it may be out of date.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        let finished = finished_list(workspace);
        let unfinished = finished.with_extension("unfinished");
        fs::create_dir_all(workspace.root.join("target/xtask"))?;
        fs::write(&unfinished, "").with_context(|| format!("cannot write {}", unfinished.display()))?;
        if finished.exists() {
            fs::remove_file(&finished)?;
        }
        Ok(Self { unfinished, finished })
    }

    /// Where the tests write.
    pub(crate) fn path(&self) -> &Path {
        &self.unfinished
    }

    /// All tests passed: the list is whole.
    pub(crate) fn keep(self) -> Result<()> {
        fs::rename(&self.unfinished, &self.finished).context("cannot keep the list of snapshots")
    }
}

/// Whether a run of all tests passed since anything was last edited.
pub(crate) fn are_recorded(workspace: &Workspace) -> Result<bool> {
    let Ok(recorded) = fs::metadata(finished_list(workspace)).and_then(|list| list.modified()) else {
        return Ok(false);
    };
    Ok(newest_edit(workspace)? < recorded)
}

/// Snapshots that no test of the recorded run referred to.
pub(crate) fn orphaned(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let list = fs::read_to_string(finished_list(workspace))?;
    Ok(unlisted(watched_files(workspace, ".snap")?, &list))
}

/// New snapshots that wait for someone to read them.
pub(crate) fn pending(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut found = watched_files(workspace, ".snap.new")?;
    found.extend(watched_files(workspace, ".pending-snap")?);
    Ok(found)
}

fn finished_list(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target/xtask/snapshots.txt")
}

/// Paths in the list may hold `..`, so both sides are brought to one spelling.
fn unlisted(files: Vec<PathBuf>, list: &str) -> Vec<PathBuf> {
    let lines: BTreeSet<&str> = list.lines().collect();
    let listed: BTreeSet<PathBuf> =
        lines.into_iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    files
        .into_iter()
        .filter(|file| fs::canonicalize(file).is_ok_and(|file| !listed.contains(&file)))
        .collect()
}

fn watched_files(workspace: &Workspace, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = entries(workspace)?;
    found.retain(|path| path.is_file() && path.to_string_lossy().ends_with(ending));
    Ok(found)
}

/// Folders count too: theirs is the time when a file was deleted.
fn newest_edit(workspace: &Workspace) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for path in entries(workspace)? {
        newest = newest.max(fs::metadata(path)?.modified()?);
    }
    Ok(newest)
}

fn entries(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = WATCHED.iter().map(|folder| workspace.root.join(folder)).collect();
    found.retain(|folder| folder.is_dir());
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                found.push(entry?.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// This crate's own files stand in for snapshots: they exist, and so can be brought to one spelling.
    #[test]
    fn a_listed_file_is_known_under_another_spelling() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = vec![folder.join("Cargo.toml"), folder.join("src/main.rs")];
        let list = format!("{0}/src/../Cargo.toml\n{0}/gone.snap\n{0}/Cargo.toml\n", folder.display());
        assert_eq!(unlisted(files, &list), [folder.join("src/main.rs")]);
    }
}
