//! A stack and how tests speak to it.

use serde_json::{Value, json};
use testkit::stack::{Stack, StackOptions};
use uuid::Uuid;

pub(crate) struct Case {
    pub(crate) stack: Stack,
    client: reqwest::Client,
}

/// What an error answer says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Case {
    pub(crate) async fn new() -> Self {
        Self::with(StackOptions::default()).await
    }

    pub(crate) async fn with(options: StackOptions) -> Self {
        Self { stack: Stack::with(options).await.unwrap(), client: reqwest::Client::new() }
    }

    /// Calls a function as the worker.
    pub(crate) async fn call(&self, function: &str, arguments: Value) -> Result<Value, Refused> {
        let url = format!("{}/rest/v1/rpc/{function}", self.stack.url());
        let request = self.client.post(url).header("apikey", self.stack.secret_key()).json(&arguments);
        let answer = request.send().await.unwrap();
        let succeeded = answer.status().is_success();
        let text = answer.text().await.unwrap();
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        if succeeded {
            return Ok(body);
        }
        let word = |name: &str| body[name].as_str().unwrap_or(&text).to_owned();
        Err(Refused { code: word("code"), message: word("message") })
    }

    /// The code of the refusal.
    pub(crate) async fn refused(&self, function: &str, arguments: Value) -> String {
        self.call(function, arguments).await.unwrap_err().code
    }

    /// Starts a job that costs its user nothing or, when the worker charges, a token.
    pub(crate) async fn start(
        &self,
        job_id: &str,
        user: Option<Uuid>,
        charge: bool,
    ) -> Result<Value, Refused> {
        let mut arguments = json!({
            "job_id": job_id, "ticker": "ACME", "charge": charge, "callback_url": "https://platform.example/done",
        });
        if let Some(user) = user {
            arguments["user_id"] = json!(user);
        }
        self.call("start_report_job", arguments).await
    }

    pub(crate) async fn lease(&self) -> Value {
        self.call("lease_report_job", json!({"worker": "test", "seconds": 30})).await.unwrap()
    }

    /// Starts a job and leases it; the number of the lease.
    pub(crate) async fn leased(&self, job_id: &str, user: Option<Uuid>, charge: bool) -> Value {
        self.start(job_id, user, charge).await.unwrap();
        let job = self.lease().await;
        assert_eq!(job["job_id"], job_id);
        job["leases"].clone()
    }

    pub(crate) async fn complete(
        &self,
        job_id: &str,
        lease: &Value,
        report: Value,
    ) -> Result<Value, Refused> {
        let document = json!({"report_id": report["id"], "made_of": "paragraphs"});
        let arguments = json!({"job_id": job_id, "lease": lease, "report": report, "document": document});
        self.call("complete_report", arguments).await
    }

    pub(crate) async fn fail(&self, job_id: &str, lease: &Value) -> Result<Value, Refused> {
        let arguments = json!({
            "job_id": job_id, "lease": lease, "error_type": "edgar_unavailable",
            "error_message": "EDGAR \"does not\" answer", "stack_trace": "connection refused",
        });
        self.call("fail_report_job", arguments).await
    }

    /// A user with so many tokens.
    pub(crate) async fn user(&self, tokens: i32) -> Uuid {
        let user = Uuid::new_v4();
        let arguments = json!({"user_id": user, "amount": tokens, "description": "welcome"});
        assert_eq!(self.call("increment_tokens", arguments).await.unwrap(), json!(tokens));
        user
    }

    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.stack.database()).await.unwrap()
    }

    pub(crate) async fn text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql).fetch_one(self.stack.database()).await.unwrap()
    }

    pub(crate) async fn execute(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(self.stack.database()).await.unwrap();
    }

    /// The balance, which must be the sum of the ledger.
    pub(crate) async fn balance(&self, user: Uuid) -> i32 {
        let (balance, sum): (i32, i64) = sqlx::query_as(
            "select tokens_remaining::integer, (select coalesce(sum(tokens_amount), 0) from token_transactions where user_id = profiles.id)
             from profiles where id = $1::uuid",
        )
        .bind(user.to_string())
        .fetch_one(self.stack.database())
        .await
        .unwrap();
        assert_eq!(i64::from(balance), sum, "the balance is not the sum of the ledger");
        balance
    }
}

/// A report's row as the worker sends it.
pub(crate) fn report(refund: bool) -> Value {
    json!({
        "id": Uuid::new_v4(), "company_name": "Acme Widgets Inc.",
        "newer_filing_date": "2025-02-14", "older_filing_date": "2024-02-14",
        "newer_accession": "0001234567-25-000010", "older_accession": "0001234567-24-000009",
        "extraction_success": !refund, "sections_extracted": ["1", "1A"], "extraction_issues": [],
        "ai_summaries": {"Item 1A": "One risk is new."}, "ai_cost_usd": 0.07, "total_tokens_consumed": 1200,
        "tokens_used": 1, "generation_time_seconds": 1.5, "analyzer": "extractive", "prompt_version": "1",
        "refund": refund, "refund_description": "Refund: the report cannot be relied on",
    })
}
