//! A PostgreSQL server of one test.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{StackOptions, installed::Installed, prepared::Prepared};

/// How long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(5);

/// A free port may be taken by another test before the server has it.
const START_TRIES: u32 = 5;

/// The address of the database for a role.
pub(super) fn url(port: u16, role: &str) -> String {
    format!("postgres://{role}@127.0.0.1:{port}/postgres")
}

/// Whether commits wait for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speed {
    Fast,
    Durable,
}

/// A folder with the data, and the server on it.
#[derive(Debug)]
pub(super) struct Cluster {
    server: Arc<Mutex<Server>>,
    installed: Installed,
    port: u16,
    data: PathBuf,
    speed: Speed,
    _folder: TempDir,
}

impl Cluster {
    pub(super) fn start(options: StackOptions) -> Result<Self> {
        let installed = Installed::find()?;
        let folder = tempfile::Builder::new().prefix("testkit-cluster-").tempdir()?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let data = folder.path().join("data");
        Prepared::get(&installed, options.migrated)?.copy_to(&data)?;
        let speed = if options.durable { Speed::Durable } else { Speed::Fast };
        let server = Server::start(&installed, &data, speed)?;
        let port = server.port();
        Ok(Self { server: Arc::new(Mutex::new(server)), installed, port, data, speed, _folder: folder })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn url(&self, role: &str) -> String {
        url(self.port, role)
    }

    /// At once and without a word to anyone, as a crash.
    pub(super) async fn stop(&self) -> Result<()> {
        let server = Arc::clone(&self.server);
        tokio::task::spawn_blocking(move || lock(&server).end(Signal::QUIT)).await?
    }

    pub(super) async fn start_again(&self) -> Result<()> {
        let server = Arc::clone(&self.server);
        let (installed, data, port, speed) =
            (self.installed.clone(), self.data.clone(), self.port, self.speed);
        tokio::task::spawn_blocking(move || {
            let mut server = lock(&server);
            server.end(Signal::QUIT)?;
            *server = Server::start_on(&installed, &data, port, speed)?;
            Ok(())
        })
        .await?
    }
}

fn lock(server: &Mutex<Server>) -> std::sync::MutexGuard<'_, Server> {
    server.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A process of PostgreSQL; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    pub(super) fn start(installed: &Installed, data: &Path, speed: Speed) -> Result<Self> {
        let mut tries = 1;
        loop {
            match Self::start_on(installed, data, free_port()?, speed) {
                Err(_) if tries < START_TRIES => tries += 1,
                outcome => return outcome,
            }
        }
    }

    fn start_on(installed: &Installed, data: &Path, port: u16, speed: Speed) -> Result<Self> {
        let commits = if speed == Speed::Durable { "on" } else { "off" };
        let log = data.with_extension("log");
        let mut command = installed.program("postgres");
        command.arg("-D").arg(data).current_dir("/");
        for setting in [
            format!("port={port}"),
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", data.display()),
            "max_connections=250".to_owned(),
            "shared_buffers=64MB".to_owned(),
            "timezone=UTC".to_owned(),
            format!("fsync={commits}"),
            format!("synchronous_commit={commits}"),
            format!("full_page_writes={commits}"),
        ] {
            command.arg("-c").arg(setting);
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()
            .context("`postgres` does not start")?;
        let mut server = Self { child, port };
        server.wait_until_ready(data).with_context(|| {
            format!("PostgreSQL did not start: {}", fs::read_to_string(&log).unwrap_or_default())
        })?;
        Ok(server)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// In good order: what was committed is in the data folder.
    pub(super) fn shut_down(&mut self) -> Result<()> {
        self.end(Signal::INT)
    }

    /// The server's own word for it stands in the last line of this file.
    fn wait_until_ready(&mut self, data: &Path) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let started = data.join("postmaster.pid");
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status}");
            }
            let told = fs::read_to_string(&started).unwrap_or_default();
            let is_this = told.lines().next() == Some(self.child.id().to_string().as_str());
            if is_this && told.lines().nth(7).is_some_and(|status| status.trim() == "ready") {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        bail!("it is not ready after {} s", PATIENCE.as_secs())
    }

    fn end(&mut self, signal: Signal) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        let pid =
            i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).context("a process without id")?;
        kill_process(pid, signal)?;
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait()?.is_none() {
            ensure!(Instant::now() < deadline, "PostgreSQL does not end");
            thread::sleep(PAUSE);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.end(Signal::QUIT).is_err() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
