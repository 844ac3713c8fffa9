//! What a statement concerns, by its words; by its Item when they do not say.

use filing_model::{Category, Item};

/// Words that speak for a category, with what each is worth.
fn speaks_for(word: &str) -> Option<(Category, u32)> {
    Some(match word {
        "cybersecurity" | "cyber" | "cyberattack" | "cyberattacks" | "ransomware" | "hackers" | "ciso"
        | "phishing" => (Category::Cyber, 3),
        "lawsuit" | "lawsuits" | "court" | "plaintiff" | "plaintiffs" | "complaint" | "antitrust"
        | "subpoena" | "alleging" | "alleges" | "litigation" | "defendants" | "jury" | "verdict" | "doj"
        | "ftc" | "infringement" | "injunction" => (Category::Legal, 2),
        "investigation" | "proceeding" | "proceedings" | "regulators" | "legislation" | "law" | "laws"
        | "penalty" | "regulations" | "compliance" | "settlement" | "patent" | "patents" => {
            (Category::Legal, 1)
        }
        "weakness" | "weaknesses" | "restated" | "restatement" | "misstatement" | "fasb" | "asu"
        | "remediation" | "remediated" => (Category::Accounting, 3),
        "accounting" | "controls" | "gaap" | "recognized" | "amortized" | "reclassified" | "estimates"
        | "measured" => (Category::Accounting, 1),
        "director" | "directors" | "board" | "auditor" | "bylaws" | "10b5-1(c" | "10b5-1" | "officer"
        | "officers" | "ceo" | "president" | "chairman" | "proxy" | "stockholders’" => {
            (Category::Governance, 1)
        }
        "revenue" | "revenues" | "margin" | "dividend" | "dividends" | "notes" | "debt" | "credit"
        | "loan" | "cash" | "income" | "tax" | "taxes" | "expenses" | "earnings" | "impairment"
        | "repurchase" | "borrowings" | "charge" | "sales" => (Category::Financial, 1),
        "acquired" | "acquisition" | "product" | "products" | "customers" | "launched" | "segment"
        | "segments" | "employees" | "brand" | "brands" | "partners" | "manufacturing" | "factory"
        | "stores" | "platform" => (Category::Business, 1),
        "adversely" | "harm" | "harmed" | "tariffs" | "tariff" | "disruptions" | "disrupt" => {
            (Category::Risk, 1)
        }
        _ => return None,
    })
}

/// Points that make the words outweigh the Item.
const FEWEST_POINTS: u32 = 3;

/// What the words concern; what the Item does when they say too little or speak of two things alike.
pub(super) fn of(item: Item, text: &str) -> Category {
    let usual = usual(item);
    let mut points: [(Category, u32); 7] = ALL.map(|category| (category, 0));
    for token in text.split_whitespace() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if let Some((category, worth)) = speaks_for(&word)
            && let Some((_, sum)) = points.iter_mut().find(|(other, _)| *other == category)
        {
            *sum += worth;
        }
    }
    points.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let [(first, most), (_, next), ..] = points;
    // Whatever a risk factor is about, it is a risk.
    let may_differ = usual != Category::Risk || first == Category::Cyber;
    if may_differ && most >= FEWEST_POINTS && most > next { first } else { usual }
}

const ALL: [Category; 7] = [
    Category::Cyber,
    Category::Legal,
    Category::Accounting,
    Category::Governance,
    Category::Financial,
    Category::Business,
    Category::Risk,
];

/// What most statements on an Item concern.
pub(super) fn usual(item: Item) -> Category {
    match item {
        Item::I1A | Item::I1B => Category::Risk,
        Item::I1C => Category::Cyber,
        Item::I3 | Item::I4 => Category::Legal,
        Item::I5 | Item::I6 | Item::I7 | Item::I7A | Item::I8 => Category::Financial,
        Item::I9A => Category::Accounting,
        Item::I9 | Item::I9B | Item::I9C | Item::I10 | Item::I11 | Item::I12 | Item::I13 | Item::I14 => {
            Category::Governance
        }
        _ => Category::Business,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_outweigh_the_item_when_they_are_clear() {
        for (item, text, expected) in [
            (Item::I8, "In May a jury in the district court reached a verdict against us.", Category::Legal),
            (Item::I8, "We issued notes for cash.", Category::Financial),
            (Item::I1A, "A lawsuit, a court and a verdict may harm us.", Category::Risk),
            (Item::I1A, "Ransomware and cyberattacks may stop our plants.", Category::Cyber),
            (Item::I7, "A material weakness in our controls.", Category::Accounting),
        ] {
            assert_eq!(of(item, text), expected, "{text}");
        }
    }
}
