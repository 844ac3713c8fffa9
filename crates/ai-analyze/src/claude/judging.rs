//! The first step: what the changes mean, in statements that stand up to verification.

use std::fmt::Write as _;

use filing_model::{Comparison, Dropped, Finding};

use super::{
    answer::{Corrections, Findings},
    groups::{Group, Sent, halved},
    prompt::{changes_prompt, delimited, filings, groups_text},
    schema,
    session::{Question, Session},
};
use crate::{AnalyzeError, verify::Checker};

/// Room for 25 findings and the model's thinking.
const JUDGE_TOKENS: u32 = 16_000;

/// Room for the statements that failed and the model's thinking.
const CORRECT_TOKENS: u32 = 8_000;

/// Statements asked for once more; a model that fails more often is not worth asking again.
const MOST_CORRECTED: usize = 12;

/// What came of the first step.
#[derive(Default)]
pub(super) struct Judged<'a> {
    pub(super) accepted: Vec<Finding>,
    pub(super) dropped: Vec<Dropped>,
    /// What the model read.
    pub(super) sent: Vec<Sent<'a>>,
}

/// Judgements on all packs; those that fail the check are asked for once more.
pub(super) async fn judge<'a>(
    session: &mut Session<'_>,
    comparison: &Comparison,
    packs: Vec<Vec<Group<'a>>>,
) -> Result<Judged<'a>, AnalyzeError> {
    let checker = Checker::new(comparison);
    let mut judged = Judged::default();
    let mut failed = Vec::new();
    let mut read: Vec<Group<'a>> = Vec::new();
    let mut waiting: Vec<Vec<Group<'a>>> = packs.into_iter().rev().collect();
    while let Some(pack) = waiting.pop() {
        let findings = match ask(session, comparison, &pack).await {
            Ok(Some(findings)) => findings,
            Ok(None) => {
                session.gap("the limit on the cost left some of the changes unread");
                continue;
            }
            Err(error @ AnalyzeError::TooLong { .. }) => {
                match halved(pack) {
                    Ok([first, second]) => waiting.extend([second, first]),
                    Err(_) => session.gap(unread(&error)),
                }
                continue;
            }
            Err(error @ AnalyzeError::Declined { .. }) => {
                session.gap(unread(&error));
                continue;
            }
            Err(error) => return Err(error),
        };
        for finding in findings {
            match checker.check(&finding) {
                Ok(accepted) => judged.accepted.push(accepted),
                Err(reason) => failed.push(Failed { finding, reason }),
            }
        }
        read.extend(pack);
    }
    correct(session, comparison, &checker, &read, failed, &mut judged).await?;
    judged.accepted.sort_by_key(|finding| std::cmp::Reverse(finding.materiality));
    judged.sent = read.into_iter().flat_map(|group| group.changes).collect();
    Ok(judged)
}

fn unread(error: &AnalyzeError) -> String {
    format!("the model did not read some of the changes: {error}")
}

async fn ask(
    session: &mut Session<'_>,
    comparison: &Comparison,
    pack: &[Group<'_>],
) -> Result<Option<Vec<Finding>>, AnalyzeError> {
    let question = Question {
        system: include_str!("../../prompts/judge.md"),
        prompt: changes_prompt(comparison, pack),
        schema: schema::of::<Findings>(),
        max_tokens: JUDGE_TOKENS,
    };
    Ok(session.ask::<Findings>(question).await?.map(Findings::unverified))
}

/// A statement and why it cannot stand.
struct Failed {
    finding: Finding,
    reason: String,
}

/// Asks once for all that failed. What fails again, or is not answered, is dropped with its first reason.
async fn correct(
    session: &mut Session<'_>,
    comparison: &Comparison,
    checker: &Checker<'_>,
    read: &[Group<'_>],
    mut failed: Vec<Failed>,
    judged: &mut Judged<'_>,
) -> Result<(), AnalyzeError> {
    failed.sort_by_key(|failed| std::cmp::Reverse(failed.finding.materiality));
    let asked = &failed[..failed.len().min(MOST_CORRECTED)];
    let corrections = match asked {
        [] => return Ok(()),
        _ => ask_again(session, comparison, read, asked).await?,
    };
    let mut mended = vec![false; failed.len()];
    for (number, finding) in corrections {
        let Some(place) = number.checked_sub(1).filter(|place| mended.get(*place) == Some(&false)) else {
            continue;
        };
        if let Ok(accepted) = checker.check(&finding) {
            mended[place] = true;
            judged.accepted.push(accepted);
        }
    }
    let still = failed.into_iter().zip(mended).filter(|(_, mended)| !mended);
    judged.dropped.extend(
        still.map(|(failed, _)| Dropped { statement: failed.finding.statement, reason: failed.reason }),
    );
    Ok(())
}

/// What the model makes of the reasons; nothing when it cannot answer.
async fn ask_again(
    session: &mut Session<'_>,
    comparison: &Comparison,
    read: &[Group<'_>],
    failed: &[Failed],
) -> Result<Vec<(usize, Finding)>, AnalyzeError> {
    let question = Question {
        system: include_str!("../../prompts/judge.md"),
        prompt: correction_prompt(comparison, read, failed),
        schema: schema::of::<Corrections>(),
        max_tokens: CORRECT_TOKENS,
    };
    match session.ask::<Corrections>(question).await {
        Ok(answer) => Ok(answer.map(Corrections::unverified).unwrap_or_default()),
        Err(AnalyzeError::TooLong { .. } | AnalyzeError::Declined { .. } | AnalyzeError::Shape { .. }) => {
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

/// The statements that failed with their reasons, and the groups of changes that they name.
fn correction_prompt(comparison: &Comparison, read: &[Group<'_>], failed: &[Failed]) -> String {
    let named: Vec<&str> = failed
        .iter()
        .flat_map(|failed| &failed.finding.quotes)
        .filter_map(|quote| quote.change_id.as_deref())
        .collect();
    let mut groups = Vec::new();
    for group in read {
        let changes: Vec<Sent<'_>> =
            group.changes.iter().filter(|sent| named.contains(&sent.change.id.as_str())).copied().collect();
        if !changes.is_empty() {
            groups.push(Group { changes, ..group.clone() });
        }
    }
    let mut statements = String::new();
    for (index, Failed { finding, reason }) in failed.iter().enumerate() {
        // The words of the model are words of the filing as likely as not.
        let said = serde_json::to_string(finding).unwrap_or_default();
        let _ = writeln!(statements, "{}. {reason}: {said}", index + 1);
    }
    format!(
        "{}\n\n{}\n\n{}\n\n{}",
        filings(comparison),
        delimited("CHANGES", &groups_text(&groups)),
        delimited("FAILED", &statements),
        include_str!("../../prompts/correct.md").trim()
    )
}
