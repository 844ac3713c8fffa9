use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use sqlx::{Connection as _, PgConnection};

/// One file of SQL.
#[derive(Debug, Clone)]
pub struct Migration {
    /// Its file name, which begins with its place in time.
    pub name: String,
    /// What it does.
    pub sql: String,
}

/// Our migrations in their order, as they lie in the folder that the Supabase CLI reads.
pub fn migrations() -> Result<Vec<Migration>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../supabase-store/supabase/migrations");
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(Migration { name, sql: fs::read_to_string(&path)? });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Each in a transaction of its own, as the Supabase CLI runs them.
pub(super) async fn run(url: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    for Migration { name, sql } in migrations()? {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .with_context(|| format!("migration {name} failed"))?;
    }
    connection.close().await?;
    Ok(())
}
