//! What will be asked of which model, and what that is likely to cost: made before the first call.

use filing_model::Comparison;
use jiff::civil::Date;

use super::{
    asking::Asking,
    groups::{Group, choose, packed},
    prices::{cheaper_models, cost_usd},
    prompt::estimated_tokens,
};
use crate::{Effort, Rate, Usage};

/// Estimated tokens of changes in one call: an answer to more of them grows too long to wait for.
const PACK_TOKENS: usize = 40_000;

/// The rules, the schema and what stands around the changes, in tokens.
const FRAME_TOKENS: usize = 1_500;

/// What will be asked.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) model: String,
    pub(super) effort: Effort,
    /// One call each.
    pub(super) packs: Vec<Vec<Group<'a>>>,
    /// The likely cost in US dollars, where the price is known.
    pub(super) cost_usd: Option<f64>,
    /// What was given up to stay under the limit.
    pub(super) given_up: Option<String>,
}

/// All that is worth asking, or as much of it as the limit on the cost allows: first the model thinks less, then a
/// cheaper one is asked, then the least telling groups are left out.
pub(super) fn plan<'a>(comparison: &'a Comparison, asking: &Asking, rate: Rate, day: Date) -> Plan<'a> {
    let mut groups = choose(comparison, asking.prompt_tokens);
    let priced = |model: &str, effort: Effort, groups: Vec<Group<'a>>| {
        let packs = packed(groups, PACK_TOKENS);
        let cost_usd = likely_cost(model, effort, &packs, rate, day);
        Plan { model: model.to_owned(), effort, packs, cost_usd, given_up: None }
    };
    let wished = priced(&asking.model, asking.effort, groups.clone());
    let Some(limit) = asking.max_cost_usd else { return wished };
    let fits = |plan: &Plan<'_>| plan.cost_usd.is_some_and(|cost| cost <= limit);
    if fits(&wished) {
        return wished;
    }
    let (mut model, mut effort) = (asking.model.as_str(), asking.effort);
    for (other, less) in lesser(asking, day) {
        (model, effort) = (other, less);
        let plan = priced(model, effort, groups.clone());
        if fits(&plan) {
            return Plan { given_up: Some(given_up(asking, &plan, limit, 0)), ..plan };
        }
    }
    let all = groups.len();
    loop {
        let least = groups.iter().enumerate().min_by(|(_, a), (_, b)| a.weight().total_cmp(&b.weight()));
        let Some((least, _)) = least else { break };
        groups.remove(least);
        let plan = priced(model, effort, groups.clone());
        if fits(&plan) {
            return Plan { given_up: Some(given_up(asking, &plan, limit, all - groups.len())), ..plan };
        }
    }
    let nothing = priced(model, effort, Vec::new());
    Plan { given_up: Some(given_up(asking, &nothing, limit, all)), ..nothing }
}

/// The same model with less effort, then cheaper ones with the least.
fn lesser(asking: &Asking, day: Date) -> Vec<(&str, Effort)> {
    let less = [Effort::Medium, Effort::Low].into_iter().filter(|effort| *effort < asking.effort);
    let same = less.map(|effort| (asking.model.as_str(), effort));
    same.chain(cheaper_models(&asking.model, day).map(|model| (model, Effort::Low))).collect()
}

fn given_up(asking: &Asking, plan: &Plan<'_>, limit: f64, left_out: usize) -> String {
    let mut what = Vec::new();
    if plan.model != asking.model {
        what.push(format!("{} was asked in the place of {}", plan.model, asking.model));
    } else if plan.effort != asking.effort {
        what.push(format!("{} was asked to think less", plan.model));
    }
    if left_out > 0 {
        let groups = if left_out == 1 { "group of changes was" } else { "groups of changes were" };
        what.push(format!("{left_out} {groups} left out"));
    }
    let limit = if limit < 0.01 { limit.to_string() } else { format!("{limit:.2}") };
    format!("to stay under the limit of ${limit} for a report, {}", what.join(" and "))
}

/// What all calls of a report are likely to cost.
fn likely_cost(model: &str, effort: Effort, packs: &[Vec<Group<'_>>], rate: Rate, day: Date) -> Option<f64> {
    let output = likely_output(effort);
    let call = |input: usize, output: u64| {
        let usage = Usage { input: input as u64, output, ..Usage::default() };
        cost_usd(model, usage, rate, day)
    };
    let tokens = |pack: &Vec<Group<'_>>| FRAME_TOKENS + pack.iter().map(Group::tokens).sum::<usize>();
    let mut cost = 0.0;
    for pack in packs {
        cost += call(tokens(pack), output)?;
    }
    if !packs.is_empty() {
        // Some statements are asked for once more, and all accepted ones are summarised.
        cost += call(FRAME_TOKENS * 2, output / 4)? + call(FRAME_TOKENS * 3, output / 2)?;
    }
    Some(cost)
}

/// Tokens of a usual answer to a pack: some 3,000 of findings, and the thinking before them.
fn likely_output(effort: Effort) -> u64 {
    match effort {
        Effort::Low => 4_000,
        Effort::Medium => 6_000,
        Effort::High => 12_000,
    }
}

/// Tokens of a prompt by our own estimate, the rules and the schema included.
pub(super) fn prompt_tokens(prompt: &str) -> u64 {
    (estimated_tokens(prompt) + FRAME_TOKENS) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claude::asking::DEFAULT_MODEL,
        invented::{added, comparison, placed, section},
    };
    use filing_model::Item;
    use jiff::civil::date;

    fn shown(limit: Option<f64>, model: &str, effort: Effort) -> String {
        let text = "A plant makes pumps for mines and sells them. ".repeat(300);
        let changes = (1..=9_u8)
            .map(|n| {
                let heading = format!("Plant {n}");
                placed(added(&format!("1-{n}"), usize::from(n), &text), n.into(), f64::from(10 - n), &heading)
            })
            .collect();
        let comparison = comparison(vec![section(Item::I1, changes)]);
        let asking = Asking { model: model.into(), effort, prompt_tokens: 40_000, max_cost_usd: limit };
        let plan = plan(&comparison, &asking, Rate::Standard, date(2026, 11, 1));
        let groups: usize = plan.packs.iter().map(Vec::len).sum();
        format!(
            "{} {:?}: {groups} groups, {} calls, {}; {}",
            plan.model,
            plan.effort,
            plan.packs.len(),
            plan.cost_usd.map_or("unknown".into(), |cost| format!("${cost:.4}")),
            plan.given_up.unwrap_or_default()
        )
    }

    #[test]
    fn a_limit_takes_effort_then_the_model_then_groups() {
        let lines = [
            shown(None, DEFAULT_MODEL, Effort::High),
            shown(Some(1.0), DEFAULT_MODEL, Effort::High),
            shown(Some(0.3), DEFAULT_MODEL, Effort::High),
            shown(Some(0.2), DEFAULT_MODEL, Effort::High),
            shown(Some(0.1), DEFAULT_MODEL, Effort::High),
            shown(Some(0.007), DEFAULT_MODEL, Effort::High),
            shown(Some(0.0001), DEFAULT_MODEL, Effort::High),
            shown(None, "claude-opus-9", Effort::Low),
        ];
        insta::assert_snapshot!(lines.join("\n"), @"
        claude-sonnet-5-5 High: 9 groups, 1 calls, $0.2992; 
        claude-sonnet-5-5 High: 9 groups, 1 calls, $0.2992; 
        claude-sonnet-5-5 High: 9 groups, 1 calls, $0.2992; 
        claude-sonnet-5-5 Medium: 9 groups, 1 calls, $0.1942; to stay under the limit of $0.20 for a report, claude-sonnet-5-5 was asked to think less
        claude-haiku-5-5 Low: 9 groups, 1 calls, $0.0080; to stay under the limit of $0.10 for a report, claude-haiku-5-5 was asked in the place of claude-sonnet-5-5
        claude-haiku-5-5 Low: 6 groups, 1 calls, $0.0068; to stay under the limit of $0.007 for a report, claude-haiku-5-5 was asked in the place of claude-sonnet-5-5 and 3 groups of changes were left out
        claude-haiku-5-5 Low: 0 groups, 0 calls, $0.0000; to stay under the limit of $0.0001 for a report, claude-haiku-5-5 was asked in the place of claude-sonnet-5-5 and 9 groups of changes were left out
        claude-opus-9 Low: 9 groups, 1 calls, unknown; 
        ");
    }
}
