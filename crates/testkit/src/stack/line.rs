//! One connection to the database, and the look-alike of PostgREST that answers over it.
//!
//! The look-alike sends the beginning of a transaction, the query and the end one after the other, and those of several
//! requests on one connection get mixed up. So each line has a connection of its own and answers one request at a time.

use std::{fmt, sync::Arc};

use anyhow::{Result, anyhow};
use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
};
use pg_rest_server_resolute::{
    auth::JwtCache,
    build_router,
    config::{AppConfig, DatabaseConfig, JwtConfig, ServerConfig},
    state::AppState,
};
use resolute::SharedPool;
use tokio::sync::{RwLock, watch};
use tower::ServiceExt as _;

use super::{cluster, keys};

/// Reports have some megabytes.
const LARGEST_BODY: usize = 64 << 20;

pub(super) struct Line {
    /// Which reading of the schema it knows.
    pub(super) schema: u64,
    pool: Arc<SharedPool>,
    router: Router,
}

impl Line {
    pub(super) async fn connect(database_port: u16, schema: u64) -> Result<Self> {
        let state = Arc::new(state(database_port).await?);
        Ok(Self { schema, pool: Arc::clone(&state.pool), router: build_router(state) })
    }

    pub(super) async fn is_alive(&self) -> bool {
        self.pool.alive_count().await == 1
    }

    /// Dropped without it, what is left of the connection stays.
    pub(super) async fn close(self) {
        let _ = self.pool.close().await;
    }

    pub(super) async fn answer(&self, request: Request) -> Response {
        self.router.clone().oneshot(request).await.into_response()
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("schema", &self.schema).finish_non_exhaustive()
    }
}

async fn state(database_port: u16) -> Result<AppState> {
    let schemas = vec!["public".to_owned()];
    // As one who sees everything: the role that logs in sees no column.
    let everything = cluster::url(database_port, "supabase_admin").replace('@', ":none@");
    let client = resolute::Client::connect_from_str(&everything).await.map_err(|error| anyhow!("{error}"))?;
    let schema = pg_schema_cache_resolute::build_schema_cache(&client, &schemas).await;
    // Dropped, it would stay connected, and after some hundred cut lines PostgreSQL would take no more.
    let _ = client.conn().close().await;
    let schema = schema?;
    let (schema_cache_tx, schema_cache) = watch::channel(Arc::new(schema));
    let address = format!("127.0.0.1:{database_port}");
    let pool = SharedPool::connect(&address, "authenticator", "", "postgres", 1).await;
    Ok(AppState {
        pool: Arc::new(pool.map_err(|error| anyhow!("{error}"))?),
        schema_cache,
        schema_cache_tx,
        openapi_cache: RwLock::default(),
        config: AppConfig {
            database: DatabaseConfig {
                uri: everything,
                schemas,
                anon_role: "anon".into(),
                pool_size: 1,
                prepared_statements: true,
            },
            server: ServerConfig { body_limit: LARGEST_BODY, ..ServerConfig::default() },
            jwt: JwtConfig { secret: String::new() },
        },
        jwt_decoding_key: keys::decoding_key(),
        jwt_validation: keys::validation(),
        jwt_cache: JwtCache::new(),
        anon_role_quoted: "\"anon\"".into(),
        anon_setup_sql: "BEGIN; SET LOCAL ROLE \"anon\"".into(),
    })
}
