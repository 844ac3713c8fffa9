//! What tests need from npm: `npm ci` in each folder that has a lock file, when that has changed since the last time.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::run::{Workspace, answer, succeed};

/// Folders with a `package.json` and a `package-lock.json`; one that is absent needs nothing.
const FOLDERS: [&str; 3] = [
    "crates/report-view/tests/browser",
    "crates/supabase-store/tests/javascript",
    "examples/edge-function/tests",
];

const LOCK: &str = "package-lock.json";

/// A copy of the lock file that was installed last.
const INSTALLED: &str = "node_modules/.installed-package-lock.json";

/// Installs what is absent; the error says in a sentence what to install first.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    for name in FOLDERS {
        let folder = workspace.root.join(name);
        if !is_outdated(&folder) {
            continue;
        }
        ensure!(
            answer(&mut workspace.program("npm", "--version")).is_some(),
            "`npm` is absent: install Node.js 20 or later, with which it comes (https://nodejs.org)"
        );
        println!("xtask: installs the packages of {name}");
        // Without scripts: nothing that comes from there runs before a test calls it.
        let mut command = workspace.program("npm", "ci --ignore-scripts --no-audit --no-fund");
        succeed(command.current_dir(&folder))?;
        fs::copy(folder.join(LOCK), folder.join(INSTALLED))?;
    }
    Ok(())
}

fn is_outdated(folder: &Path) -> bool {
    fs::read(folder.join(LOCK))
        .is_ok_and(|lock| fs::read(folder.join(INSTALLED)).ok().as_ref() != Some(&lock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_installed_anew_when_its_lock_file_changed() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        assert!(!is_outdated(&folder), "a folder without lock file needs nothing");
        fs::write(folder.join(LOCK), "one").unwrap();
        assert!(is_outdated(&folder));
        fs::copy(folder.join(LOCK), folder.join(INSTALLED)).unwrap();
        assert!(!is_outdated(&folder));
        fs::write(folder.join(LOCK), "two").unwrap();
        assert!(is_outdated(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }
}
