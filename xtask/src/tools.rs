//! Tools that lint and fuzz need and that no toolchain brings: installed at a fixed version into `target/tools`.

use std::path::PathBuf;

use anyhow::Result;

use crate::run::{Workspace, answer, succeed};

/// A program of the registry.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Checks `deny.toml`.
pub(crate) const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// Builds and runs the fuzz target.
pub(crate) const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };

impl Tool {
    /// The installed program; installs it when it is absent or of another version.
    pub(crate) fn path(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = workspace.root.join("target/tools");
        let program = folder.join("bin").join(self.name).with_extension(std::env::consts::EXE_EXTENSION);
        if !self.is_installed(workspace, &program) {
            self.install(workspace, &folder)?;
        }
        Ok(program)
    }

    fn is_installed(&self, workspace: &Workspace, program: &PathBuf) -> bool {
        let said = answer(&mut workspace.program(program, "--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word == self.version)
    }

    /// Unoptimised: these run for seconds, and an optimised build takes minutes more.
    fn install(&self, workspace: &Workspace, folder: &PathBuf) -> Result<()> {
        let Self { name, version } = self;
        println!("xtask: installs {name} {version} into target/tools");
        let mut command =
            workspace.cargo(&format!("install {name} --version ={version} --locked --debug --root"));
        succeed(command.arg(folder).env("CARGO_PROFILE_DEV_DEBUG", "0"))
    }
}
