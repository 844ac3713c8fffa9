//! A worker as an operator runs it, and what the system knows of it.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// Ticks of the kernel's clock in a second, on every Linux that matters.
const TICKS: f64 = 100.0;

pub(crate) struct Worker {
    child: Child,
    pub(crate) address: String,
    _folder: TempDir,
}

/// What a process has used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    pub(crate) cpu_seconds: f64,
    pub(crate) resident_mb: f64,
    pub(crate) peak_mb: f64,
}

impl Worker {
    /// One on a data folder of its own.
    pub(crate) async fn start(recording: Option<&Path>, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(program());
        command.arg("serve").current_dir(folder.path()).env_clear();
        if let Some(recording) = recording {
            command.arg("--edgar").arg(recording);
        }
        let child = command
            .envs(settings.iter().copied())
            .env("PORT", port.to_string())
            .env("QUEUE_LIMIT", "0")
            .env("USER_LIMIT_PER_MINUTE", "0")
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let worker = Self { child, address: format!("http://127.0.0.1:{port}"), _folder: folder };
        while reqwest::get(format!("{}/ready", worker.address)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        worker
    }

    pub(crate) fn used(&self) -> Used {
        let read = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap();
        let (stat, status) = (read("stat"), read("status"));
        // The name of the program stands in brackets and may have blanks.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: f64 = fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum();
        let megabytes = |label: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(label)).unwrap();
            line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1e3 * 1.024
        };
        Used { cpu_seconds: ticks / TICKS, resident_mb: megabytes("VmRSS:"), peak_mb: megabytes("VmHWM:") }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Built beside this program.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.parent().unwrap().parent().unwrap().join("worker-http")
}
