use super::tables::Tables;
use crate::{Job, StoreError, ending::TOKENS_PER_REPORT};

#[derive(Debug)]
pub(super) struct LedgerLine {
    user_id: String,
    /// What it is for; a job has one line of a kind at most.
    reason: Option<(String, Kind)>,
    tokens: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Usage,
    Refund,
}

impl Tables {
    /// The sum of the user's lines.
    pub(super) fn balance(&self, user_id: &str) -> i64 {
        self.ledger.iter().filter(|line| line.user_id == user_id).map(|line| line.tokens).sum()
    }

    pub(super) fn grant(&mut self, user_id: &str, tokens: u32) {
        self.ledger.push(LedgerLine { user_id: user_id.to_owned(), reason: None, tokens: tokens.into() });
    }

    /// Takes the token for a job from its user, once.
    pub(super) fn charge(&mut self, user_id: &str, job_id: &str) -> Result<(), StoreError> {
        let has_paid = self.has_line(job_id, Kind::Usage);
        if !has_paid && self.balance(user_id) < TOKENS_PER_REPORT.into() {
            return Err(StoreError::InsufficientTokens { user_id: user_id.to_owned() });
        }
        if !has_paid {
            self.write(user_id, job_id, Kind::Usage, -i64::from(TOKENS_PER_REPORT));
        }
        Ok(())
    }

    /// Gives the token for a job back to its user, once.
    pub(super) fn refund(&mut self, job: &Job) {
        if let Some(user_id) = &job.user_id
            && !self.has_line(&job.job_id, Kind::Refund)
        {
            self.write(user_id, &job.job_id, Kind::Refund, TOKENS_PER_REPORT.into());
        }
    }

    fn has_line(&self, job_id: &str, kind: Kind) -> bool {
        let is_it = |(id, of_kind): &(String, Kind)| id == job_id && *of_kind == kind;
        self.ledger.iter().any(|line| line.reason.as_ref().is_some_and(is_it))
    }

    fn write(&mut self, user_id: &str, job_id: &str, kind: Kind, tokens: i64) {
        let reason = Some((job_id.to_owned(), kind));
        self.ledger.push(LedgerLine { user_id: user_id.to_owned(), reason, tokens });
    }
}
