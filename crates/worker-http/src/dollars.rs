use ai_analyze::Estimate;

/// `$0.19`; an amount below a cent with its first two digits, such as `$0.0042`.
pub(crate) fn dollars(usd: f64) -> String {
    let decimals = if usd > 0.0 && usd < 0.01 { 4 } else { 2 };
    format!("${usd:.decimals$}")
}

/// `claude-sonnet-5-5, about $0.19`
pub(crate) fn estimate(estimate: &Estimate) -> String {
    let Estimate { model, cost_usd, .. } = estimate;
    match cost_usd {
        Some(usd) => format!("{model}, about {}", dollars(*usd)),
        None => format!("{model}, whose price is not known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_told_and_what_is_less_is_not_nothing() {
        let shown: Vec<_> = [0.0, 0.000_21, 0.0042, 0.01, 0.1849, 12.0].map(dollars).into();
        assert_eq!(shown.join(" "), "$0.00 $0.0002 $0.0042 $0.01 $0.18 $12.00");
    }
}
