//! `cargo xtask eval` and `cargo xtask bench`: programs of testkit over the real filings, optimised.

use anyhow::Result;

use crate::{
    run::{Workspace, succeed},
    test,
};

/// A program, with what it is told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Program {
    name: &'static str,
    /// What stands before the folder.
    command: Option<String>,
    /// `None` is the usual folder.
    folder: Option<String>,
    options: Vec<String>,
}

impl Program {
    /// `eval [FOLDER] [OPTIONS]`; the program judges the options.
    pub(crate) fn eval(arguments: &[&str]) -> Self {
        let (folder, options) = split_folder(arguments);
        Self { name: "eval", command: None, folder, options }
    }

    /// `bench extract|diff [FOLDER]`; `None` is wrong use.
    pub(crate) fn bench(arguments: &[&str]) -> Option<Self> {
        let (command, rest) = arguments.split_first()?;
        let (folder, options) = split_folder(rest);
        let known = matches!(*command, "extract" | "diff");
        let command = Some((*command).to_owned());
        (known && options.is_empty()).then_some(Self { name: "bench", command, folder, options })
    }
}

fn split_folder(arguments: &[&str]) -> (Option<String>, Vec<String>) {
    let folder = arguments.first().filter(|argument| !argument.starts_with('-'));
    let options = &arguments[usize::from(folder.is_some())..];
    (folder.map(|folder| (*folder).to_owned()), options.iter().map(|option| (*option).to_owned()).collect())
}

pub(crate) fn run(workspace: &Workspace, program: &Program) -> Result<()> {
    let folder = program.folder.as_ref().map_or_else(|| test::real_filings(workspace), Into::into);
    let mut command =
        workspace.cargo(&format!("run --quiet --release --package testkit --bin {} --", program.name));
    succeed(command.args(&program.command).arg(folder).args(&program.options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_may_be_left_out() {
        let named = Program::eval(&["filings", "--misses"]);
        assert_eq!((named.folder.as_deref(), named.options), (Some("filings"), vec!["--misses".to_owned()]));
        assert_eq!(Program::eval(&["--min", "99"]).folder, None);
        assert_eq!(Program::bench(&["diff"]).and_then(|program| program.command).as_deref(), Some("diff"));
    }
}
