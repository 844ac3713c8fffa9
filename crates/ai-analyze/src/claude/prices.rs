use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::{Rate, Usage};

/// US dollars per million tokens, from a day on, for prompts above a length.
#[derive(Debug, Deserialize)]
struct Price {
    model: String,
    valid_from: Date,
    prompt_above: u64,
    input: f64,
    output: f64,
    cache_write_5m: f64,
    cache_write_1h: f64,
    cache_read: f64,
}

static PRICES: LazyLock<Vec<Price>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/prices.json")).expect("a test reads the table")
});

/// What one call cost in US dollars on a day; `None` for a model whose price is not known.
///
/// The length of the prompt sets the price of the entire call, so calls are priced one by one.
pub fn cost_usd(model: &str, usage: Usage, rate: Rate, day: Date) -> Option<f64> {
    let price = PRICES
        .iter()
        .filter(|price| is_model(model, &price.model) && price.valid_from <= day)
        // Nothing is above 0 tokens in an empty call, yet it has a price.
        .filter(|price| usage.prompt() > price.prompt_above || price.prompt_above == 0)
        .max_by_key(|price| (price.valid_from, price.prompt_above))?;
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
        Rate::Batch => 0.5,
    };
    Some(millionths * share / 1e6)
}

/// Models that cost less than a known one, the dearest first.
pub(super) fn cheaper_models(model: &str) -> impl Iterator<Item = &'static str> {
    let place = TIERS.iter().position(|tier| is_model(model, tier));
    TIERS.iter().skip(place.map_or(TIERS.len(), |place| place + 1)).copied()
}

/// Current models by their price, the dearest first.
const TIERS: [&str; 4] = ["claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"];

/// Whether a model has a price on some day.
pub(super) fn is_known(model: &str) -> bool {
    PRICES.iter().any(|price| is_model(model, &price.model))
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

    const USAGE: Usage =
        Usage { input: 60_000, output: 6_000, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0 };

    fn shown(model: &str, usage: Usage, day: Date) -> String {
        cost_usd(model, usage, Rate::Standard, day).map_or("unknown".into(), |cost| format!("{cost:.4}"))
    }

    #[test]
    fn a_usual_report_costs_cents() {
        let day = date(2026, 11, 1);
        assert_eq!(shown("claude-haiku-5-5", USAGE, day), "0.0090");
        assert_eq!(shown("claude-sonnet-5-5", USAGE, day), "0.1800");
        assert_eq!(shown("claude-opus-5-5", USAGE, day), "0.3600");
        assert_eq!(shown("claude-haiku-4-5-20251001", USAGE, day), "0.0900");
        assert_eq!(shown("claude-opus-9", USAGE, day), "unknown");
        assert_eq!(shown("claude-opus-5-5-large", USAGE, day), "unknown");
    }

    #[test]
    fn a_long_prompt_is_dearer_and_a_day_may_change_the_price() {
        let long = Usage { input: 40_000, cache_read: 80_000, ..USAGE };
        assert_eq!(shown("claude-haiku-5-5", long, date(2026, 11, 1)), "0.0390");
        let read = Usage { cache_read: 1_000_000, ..Usage::default() };
        assert_eq!(shown("claude-sonnet-5-5", read, date(2026, 10, 6)), "0.2000");
        assert_eq!(shown("claude-sonnet-5-5", read, date(2026, 10, 7)), "0.1000");
        assert_eq!(shown("claude-sonnet-5-5", read, date(2025, 10, 7)), "unknown");
    }
}
