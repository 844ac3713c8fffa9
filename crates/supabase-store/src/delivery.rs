use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A callback to be made, because a job ended that asked for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The `webhook-id`: the same in all attempts, so that the receiver knows a repetition by it.
    pub id: String,
    /// The job that ended.
    pub job_id: String,
    /// Where to.
    pub url: String,
    /// The very bytes to sign and send.
    pub body: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// How often it was leased: the number of the latest lease, which alone may note an outcome.
    pub leases: u32,
    /// When the next attempt is due; while it is leased, the end of the lease.
    pub available_at: Timestamp,
    /// What went wrong the last time.
    pub last_error: Option<String>,
    /// When the job ended.
    pub created_at: Timestamp,
    /// When anything of this last changed.
    pub updated_at: Timestamp,
    /// When it was delivered or given up.
    pub finished_at: Option<Timestamp>,
}

/// Where a callback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// It is to be tried, for the first time or again.
    Pending,
    /// The receiver took it.
    Delivered,
    /// The receiver wants no more of it.
    Gone,
    /// It was given up.
    Failed,
}

impl DeliveryState {
    /// The word that JSON and databases have.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Gone => "gone",
            Self::Failed => "failed",
        }
    }
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What came of one attempt, as whoever made it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What becomes of the delivery.
    pub outcome: DeliveryOutcome,
    /// The HTTP status of the answer, if one came.
    pub status: Option<u16>,
    /// What went wrong; never a secret.
    pub error: Option<String>,
    /// How long it took.
    pub milliseconds: u32,
}

/// What becomes of a delivery after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The receiver took it.
    Delivered,
    /// The receiver wants no more of it.
    Gone,
    /// It is given up.
    Failed,
    /// It is tried again.
    Retry {
        /// How long from now.
        after_seconds: u32,
    },
}

impl DeliveryOutcome {
    /// Where the delivery stands after it.
    pub fn state(self) -> DeliveryState {
        match self {
            Self::Delivered => DeliveryState::Delivered,
            Self::Gone => DeliveryState::Gone,
            Self::Failed => DeliveryState::Failed,
            Self::Retry { .. } => DeliveryState::Pending,
        }
    }
}

/// An attempt that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryAttempt {
    /// Which one, from 1.
    pub number: u32,
    /// When it was noted.
    pub made_at: Timestamp,
    /// See [`Tried::status`].
    pub status: Option<u16>,
    /// See [`Tried::error`].
    pub error: Option<String>,
    /// See [`Tried::milliseconds`].
    pub milliseconds: u32,
}

/// A delivery with all its attempts, the first one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryHistory {
    /// The delivery.
    pub delivery: Delivery,
    /// What was tried so far.
    pub attempts: Vec<DeliveryAttempt>,
}
