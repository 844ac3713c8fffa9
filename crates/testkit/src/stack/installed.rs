//! Where PostgreSQL is, and as whom it may run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

/// Debian keeps the server's programs here, one folder for each version, and not on the path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The server refuses root; these may stand in.
const STAND_INS: [&str; 2] = ["postgres", "nobody"];

/// The server's programs and the user that runs them.
#[derive(Debug, Clone)]
pub(super) struct Installed {
    folder: PathBuf,
    user: Option<User>,
}

/// Who runs the server in the place of root.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    uid: u32,
    gid: u32,
}

impl Installed {
    pub(super) fn find() -> Result<Self> {
        let folder = folder_of_programs().context(
            "PostgreSQL is absent: run cargo xtask test, which installs it or says what to install",
        )?;
        let user = if rustix::process::getuid().is_root() { Some(User::stand_in()?) } else { None };
        Ok(Self { folder, user })
    }

    /// A program of the server, as the user that may run it.
    pub(super) fn program(&self, name: &str) -> Command {
        let path = self.folder.join(name);
        let Some(User { uid, gid }) = self.user else { return Command::new(path) };
        let mut command = Command::new("setpriv");
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
        command.arg(path);
        command
    }

    /// Lets the server's user write into a folder.
    pub(super) fn give(&self, folder: &Path) -> Result<()> {
        if let Some(User { uid, gid }) = self.user {
            std::os::unix::fs::chown(folder, Some(uid), Some(gid))?;
        }
        Ok(())
    }

    /// What tells this server from others.
    pub(super) fn version(&self) -> Result<String> {
        let output =
            self.program("postgres").arg("--version").output().context("`postgres` does not start")?;
        Ok(format!("{} {:?}", String::from_utf8_lossy(&output.stdout).trim(), self.user))
    }
}

impl User {
    fn stand_in() -> Result<Self> {
        let users = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
        STAND_INS.iter().find_map(|name| Self::named(&users, name)).context(
            "PostgreSQL refuses to run as root: create a user `postgres`, or run the tests as another user",
        )
    }

    fn named(users: &str, name: &str) -> Option<Self> {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Self { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    }
}

fn folder_of_programs() -> Option<PathBuf> {
    let newest_of_debian = || {
        let versions = fs::read_dir(DEBIAN).ok()?;
        let mut folders: Vec<_> = versions.filter_map(|entry| Some(entry.ok()?.path())).collect();
        folders.sort_by_key(|folder| folder.file_name()?.to_str()?.parse::<u32>().ok());
        folders.pop().map(|folder| folder.join("bin")).filter(|folder| is_complete(folder))
    };
    newest_of_debian().or_else(on_path)
}

/// The folder itself, not that of a link: the server looks for its other files beside it.
fn on_path() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a test looks for a program as a shell does")]
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter_map(|folder| Some(fs::canonicalize(folder.join("initdb")).ok()?.parent()?.to_owned()))
        .find(|folder| is_complete(folder))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file())
}
