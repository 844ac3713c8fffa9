//! What slow tests need from Python: its packages in an environment of our own, `target/python`.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::run::{Workspace, answer, succeed};

/// Names what is installed, with its version.
const REQUIREMENTS: &str = "crates/worker-http/tests/schemathesis/requirements.txt";

const FOLDER: &str = "target/python";

/// A copy of the requirements that were installed last.
const INSTALLED: &str = "installed-requirements.txt";

/// Installs what is absent or of another version; the error says in a sentence what to install first.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    let (wanted, folder) = (workspace.root.join(REQUIREMENTS), workspace.root.join(FOLDER));
    let installed = folder.join(INSTALLED);
    if !is_outdated(&wanted, &installed) {
        return Ok(());
    }
    ensure!(
        answer(&mut workspace.program("python3", "--version")).is_some(),
        "`python3` is absent: install Python 3.10 or later with its module venv (https://www.python.org)"
    );
    println!("xtask: installs the packages of {REQUIREMENTS} into {FOLDER}");
    succeed(workspace.program("python3", "-m venv").arg(&folder))?;
    let mut pip = workspace
        .program(folder.join("bin/pip"), "install --quiet --disable-pip-version-check --requirement");
    succeed(pip.arg(&wanted))?;
    fs::copy(&wanted, &installed)?;
    Ok(())
}

fn is_outdated(wanted: &Path, installed: &Path) -> bool {
    fs::read(wanted).is_ok_and(|wanted| fs::read(installed).ok().as_ref() != Some(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_made_anew_when_what_it_should_have_changed() {
        let folder = std::env::temp_dir().join(format!("xtask-python-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (wanted, installed) = (folder.join("wanted"), folder.join("installed"));
        assert!(!is_outdated(&wanted, &installed), "nothing is wanted");
        fs::write(&wanted, "one==1").unwrap();
        assert!(is_outdated(&wanted, &installed));
        fs::copy(&wanted, &installed).unwrap();
        assert!(!is_outdated(&wanted, &installed));
        fs::write(&wanted, "one==2").unwrap();
        assert!(is_outdated(&wanted, &installed));
        fs::remove_dir_all(&folder).unwrap();
    }
}
