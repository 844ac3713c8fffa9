//! What the tests of the pages need and Cargo does not bring: Node.js, Chromium, and packages of npm.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use crate::{
    npm,
    run::{Workspace, answer, succeed},
};

/// Where the scripts of the browser tests are.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("crates/report-view/tests/browser")
}

/// Makes sure that the browser tests can run; what is absent is installed where that is possible.
pub(crate) fn prepare(workspace: &Workspace) -> Result<()> {
    ensure!(
        answer(&mut workspace.program("node", "--version")).is_some(),
        "the browser tests need Node.js 20 or newer with npm: install it from https://nodejs.org or as packages nodejs and npm"
    );
    npm::install(workspace)?;
    chromium(workspace)
}

/// Measures in a browser how soon a page can be used, and what holds it up.
pub(crate) fn measure(workspace: &Workspace, page: &Path) -> Result<()> {
    prepare(workspace)?;
    let mut command = workspace.program("node", "");
    succeed(command.arg(folder(workspace).join("measure.mjs")).arg(page))
}

fn chromium(workspace: &Workspace) -> Result<()> {
    let is_found =
        || answer(workspace.program("node", "").arg(folder(workspace).join("chromium.mjs"))).is_some();
    if is_found() {
        return Ok(());
    }
    let is_root = answer(&mut workspace.program("id", "-u")).is_some_and(|id| id.trim() == "0");
    if !(is_root && Path::new("/etc/debian_version").is_file()) {
        bail!(
            "the browser tests need Chromium: install it (Debian: `apt-get install chromium`), or name it in CHROMIUM"
        );
    }
    println!("xtask: installs chromium, for the browser tests");
    // The lists of a fresh container are empty.
    let install =
        || succeed(&mut workspace.program("apt-get", "install -y --no-install-recommends chromium"));
    install().or_else(|_| {
        succeed(&mut workspace.program("apt-get", "update"))?;
        install()
    })?;
    ensure!(is_found(), "chromium was installed and is not found: name it in CHROMIUM");
    Ok(())
}
