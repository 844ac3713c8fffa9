//! Packs the recording of invented companies into one compressed file, so that the demo needs nothing but the binary.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// Decompression costs the same at any level; the binary is shipped more often than built.
const COMPRESSION_LEVEL: i32 = 19;

fn main() -> io::Result<()> {
    let folder = PathBuf::from("../../fixtures/recordings/demo");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for top in ["files", "submissions", "Archives"] {
        collect(&folder.join(top), &mut files)?;
    }
    files.sort();

    let mut packed = Vec::new();
    for file in &files {
        append(&mut packed, &folder, file)?;
    }
    fs::write(out_dir().join("demo-recording.zst"), zstd::encode_all(packed.as_slice(), COMPRESSION_LEVEL)?)
}

#[expect(clippy::disallowed_methods, reason = "how cargo speaks to a build script")]
fn out_dir() -> PathBuf {
    env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Path and content, each after its length in eight bytes; `src/bundle.rs` reads it.
fn append(packed: &mut Vec<u8>, folder: &Path, file: &Path) -> io::Result<()> {
    let name = file.strip_prefix(folder).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
    for part in [name.into_bytes(), fs::read(file)?] {
        packed.extend((part.len() as u64).to_le_bytes());
        packed.extend(part);
    }
    Ok(())
}
