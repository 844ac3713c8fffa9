//! What a sentence says of customers that make up a tenth of revenue or more (ASC 280-10-50-42).

use super::{
    mentions::Mention,
    revenue_shares::{self, TENTH},
    tokens::{self, Token},
};

/// What one clause says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Claim {
    /// The years it speaks of; none when it speaks of the present.
    years: Vec<i16>,
    says: Says,
}

#[derive(Debug, Clone, PartialEq)]
enum Says {
    /// No customer has a tenth.
    Nobody,
    /// These have.
    Somebody(Vec<Group>),
}

/// Customers that are counted together, with their shares of revenue in per cent.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    customers: usize,
    /// There may be more of them, as behind "our largest customer".
    open: bool,
    /// "each", or "10 % or more": one share holds for all.
    each: bool,
    shares: Vec<f64>,
}

/// How many customers have a tenth of a year's revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Large {
    pub(super) customers: usize,
    /// There may be more.
    pub(super) open: bool,
}

impl Claim {
    /// What it says of a year; `None` when it does not speak of that year or leaves it open.
    pub(super) fn of_year(&self, year: Option<i16>) -> Option<Large> {
        if !self.years.is_empty() && year.is_some_and(|year| !self.years.contains(&year)) {
            return None;
        }
        let Says::Somebody(groups) = &self.says else { return Some(Large { customers: 0, open: false }) };
        let counts: Option<Vec<usize>> = groups.iter().map(|group| self.large(group, year)).collect();
        let customers = counts?.iter().sum();
        (customers > 0).then(|| Large { customers, open: groups.iter().any(|group| group.open) })
    }

    /// The last year it speaks of.
    pub(super) fn last_year(&self) -> Option<i16> {
        self.years.iter().max().copied()
    }

    /// How many of a group have a tenth; `None` when the shares do not tell.
    fn large(&self, group: &Group, year: Option<i16>) -> Option<usize> {
        let large = |shares: &[f64]| shares.iter().filter(|share| **share >= TENTH).count();
        let shares = group.shares.as_slice();
        let by_year = shares.len() > 1 && shares.len() == self.years.len();
        match (group.customers, shares.len()) {
            (1, 1) => Some(large(shares)),
            (1, _) if by_year => {
                let place = self.years.iter().position(|listed| Some(*listed) == year)?;
                Some(large(&shares[place..=place]))
            }
            (customers, 1) if group.each => Some(customers * large(shares)),
            // Two customers and two years: nobody knows which the two shares belong to.
            (customers, listed) if customers == listed && !by_year => Some(large(shares)),
            (customers, listed) if listed > customers && large(shares) == listed => Some(customers),
            _ => None,
        }
    }
}

/// The claims of a sentence, clause by clause.
pub(super) fn of(mention: &Mention<'_>) -> Vec<Claim> {
    const CUTS: [(&str, &str); 5] = [
        (", while ", "; "),
        (", and no ", "; no "),
        (" and no ", "; no "),
        (", although ", "; although "),
        (" compared ", "; compared "),
    ];
    let clauses = CUTS.iter().fold(mention.lower.clone(), |text, (from, to)| text.replace(from, to));
    clauses.split("; ").filter_map(|clause| claim(&tokens::of(clause), mention)).collect()
}

fn claim(tokens: &[Token<'_>], mention: &Mention<'_>) -> Option<Claim> {
    const DOUBT: [&str; 13] = [
        "might",
        "could",
        "would",
        "should",
        "if",
        "expect",
        "expects",
        "expected",
        "less",
        "below",
        "although",
        "estimated",
        "estimate",
    ];
    if mention.has_may() || tokens.iter().any(|token| DOUBT.contains(&token.word)) {
        return None;
    }
    let shares = revenue_shares::of(tokens);
    let years = tokens::years(tokens);
    if shares.is_empty() {
        return None;
    }
    let subjects = subjects(tokens);
    if subjects.iter().any(|subject| subject.number == Number::Nobody) {
        let tenth = shares.iter().all(|(_, share)| *share <= TENTH);
        return tenth.then_some(Claim { years, says: Says::Nobody });
    }
    let mut groups = groups(tokens, &subjects, &shares);
    if groups.is_empty() && subjects.is_empty() && sells_to_a_name(mention.text) {
        let shares = shares.iter().map(|(_, share)| *share).collect();
        groups.push(Group { customers: 1, open: true, each: false, shares });
    }
    (!groups.is_empty()).then_some(Claim { years, says: Says::Somebody(groups) })
}

/// Customers with the shares that follow them, up to the next ones.
fn groups(tokens: &[Token<'_>], subjects: &[Subject], shares: &[(usize, f64)]) -> Vec<Group> {
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word));
    let each = has(&["each", "individually"]);
    // "10 % or more" is said of each; "more than 30 %" of all together.
    let threshold = has(&["more", "least", "exceeded", "greater"]);
    let counted = subjects.iter().enumerate().filter_map(|(index, subject)| {
        let Number::Count(customers) = subject.number else { return None };
        let end = subjects.get(index + 1).map_or(tokens.len(), |next| next.place);
        let behind = shares.iter().filter(|(place, _)| (subject.place..end).contains(place));
        let mut shares: Vec<f64> = behind.map(|(_, share)| *share).collect();
        if shares.is_empty() && subjects.len() == 1 {
            shares = all_before(tokens, subject.place);
        }
        let each = each || threshold && shares.iter().all(|share| *share <= TENTH);
        (!shares.is_empty()).then_some(Group { customers, open: subject.open, each, shares })
    });
    counted.collect()
}

/// Shares that stand before a customer in the same phrase: "12 % of sales came from one customer".
fn all_before(tokens: &[Token<'_>], place: usize) -> Vec<f64> {
    let phrase = tokens[..place].iter().rposition(|token| token.ends_phrase).map_or(0, |end| end + 1);
    revenue_shares::of(&tokens[..place])
        .into_iter()
        .filter(|(at, _)| *at >= phrase)
        .map(|(_, share)| share)
        .collect()
}

/// A customer, or several, where the sentence names them.
struct Subject {
    place: usize,
    number: Number,
    open: bool,
}

#[derive(PartialEq, Eq)]
enum Number {
    Nobody,
    Count(usize),
    /// Others than those told of, or those who buy from other sellers.
    Other,
}

fn subjects(tokens: &[Token<'_>]) -> Vec<Subject> {
    const NOUNS: [&str; 11] = [
        "customer",
        "customers",
        "end-customer",
        "end-customers",
        "distributor",
        "distributors",
        "wholesaler",
        "wholesalers",
        "reseller",
        "resellers",
        "licensees",
    ];
    let named = tokens.iter().enumerate().filter(|(_, token)| NOUNS.contains(&token.word));
    named.filter_map(|(place, _)| subject(tokens, place)).collect()
}

fn subject(tokens: &[Token<'_>], place: usize) -> Option<Subject> {
    const BETWEEN: [&str; 21] = [
        "single",
        "individual",
        "direct",
        "end",
        "major",
        "significant",
        "external",
        "commercial",
        "largest",
        "of",
        "our",
        "the",
        "its",
        "company's",
        "tier",
        "one",
        "any",
        "sales",
        "to",
        "an",
        "a",
    ];
    const FARTHEST: usize = 6;
    let before = &tokens[place.saturating_sub(FARTHEST)..place];
    let mut open = false;
    let mut count = None;
    for token in before.iter().rev() {
        let word = token.word;
        open |= word == "largest";
        match word {
            "no" | "none" => return Some(Subject { place, number: Number::Nobody, open }),
            "not" | "never" => {
                return count.is_none().then_some(Subject { place, number: Number::Nobody, open });
            }
            "other" | "indirect" => return Some(Subject { place, number: Number::Other, open }),
            "have" | "had" | "did" | "does" | "do" if count.is_none() => continue,
            _ => {}
        }
        if token.ends_phrase {
            break;
        }
        if let Some(number) = tokens::count(word).filter(|_| word.starts_with(char::is_alphabetic)) {
            count = count.max(Some(number));
        } else if !BETWEEN.contains(&word) {
            break;
        }
    }
    let lettered = letters(&tokens[place + 1..]);
    let number = count.or((lettered > 0).then_some(lettered)).or(open.then_some(1))?;
    Some(Subject { place, number: Number::Count(number), open })
}

/// How many are named by letters: "customers a, b and c".
fn letters(tokens: &[Token<'_>]) -> usize {
    let names = tokens.iter().take_while(|token| token.word == "and" || token.word.len() == 1);
    names.filter(|token| token.word != "and").count()
}

/// Whether the sentence tells of sales to somebody by name, who is no country.
fn sells_to_a_name(text: &str) -> bool {
    const PLACES: [&str; 24] = [
        "United",
        "U.S.",
        "U.K.",
        "North",
        "South",
        "Latin",
        "Europe",
        "European",
        "Asia",
        "Asian",
        "China",
        "Japan",
        "Germany",
        "Taiwan",
        "Korea",
        "Canada",
        "Mexico",
        "Singapore",
        "Hong",
        "India",
        "Israel",
        "Americas",
        "EMEA",
        "International",
    ];
    let behind = text.split_once("ales to ").map_or("", |(_, rest)| rest);
    let name = behind.split_whitespace().next().unwrap_or("").trim_end_matches(',');
    name.starts_with(char::is_uppercase) && !PLACES.contains(&name) && !name.ends_with("ers")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a sentence says of 2024, a line each.
    fn told(sentences: &[&str]) -> String {
        let told = |text: &&str| {
            let mention = Mention::new(text);
            let found: Vec<_> = of(&mention).iter().filter_map(|claim| claim.of_year(Some(2024))).collect();
            let found: Vec<_> = found
                .iter()
                .map(|large| format!("{}{}", large.customers, if large.open { "+" } else { "" }))
                .collect();
            format!("{} | {text}", if found.is_empty() { "silent".to_owned() } else { found.join(",") })
        };
        sentences.iter().map(told).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn customers_are_counted() {
        let sentences = [
            "One customer accounted for 12% of net sales.",
            "In 2024, a single distributor, Harbor Supply Inc., accounted for approximately 11.5 % of our total revenue.",
            "Two customers accounted for 14% and 9% of net sales in 2024.",
            "Sales to one direct customer represented 12 percent of total revenue and sales to two direct customers each represented 11 percent of total revenue in 2024.",
            "Sales to Customers A, B and C represented 12%, 11% and 11% of total revenue, respectively, for fiscal year 2024.",
            "Three distributors individually represented 10% or more of our revenue.",
            "Our largest customer, Harbor Supply and its affiliates, accounted for 16% of net sales in 2024 and 2023.",
            "Our largest customer accounted for net sales of approximately 16% in 2024.",
            "One customer accounted for 9%, 12% and 13% of revenue in 2024, 2023 and 2022.",
            "One customer accounted for 12%, 9% and 8% of revenue in 2024, 2023 and 2022.",
            "Sales to Harbor and its subsidiaries accounted for approximately 10% of fiscal 2024 revenue.",
            "More than 12% of our revenue came from one customer.",
        ];
        insta::assert_snapshot!(told(&sentences), @r"
        1 | One customer accounted for 12% of net sales.
        1 | In 2024, a single distributor, Harbor Supply Inc., accounted for approximately 11.5 % of our total revenue.
        1 | Two customers accounted for 14% and 9% of net sales in 2024.
        3 | Sales to one direct customer represented 12 percent of total revenue and sales to two direct customers each represented 11 percent of total revenue in 2024.
        3 | Sales to Customers A, B and C represented 12%, 11% and 11% of total revenue, respectively, for fiscal year 2024.
        3 | Three distributors individually represented 10% or more of our revenue.
        1+ | Our largest customer, Harbor Supply and its affiliates, accounted for 16% of net sales in 2024 and 2023.
        1+ | Our largest customer accounted for net sales of approximately 16% in 2024.
        silent | One customer accounted for 9%, 12% and 13% of revenue in 2024, 2023 and 2022.
        1 | One customer accounted for 12%, 9% and 8% of revenue in 2024, 2023 and 2022.
        1+ | Sales to Harbor and its subsidiaries accounted for approximately 10% of fiscal 2024 revenue.
        1 | More than 12% of our revenue came from one customer.
        ");
    }

    #[test]
    fn nobody_is_told_from_nobody_else() {
        let sentences = [
            "No single customer accounted for more than 10% of net sales in 2024, 2023 or 2022.",
            "None of our customers accounted for 10% or more of our revenue.",
            "We did not have any customers that represented more than ten percent of total revenue in 2024.",
            "No sales to an individual customer accounted for more than 10% of fiscal year 2024 or 2023 revenue.",
            "One of the Company’s customers accounted for 11% of net sales in 2023; there was no single customer that accounted for more than 10% of net sales in 2024.",
            "No other customer accounted for more than 10% of net sales.",
            "No customer accounted for more than 10% of net sales in 2023 or 2022.",
            "No customer accounted for more than 20% of net sales.",
        ];
        insta::assert_snapshot!(told(&sentences), @r"
        0 | No single customer accounted for more than 10% of net sales in 2024, 2023 or 2022.
        0 | None of our customers accounted for 10% or more of our revenue.
        0 | We did not have any customers that represented more than ten percent of total revenue in 2024.
        0 | No sales to an individual customer accounted for more than 10% of fiscal year 2024 or 2023 revenue.
        0 | One of the Company’s customers accounted for 11% of net sales in 2023; there was no single customer that accounted for more than 10% of net sales in 2024.
        silent | No other customer accounted for more than 10% of net sales.
        silent | No customer accounted for more than 10% of net sales in 2023 or 2022.
        silent | No customer accounted for more than 20% of net sales.
        ");
    }

    #[test]
    fn other_shares_are_passed_over() {
        let sentences = [
            "One customer accounted for 12% of accounts receivable.",
            "Customers in Asia accounted for 40% of net sales.",
            "Our five largest customers accounted for 43% of net sales.",
            "One customer accounted for 31% of the Tools segment’s net sales.",
            "One customer could account for more than 10% of our revenue.",
            "Sales to China accounted for 12% of net sales.",
            "One customer accounted for 12% of receivables and 8% of revenue.",
            "Two customers accounted for 25% of net sales.",
            "More than 30% of net sales came from two customers.",
            "Two customers accounted for 50% and 40% of revenue in 2024 and 2023, respectively.",
            "Valves accounted for 25% of our revenue, and most of them were sold to a single customer.",
            "In 2024, 17% of our revenue came from vehicles, through our Tier 1 customers.",
            "One indirect customer is estimated to represent 19% of revenue.",
        ];
        insta::assert_snapshot!(told(&sentences), @r"
        silent | One customer accounted for 12% of accounts receivable.
        silent | Customers in Asia accounted for 40% of net sales.
        silent | Our five largest customers accounted for 43% of net sales.
        silent | One customer accounted for 31% of the Tools segment’s net sales.
        silent | One customer could account for more than 10% of our revenue.
        silent | Sales to China accounted for 12% of net sales.
        silent | One customer accounted for 12% of receivables and 8% of revenue.
        silent | Two customers accounted for 25% of net sales.
        silent | More than 30% of net sales came from two customers.
        silent | Two customers accounted for 50% and 40% of revenue in 2024 and 2023, respectively.
        silent | Valves accounted for 25% of our revenue, and most of them were sold to a single customer.
        silent | In 2024, 17% of our revenue came from vehicles, through our Tier 1 customers.
        silent | One indirect customer is estimated to represent 19% of revenue.
        ");
    }
}
