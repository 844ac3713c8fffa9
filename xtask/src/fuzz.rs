//! `cargo xtask fuzz`: odd bytes for section-extract, as long as one likes; docs/FUZZING.md tells more.

use std::fs;

use anyhow::Result;

use crate::{
    run::{Workspace, succeed},
    tools,
};

const FOLDER: &str = "crates/section-extract/fuzz";
/// Enough to see that nothing simple breaks.
pub(crate) const DEFAULT_SECONDS: u32 = 60;

/// On one core, with the toolchain that builds everything else: no sanitizer, since nothing here is unsafe.
pub(crate) fn run(workspace: &Workspace, seconds: u32) -> Result<()> {
    fs::create_dir_all(workspace.root.join(FOLDER).join("corpus/sections"))?;
    let arguments = format!(
        "run --fuzz-dir {FOLDER} --target-dir target/fuzz --sanitizer none --no-trace-compares \
         sections {FOLDER}/corpus/sections {FOLDER}/seeds -- \
         -dict={FOLDER}/sections.dict -max_len=4096 -timeout=10 -max_total_time={seconds} -print_final_stats=1"
    );
    succeed(&mut workspace.program(tools::CARGO_FUZZ.path(workspace)?, &arguments))
}
