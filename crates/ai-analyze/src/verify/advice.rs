//! A report states what changed; what to do about it is the reader's own affair.

use super::context::{holds_one_of, words};

/// Said by nobody who only states what a filing says.
const ADVICE: &str = "investors should, investor should, shareholders should, stockholders should, holders should, readers \
    should, clients should, traders should, you should, you must, you ought, investors must, investors \
    ought, investors may want, investors are advised, we recommend, i recommend, we advise, we suggest, \
    recommended to buy, recommended to sell, recommended to hold, recommend buying, recommend selling, \
    recommend holding, recommend to buy, recommend to sell, price target, target price, undervalued, \
    overvalued, strong buy, strong sell, buy rating, sell rating, hold rating, rated buy, rated sell, \
    rated hold, rating of buy, rating of sell, buy recommendation, sell recommendation, hold \
    recommendation, is a buy, is a sell, is a hold, a clear buy, a clear sell, time to buy, time to \
    sell, worth buying, buying opportunity, take profits, outperform rating, bullish, bearish, do not \
    buy";

/// A sentence that begins with one of these is an order, unless the next word makes it a term.
const ORDERS: [&str; 5] = ["buy", "sell", "hold", "avoid", "accumulate"];
const TERMS: [&str; 11] =
    ["back", "side", "out", "through", "down", "harmless", "co", "periods", "orders", "now pay", "times"];

/// What an order may be about, behind a colon: `Verdict: sell the stock`.
const OBJECTS: [&str; 6] = ["now", "the", "this", "these", "stock", "shares"];

/// An error when the words advise to buy, sell or hold.
pub(super) fn none(said: &str) -> Result<(), String> {
    let line = format!(" {} ", words(said).join(" "));
    let is_advice = holds_one_of(ADVICE, &line)
        || said
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| matches!(word, "BUY" | "SELL" | "HOLD"))
        || sentences(said, &[". ", "! ", "? ", "; "]).any(begins_with_order)
        || sentences(said, &[": ", " - "]).skip(1).any(is_order_behind_colon);
    if is_advice { Err("the statement advises what to do with the shares".into()) } else { Ok(()) }
}

fn sentences<'a>(text: &'a str, ends: &[&str]) -> impl Iterator<Item = &'a str> {
    let mut pieces = vec![text];
    for end in ends {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(end)).collect();
    }
    pieces.into_iter()
}

fn begins_with_order(sentence: &str) -> bool {
    let words = words(sentence);
    let Some((first, rest)) = words.split_first() else { return false };
    let next = rest.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
    ORDERS.contains(&first.as_str()) && !TERMS.iter().any(|term| next.starts_with(term))
}

/// Behind a colon a list may begin (`its options: sell assets or borrow`).
fn is_order_behind_colon(piece: &str) -> bool {
    let words = words(piece);
    let [first, rest @ ..] = words.as_slice() else { return false };
    ORDERS.contains(&first.as_str()) && rest.first().is_none_or(|next| OBJECTS.contains(&next.as_str()))
}

#[cfg(test)]
mod tests {
    use super::none;

    #[test]
    fn advice_is_found() {
        for said in [
            "BUY.",
            "Margin fell. Sell the shares.",
            "Buy the stock before the next report.",
            "Margin fell, so investors should reduce their positions.",
            "We recommend caution.",
            "The shares are undervalued.",
            "A price target of $40 seems fair.",
            "Verdict: sell.",
            "Margin fell - hold.",
            "This is a strong buy.",
            "You should read Item 7.",
            "Now is the time to buy.",
        ] {
            assert!(none(said).is_err(), "{said}");
        }
    }

    #[test]
    fn what_companies_do_is_no_advice() {
        for said in [
            "The company sells pumps to mines.",
            "The company holds cash of its own and holds no derivatives.",
            "The board lets the company buy back shares.",
            "Customers may buy or sell the contracts.",
            "Held-to-maturity securities are gone.",
            "The company agreed to sell its plant to a buyer.",
            "Hold harmless clauses were added.",
            "Sell-side analysts are mentioned.",
            "Best Buy became a customer.",
            "Its options: sell assets or borrow.",
            "The company should not be liable.",
            "Buy now, pay later loans are new.",
        ] {
            assert_eq!(none(said), Ok(()), "{said}");
        }
    }
}
