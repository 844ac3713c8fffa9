//! Supabase in small: a real PostgreSQL with our migrations, behind a REST interface.

use std::sync::{Arc, atomic::AtomicI64};

use testkit::stack::Stack;

use super::{Case, time::Time};
use crate::{Supabase, SupabaseConfig};

const EMPTY: &str = "
    truncate public.report_jobs, public.reports, public.report_documents, public.token_transactions,
        public.error_logs, public.profiles, public.callback_deliveries, public.callback_attempts,
        public.model_answers, public.model_batches restart identity cascade;
    delete from pgmq.q_report_jobs;
    delete from pgmq.a_report_jobs;
    update public.api_slots set next_slot = '-infinity', blocked_until = '-infinity';";

/// Every time that is stored, by table.
const TIMES: [(&str, &[&str]); 9] = [
    ("public.report_jobs", &["available_at", "queued_at", "created_at", "updated_at", "finished_at"]),
    ("public.reports", &["created_at"]),
    ("public.callback_deliveries", &["available_at", "created_at", "updated_at", "finished_at"]),
    ("public.callback_attempts", &["made_at"]),
    ("public.model_answers", &["made_at"]),
    ("public.model_batches", &["created_at"]),
    ("public.api_slots", &["next_slot", "blocked_until"]),
    ("pgmq.q_report_jobs", &["vt", "enqueued_at"]),
    ("pgmq.a_report_jobs", &["vt", "enqueued_at", "archived_at"]),
];

pub(crate) async fn stack() -> Arc<Stack> {
    Arc::new(Stack::start().await.expect("PostgreSQL starts"))
}

pub(crate) fn client(stack: &Stack) -> Supabase {
    let url = stack.url().parse().unwrap();
    Supabase::connect(SupabaseConfig::new(url, stack.secret_key().to_owned().into())).unwrap()
}

impl Case {
    pub(super) async fn supabase(stack: &Arc<Stack>) -> Self {
        sqlx::raw_sql(EMPTY).execute(stack.database()).await.unwrap();
        let time = Time::Real { stack: Arc::clone(stack), passed_seconds: AtomicI64::default() };
        Self { store: Arc::new(client(stack)), time, _folder: None }
    }
}

pub(super) async fn make_older(stack: &Stack, seconds: i64) {
    let shift = |(table, columns): &(&str, &[&str])| {
        let shifted: Vec<_> =
            columns.iter().map(|column| format!("{column} = {column} - interval '{seconds} s'")).collect();
        format!("update {table} set {};", shifted.join(", "))
    };
    let all: String = TIMES.iter().map(shift).collect();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("begin; {all} commit;")))
        .execute(stack.database())
        .await
        .unwrap();
}
