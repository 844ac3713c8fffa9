//! Workers as an operator runs them: processes of the built program.

use std::{
    fs::{File, OpenOptions},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use testkit::stack::Stack;

use crate::{EDGAR_SETTING, claude::Claude, edgar, edgar::Edgar, receiver, receiver::Receiver};

pub(crate) const SECRET: &str = "secret-of-the-chaos";

pub(crate) struct Fleet {
    workers: Vec<Worker>,
    _folder: TempDir,
}

struct Worker {
    port: u16,
    folder: PathBuf,
    settings: Vec<(&'static str, String)>,
    process: Mutex<Child>,
}

impl Fleet {
    pub(crate) fn start(
        count: usize,
        stack: &Stack,
        edgar: &Edgar,
        claude: &Claude,
        receiver: &Receiver,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workers = (0..count).map(|number| {
            let own = folder.path().join(format!("worker-{number}"));
            std::fs::create_dir(&own).unwrap();
            Worker::start(own, settings(stack, edgar, claude, receiver))
        });
        Self { workers: workers.collect(), _folder: folder }
    }

    pub(crate) fn addresses(&self) -> Vec<String> {
        self.workers.iter().map(|worker| format!("http://127.0.0.1:{}", worker.port)).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.workers.len()
    }

    /// Without a word, as a machine that fails; another process takes its place.
    pub(crate) fn kill(&self, number: usize) {
        self.workers[number].replace(Signal::KILL);
    }

    /// As a host does that deploys anew.
    pub(crate) fn redeploy(&self, number: usize) {
        self.workers[number].replace(Signal::TERM);
    }

    pub(crate) fn stop(&self) {
        for worker in &self.workers {
            end(&mut worker.process.lock().unwrap(), Signal::TERM);
        }
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for worker in &self.workers {
            if let Ok(mut process) = worker.process.lock() {
                let _ = process.kill();
                let _ = process.wait();
            }
        }
    }
}

impl Worker {
    fn start(folder: PathBuf, settings: Vec<(&'static str, String)>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Mutex::new(spawn(&folder, port, &settings));
        Self { port, folder, settings, process }
    }

    fn replace(&self, signal: Signal) {
        let mut process = self.process.lock().unwrap();
        end(&mut process, signal);
        *process = spawn(&self.folder, self.port, &self.settings);
    }
}

fn end(process: &mut Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(process.id()).unwrap()).unwrap();
    // One that could not start has ended by itself.
    let _ = kill_process(pid, signal);
    process.wait().unwrap();
}

fn spawn(folder: &std::path::Path, port: u16, settings: &[(&'static str, String)]) -> Child {
    let log: File = OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_worker-http"))
        .arg("serve")
        .current_dir(folder)
        .env_clear()
        .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
        .env("PORT", port.to_string())
        .env("DATA_DIR", folder.join("data"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

fn settings(
    stack: &Stack,
    edgar: &Edgar,
    claude: &Claude,
    receiver: &Receiver,
) -> Vec<(&'static str, String)> {
    let retry = ["1"; 60].join(",");
    [
        ("SUPABASE_URL", stack.url()),
        ("SUPABASE_SERVICE_KEY", stack.secret_key()),
        ("BIND", "127.0.0.1"),
        ("WORKER_SECRET", SECRET),
        ("CHARGE", "worker"),
        ("USER_LIMIT_PER_MINUTE", "0"),
        ("LEASE_SECONDS", "3"),
        ("SHUTDOWN_GRACE_SECONDS", "1"),
        ("JOB_TIMEOUT_SECONDS", "60"),
        ("SEC_USER_AGENT", "Acme ops@acme.example"),
        ("SEC_REQUESTS_PER_SECOND", &EDGAR_SETTING.to_string()),
        ("SEC_BLOCK_SECONDS", edgar::BLOCK_SECONDS),
        ("SEC_WWW_URL", &edgar.url()),
        ("SEC_DATA_URL", &edgar.url()),
        ("ANTHROPIC_API_KEY", "key-of-a-test"),
        ("ANTHROPIC_BASE_URL", &claude.url()),
        ("CALLBACK_ORIGINS", &receiver.url()),
        ("CALLBACK_SECRET", receiver::SECRET),
        ("CALLBACK_RETRY_SECONDS", &retry),
        ("RUST_LOG", "info"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// Between two tries of whoever waits for a worker.
pub(crate) const PAUSE: Duration = Duration::from_millis(50);
