use std::sync::LazyLock;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use crate::{Rate, Usage};

/// US dollars per million tokens, from a day on, for prompts above a length.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Price {
    model: String,
    valid_from: Date,
    /// Tokens of the prompt, however they are priced. A longer prompt pays the price of its band for the entire call.
    prompt_above: u64,
    input: f64,
    output: f64,
    cache_write_5m: f64,
    cache_write_1h: f64,
    cache_read: f64,
    /// What a call in a batch costs, as a share of all the others.
    batch_share: f64,
    /// Priced for those who ask for it; never chosen for being cheaper.
    #[serde(default)]
    legacy: bool,
}

static PRICES: LazyLock<Vec<Price>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/prices.json")).expect("a test reads the table")
});

impl Price {
    /// The price of a call on a day: of the longest band that its prompt reaches, the latest that has begun.
    fn of(model: &str, prompt: u64, day: Date) -> Option<&'static Self> {
        PRICES
            .iter()
            .filter(|price| is_model(model, &price.model) && price.valid_from <= day)
            // Nothing is above 0 tokens in an empty call, yet it has a price.
            .filter(|price| prompt > price.prompt_above || price.prompt_above == 0)
            .max_by_key(|price| (price.prompt_above, price.valid_from))
    }
}

/// What one call cost in US dollars on a day; `None` for a model whose price is not known.
///
/// The length of the prompt sets the price of the entire call, so calls are priced one by one.
pub fn cost_usd(model: &str, usage: Usage, rate: Rate, day: Date) -> Option<f64> {
    let price = Price::of(model, usage.prompt(), day)?;
    let parts = [
        (usage.input, price.input),
        (usage.output, price.output),
        (usage.cache_write_5m, price.cache_write_5m),
        (usage.cache_write_1h, price.cache_write_1h),
        (usage.cache_read, price.cache_read),
    ];
    #[expect(clippy::cast_precision_loss, reason = "tokens of a call are far fewer than 2^52")]
    let millionths = parts.into_iter().map(|(tokens, price)| tokens as f64 * price).sum::<f64>();
    let share = match rate {
        Rate::Standard => 1.0,
        Rate::Batch => price.batch_share,
    };
    Some(millionths * share / 1e6)
}

/// Models of today that cost less than a known one on a day, the dearest first.
pub(super) fn cheaper_models(model: &str, day: Date) -> impl Iterator<Item = &'static str> {
    let asked = Price::of(model, 0, day).map_or(0.0, |price| price.output);
    let mut names: Vec<&str> =
        PRICES.iter().filter(|price| !price.legacy).map(|price| price.model.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut cheaper: Vec<&Price> = names.into_iter().filter_map(|name| Price::of(name, 0, day)).collect();
    cheaper.retain(|price| price.output < asked);
    cheaper.sort_by(|one, other| other.output.total_cmp(&one.output));
    cheaper.into_iter().map(|price| price.model.as_str())
}

/// Whether a model has a price today.
pub(super) fn is_known(model: &str) -> bool {
    let today = Timestamp::now().to_zoned_datetime(TimeZone::UTC).date();
    Price::of(model, 0, today).is_some()
}

/// The name itself, or the name with the date of a snapshot: `-20251001`.
fn is_model(asked: &str, listed: &str) -> bool {
    let Some(rest) = asked.strip_prefix(listed) else { return false };
    rest.is_empty()
        || rest
            .strip_prefix('-')
            .is_some_and(|date| date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Tokens in and out of a usual report.
    const USAGE: Usage =
        Usage { input: 60_000, output: 6_000, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0 };
    const DAY: Date = date(2026, 11, 1);

    fn at(rate: Rate, model: &str, usage: Usage, day: Date) -> String {
        cost_usd(model, usage, rate, day).map_or("unknown".into(), |cost| format!("{cost:.4}"))
    }

    fn shown(model: &str, usage: Usage, day: Date) -> String {
        at(Rate::Standard, model, usage, day)
    }

    #[test]
    fn a_usual_report_costs_cents() {
        assert_eq!(shown("claude-haiku-5-5", USAGE, DAY), "0.0090");
        assert_eq!(shown("claude-sonnet-5-5", USAGE, DAY), "0.1800");
        assert_eq!(shown("claude-opus-5-5", USAGE, DAY), "0.3600");
        assert_eq!(shown("claude-haiku-4-5-20251001", USAGE, DAY), "0.0900");
        assert_eq!(shown("claude-opus-9", USAGE, DAY), "unknown");
        assert_eq!(shown("claude-opus-5-5-large", USAGE, DAY), "unknown");
        assert_eq!(at(Rate::Batch, "claude-sonnet-5-5", USAGE, DAY), "0.0900");
    }

    #[test]
    fn a_long_prompt_is_dearer_from_its_first_token() {
        let of = |input, cache_read| shown("claude-haiku-5-5", Usage { input, cache_read, ..USAGE }, DAY);
        assert_eq!(of(100_000, 0), "0.0130");
        assert_eq!(of(100_001, 0), "0.0650");
        assert_eq!(of(40_000, 80_000), "0.0390");
    }

    #[test]
    fn a_price_is_used_from_its_day_on() {
        let read = Usage { cache_read: 1_000_000, ..Usage::default() };
        let on = |day| shown("claude-sonnet-5-5", read, day);
        assert_eq!(on(date(2026, 10, 6)), "0.2000");
        assert_eq!(on(date(2026, 10, 7)), "0.1000");
        assert_eq!(on(date(2025, 12, 31)), "unknown");
    }

    #[test]
    fn cheaper_models_are_current_ones() {
        let cheaper = |model| cheaper_models(model, DAY).collect::<Vec<_>>().join(" ");
        assert_eq!(cheaper("claude-fable-5-1"), "claude-opus-5-5 claude-sonnet-5-5 claude-haiku-5-5");
        assert_eq!(cheaper("claude-opus-5"), "claude-opus-5-5 claude-sonnet-5-5 claude-haiku-5-5");
        assert_eq!(cheaper("claude-haiku-4-5-20251001"), "claude-haiku-5-5");
        assert_eq!(cheaper("claude-haiku-5-5") + &cheaper("claude-opus-9"), "");
    }

    /// One line a price, as the documentation has it.
    fn row(price: &Price) -> String {
        let from = price.valid_from;
        let band = match price.prompt_above {
            0 => String::new(),
            above => format!(", prompt above {above} tokens"),
        };
        format!(
            "| `{}`{band} | {from} | {} | {} | {} | {} | {} | {} |",
            price.model,
            price.input,
            price.output,
            price.cache_write_5m,
            price.cache_write_1h,
            price.cache_read,
            price.batch_share
        )
    }

    #[test]
    fn the_documentation_has_every_price() {
        let documented = include_str!("../../../../docs/COST.md");
        let rows = documented.lines().filter(|line| line.starts_with("| `claude-")).collect::<Vec<_>>();
        assert_eq!(rows, PRICES.iter().map(row).collect::<Vec<_>>());
    }

    #[test]
    fn every_price_makes_sense() {
        for price in PRICES.iter() {
            let Price { input, output, cache_write_5m, cache_write_1h, cache_read, batch_share, .. } = price;
            let rising = [cache_read, input, cache_write_5m, cache_write_1h, output];
            assert!(rising.is_sorted() && *cache_read > 0.0, "{price:?}");
            assert!(*batch_share > 0.0 && *batch_share <= 1.0, "{price:?}");
        }
    }
}
