//! Percentages of a company's revenue, told from those of receivables, of a segment or of a region.

use super::tokens::Token;

/// The share of revenue from which a customer is told of, in per cent.
pub(super) const TENTH: f64 = 10.0;

/// Percentages of the company's whole revenue, with their places among the words of a sentence.
pub(super) fn of(tokens: &[Token<'_>]) -> Vec<(usize, f64)> {
    let shares = (0..tokens.len()).filter_map(|place| Some((place, share(tokens, place)?)));
    shares.filter(|(place, _)| is_of_revenue(tokens, *place)).collect()
}

/// A percentage such as `12%`, `12.5 %` or `12 percent`.
fn share(tokens: &[Token<'_>], place: usize) -> Option<f64> {
    let word = tokens[place].word;
    if let Some(number) = word.strip_suffix('%') {
        return number.parse().ok();
    }
    let next = tokens.get(place + 1)?.word;
    let number = if word == "ten" { Some(TENTH) } else { word.parse().ok() };
    number.filter(|_| matches!(next, "%" | "percent" | "per"))
}

fn is_of_revenue(tokens: &[Token<'_>], place: usize) -> bool {
    const BETWEEN: [&str; 30] = [
        "%",
        "percent",
        "per",
        "cent",
        "and",
        "or",
        "more",
        "respectively",
        "approximately",
        "about",
        "of",
        "in",
        "each",
        "our",
        "the",
        "its",
        "total",
        "consolidated",
        "combined",
        "overall",
        "net",
        "gross",
        "annual",
        "fiscal",
        "year",
        "years",
        "worldwide",
        "operating",
        "company's",
        "greater",
    ];
    let is_revenue = |word: &str| matches!(word, "sales" | "revenue" | "revenues");
    let allowed = |word: &str| {
        BETWEEN.contains(&word)
            || word.ends_with("'s")
            || word.ends_with('%')
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let after = &tokens[place + 1..];
    let passed = after.iter().take_while(|token| allowed(token.word)).count();
    let follows = after.get(passed).is_some_and(|token| is_revenue(token.word))
        && after[..passed].iter().any(|token| token.word == "of")
        && after.get(passed + 1).is_none_or(|token| token.word != "of");
    let precedes = tokens[..place]
        .iter()
        .rev()
        .take_while(|token| allowed(token.word) || is_revenue(token.word))
        .skip_while(|token| token.word != "of")
        .nth(1)
        .is_some_and(|token| is_revenue(token.word));
    follows || precedes
}

#[cfg(test)]
mod tests {
    use super::{super::tokens, *};

    #[test]
    fn shares_of_something_else_are_left_out() {
        let text = "12% of accounts receivable, 18% of sales of valves, 13.5 percent of our total net sales, \
                    14% of tools revenue, 15% and 16% of the company's fiscal 2024 revenue, net sales of approximately 17%";
        let shares: Vec<f64> = of(&tokens::of(text)).into_iter().map(|(_, share)| share).collect();
        assert_eq!(shares, [13.5, 15.0, 16.0, 17.0]);
    }
}
