//! `cargo xtask eval`, `cargo xtask eval-diff`, `cargo xtask eval-prompt`, `cargo xtask eval-quality` and `cargo xtask bench`: programs of testkit over the real filings, optimised.

use anyhow::Result;

use crate::{
    browser, database,
    run::{Workspace, succeed},
    test,
};

/// An example of the store's crate, since its database is linked by nobody else.
const STORE: &str = "bench-store";
const WORKER: &str = "bench-worker";

/// A program, with what it is told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Program {
    name: &'static str,
    /// What stands before the folder.
    command: Option<String>,
    reads_filings: bool,
    /// `None` is the usual folder.
    folder: Option<String>,
    options: Vec<String>,
}

impl Program {
    /// `eval [FOLDER] [OPTIONS]`; the program judges the options.
    pub(crate) fn eval(arguments: &[&str]) -> Self {
        let (folder, options) = split_folder(arguments);
        Self { name: "eval", command: None, reads_filings: true, folder, options }
    }

    /// `eval-diff [FOLDER] [OPTIONS]`; the program judges the options.
    pub(crate) fn eval_diff(arguments: &[&str]) -> Self {
        Self { name: "eval-diff", ..Self::eval(arguments) }
    }

    /// `eval-prompt [FOLDER] [OPTIONS]`; the program judges the options.
    pub(crate) fn eval_prompt(arguments: &[&str]) -> Self {
        Self { name: "eval-prompt", ..Self::eval(arguments) }
    }

    /// `eval-quality [FOLDER] [OPTIONS]`; the program judges the options.
    pub(crate) fn eval_quality(arguments: &[&str]) -> Self {
        Self { name: "eval-quality", ..Self::eval(arguments) }
    }

    /// `bench extract|diff|page [FOLDER]`, `bench worker [FOLDER] [OPTIONS]`, `bench hostile`, or
    /// `bench diff-hostile|store [OPTIONS]`; `None` is wrong use.
    pub(crate) fn bench(arguments: &[&str]) -> Option<Self> {
        let (command, rest) = arguments.split_first()?;
        let (folder, options) = split_folder(rest);
        let reads_filings = matches!(*command, "extract" | "diff" | "page" | "worker");
        let known = match *command {
            "hostile" => folder.is_none() && options.is_empty(),
            "diff-hostile" | "store" => folder.is_none(),
            "worker" => true,
            _ => reads_filings && options.is_empty(),
        };
        if *command == "store" {
            return known.then_some(Self { name: STORE, command: None, reads_filings, folder, options });
        }
        if *command == "worker" {
            return known.then_some(Self { name: WORKER, command: None, reads_filings, folder, options });
        }
        let command = Some((*command).to_owned());
        known.then_some(Self { name: "bench", command, reads_filings, folder, options })
    }
}

fn split_folder(arguments: &[&str]) -> (Option<String>, Vec<String>) {
    let folder = arguments.first().filter(|argument| !argument.starts_with('-'));
    let options = &arguments[usize::from(folder.is_some())..];
    (folder.map(|folder| (*folder).to_owned()), options.iter().map(|option| (*option).to_owned()).collect())
}

pub(crate) fn run(workspace: &Workspace, program: &Program) -> Result<()> {
    if program.name == STORE {
        database::install(workspace)?;
    }
    if program.name == WORKER {
        // It measures the program that is built beside it.
        succeed(&mut workspace.cargo("build --quiet --release --package worker-http --bin worker-http"))?;
    }
    let mut command = workspace.cargo(&format!("run --quiet --release {} --", target(program.name)));
    command.args(&program.command);
    if program.reads_filings {
        command.arg(program.folder.as_ref().map_or_else(|| test::real_filings(workspace), Into::into));
    }
    command.args(&program.options);
    if program.command.as_deref() != Some("page") {
        return succeed(&mut command);
    }
    let folder = workspace.root.join("target/tmp");
    std::fs::create_dir_all(&folder)?;
    let page = folder.join("largest-page.html");
    succeed(command.arg("--out").arg(&page))?;
    browser::measure(workspace, &page)
}

/// What cargo is to build. Two programs need an analyzer, which the others are spared to build.
fn target(name: &str) -> String {
    match name {
        WORKER => format!("--package worker-http --example {name}"),
        STORE => format!("--package supabase-store --features supabase --example {name}"),
        "eval-prompt" => format!("--package testkit --features prompts --bin {name}"),
        "eval-quality" => format!("--package testkit --features quality --bin {name}"),
        _ => format!("--package testkit --bin {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_may_be_left_out() {
        let named = Program::eval(&["filings", "--misses"]);
        assert_eq!((named.folder.as_deref(), named.options), (Some("filings"), vec!["--misses".to_owned()]));
        assert_eq!(Program::eval(&["--min", "99"]).folder, None);
        let worker = Program::bench(&["worker", "--only", "answers"]);
        assert!(
            worker.is_some_and(|program| program.reads_filings && program.options == ["--only", "answers"])
        );
        assert!(Program::bench(&["page"]).is_some_and(|program| program.reads_filings));
        assert_eq!(Program::bench(&["diff"]).and_then(|program| program.command).as_deref(), Some("diff"));
    }

    #[test]
    fn hostile_input_needs_no_folder() {
        assert!(Program::bench(&["hostile"]).is_some_and(|program| !program.reads_filings));
        assert_eq!(Program::bench(&["hostile", "filings"]), None);
        assert_eq!(Program::bench(&["diff-hostile", "filings"]), None);
        assert_eq!(Program::bench(&["store", "filings"]), None);
        let store = Program::bench(&["store", "--jobs", "100"]);
        assert!(store.is_some_and(|program| program.options == ["--jobs", "100"] && program.name == STORE));
        let table = Program::bench(&["diff-hostile", "--only", "a table"]);
        assert!(
            table.is_some_and(|program| program.options == ["--only", "a table"] && !program.reads_filings)
        );
    }
}
