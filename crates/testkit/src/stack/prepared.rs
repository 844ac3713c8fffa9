//! Clusters that are prepared once and copied for each test: to make one anew takes seconds, to copy one does not.

use std::{
    collections::hash_map::DefaultHasher,
    fs::{self, File},
    hash::{Hash as _, Hasher as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use sqlx::{Connection as _, PgConnection, postgres::PgPoolOptions};

use super::{
    cluster::{Server, Speed},
    installed::Installed,
    migrations,
};

const ROLES: &str = include_str!("roles.sql");

/// The data folder of a prepared cluster, kept for the next test process.
#[derive(Debug)]
pub(super) struct Prepared {
    folder: PathBuf,
    /// Held while others copy it; released when this is dropped.
    _lock: File,
}

impl Prepared {
    /// The one that is there, or a new one.
    pub(super) fn get(installed: &Installed, migrated: bool) -> Result<Self> {
        let parent = common_folder()?;
        let folder = parent.join(name(installed, migrated)?);
        let lock = File::create(folder.with_extension("lock"))?;
        lock.lock_shared()?;
        if !folder.is_dir() {
            lock.unlock()?;
            lock.lock()?;
            if !folder.is_dir() {
                prepare(installed, &folder, migrated).context("cannot prepare a PostgreSQL cluster")?;
                forget_others(&parent, &folder)?;
            }
        }
        Ok(Self { folder, _lock: lock })
    }

    pub(super) fn copy_to(&self, data: &Path) -> Result<()> {
        let status =
            Command::new("cp").args(["-a", "--reflink=auto"]).arg(&self.folder).arg(data).status()?;
        ensure!(status.success(), "cannot copy the prepared cluster");
        Ok(())
    }
}

/// Where the server's user may enter, too.
fn common_folder() -> Result<PathBuf> {
    let folder =
        std::env::temp_dir().join(format!("testkit-postgres-{}", rustix::process::getuid().as_raw()));
    fs::create_dir_all(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

/// Another for each version of the server and of our SQL.
fn name(installed: &Installed, migrated: bool) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    (installed.version()?, ROLES, migrated).hash(&mut hasher);
    if migrated {
        for migration in migrations::migrations()? {
            (migration.name, migration.sql).hash(&mut hasher);
        }
    }
    let kind = if migrated { "migrated" } else { "new" };
    Ok(format!("{kind}-{:016x}", hasher.finish()))
}

fn prepare(installed: &Installed, folder: &Path, migrated: bool) -> Result<()> {
    let unfinished = folder.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir(&unfinished)?;
    fs::set_permissions(&unfinished, fs::Permissions::from_mode(0o700))?;
    installed.give(&unfinished)?;
    let made = installed
        .program("initdb")
        .args(["--username=supabase_admin", "--auth=trust", "--encoding=UTF8", "--no-locale"])
        .args(["--no-sync", "--no-instructions", "-D"])
        .arg(&unfinished)
        .current_dir("/")
        .output()
        .context("`initdb` does not start")?;
    ensure!(made.status.success(), "`initdb` failed: {}", String::from_utf8_lossy(&made.stderr));

    let mut server = Server::start(installed, &unfinished, Speed::Fast)?;
    // A runtime of its own, on a thread of its own: whoever called may be on another.
    let port = server.port();
    std::thread::scope(|scope| scope.spawn(move || fill(port, migrated)).join())
        .map_err(|_| anyhow::anyhow!("the thread that fills the cluster died"))??;
    server.shut_down()?;
    fs::rename(&unfinished, folder)?;
    Ok(())
}

fn fill(port: u16, migrated: bool) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut connection = PgConnection::connect(&super::cluster::url(port, "supabase_admin")).await?;
        sqlx::raw_sql(ROLES).execute(&mut connection).await.context("the roles")?;
        connection.close().await?;

        let owner =
            PgPoolOptions::new().max_connections(1).connect(&super::cluster::url(port, "postgres")).await?;
        pgmq::install::install_sql_from_embedded(&owner).await.context("the SQL of pgmq")?;
        owner.close().await;
        if migrated {
            migrations::run(&super::cluster::url(port, "postgres")).await?;
        }
        Ok(())
    })
}

/// Those of SQL that has changed since; one that somebody still copies stays.
fn forget_others(parent: &Path, kept: &Path) -> Result<()> {
    let kind =
        |path: &Path| path.file_name().and_then(|name| name.to_str()?.split('-').next().map(str::to_owned));
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        let is_old = path.extension().is_none() && path != kept && kind(&path) == kind(kept);
        if is_old && File::create(path.with_extension("lock"))?.try_lock().is_ok() {
            fs::remove_dir_all(&path)?;
            fs::remove_file(path.with_extension("lock"))?;
        }
    }
    Ok(())
}
