//! Earlier statements corrected: the check box of the cover (Exchange Act Rule 10D-1 disclosure, since 2023).

use filing_model::{Item, Signal, SignalKind};

use super::Evidence;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    const FLAG: &str = "DocumentFinStmtErrorCorrectionFlag";
    if evidence.newer.cover.flag(FLAG) != Some(true) {
        return Vec::new();
    }
    vec![Signal {
        kind: SignalKind::Restatement,
        item: Item::I8,
        statement: "The cover says that the financial statements correct an error in earlier ones."
            .to_owned(),
        older: evidence.older.cover.get(FLAG).map(str::to_owned),
        newer: evidence.newer.cover.get(FLAG).map(str::to_owned),
        change_id: None,
    }]
}
