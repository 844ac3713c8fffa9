//! True statements, in the words and with the small slips of typesetting that a model makes.

use filing_model::{EditOp, Finding};

use super::{
    claims::{Claim, Pair},
    random::Random,
};

/// Every true statement on a claim, with the name of its form.
pub(crate) fn truths(claim: &Claim<'_>, random: &mut Random) -> Vec<(&'static str, Finding)> {
    let mut truths = Vec::new();
    for (kind, statement) in statements(claim) {
        truths.push((kind, claim.finding(&statement)));
    }
    for (kind, write) in TYPESETTING {
        let mut quotes = claim.quotes.clone();
        let written = write(&quotes[0].1, random);
        if written != quotes[0].1 {
            quotes[0].1 = written;
            truths.push((kind, claim.quoting("The wording of this passage changed.", quotes)));
        }
    }
    if let Some(marked) = marked(claim) {
        let quotes = vec![(claim.quotes[0].0, marked)];
        truths.push(("quotation with the marks of edits", claim.quoting("This passage changed.", quotes)));
    }
    truths
}

fn statements(claim: &Claim<'_>) -> Vec<(&'static str, String)> {
    let Some(pair) = &claim.pair else {
        let mut plain = vec![("words alone", "The newer filing words this otherwise.".to_owned())];
        let words: Vec<&str> = claim.quotes[0].1.split_whitespace().collect();
        let is_bare = |pair: &&[&str]| {
            pair[0].len() > 1 && pair[0].bytes().all(|c| c.is_ascii_digit()) && !UNITS.contains(&pair[1])
        };
        let numbers = words.windows(2).find(is_bare).map(|pair| pair[0]);
        plain.extend(
            numbers.map(|number| {
                ("a figure of the quotation", format!("The passage gives the figure {number}."))
            }),
        );
        return plain;
    };
    let Pair { older, newer, values, unit, currency } = pair;
    let (rose, up, higher) =
        if pair.is_up() { ("rose", "up", "increase") } else { ("fell", "down", "decrease") };
    let mut all = vec![
        ("from old to new", format!("The amount {rose} from {older} to {newer}.")),
        ("to new from old", format!("The amount {rose} to {newer} from {older} a year before.")),
        ("compared with", format!("The amount was {newer}, compared with {older} in the filing before.")),
        ("up from", format!("At {newer}, the amount is {up} from {older}.")),
        ("the newer alone", format!("The amount is now {newer}.")),
    ];
    if let Some([before, after]) = claim.years().filter(|_| claim.is_about_its_years()) {
        all.push((
            "with years",
            format!("The amount was {newer} in fiscal {after}, compared with {older} in fiscal {before}."),
        ));
    }
    let difference = (values[1] - values[0]).abs();
    if pair.is_percent() {
        all.push((
            "computed points",
            format!("The share {rose} by {} percentage points.", rounded(difference, 2)),
        ));
        all.push((
            "computed basis points",
            format!("It {rose} {} basis points.", rounded(difference * 100.0, 0)),
        ));
    } else if !unit.contains("points") {
        let percent = difference / values[0] * 100.0;
        let space = if unit.is_empty() { "" } else { " " };
        all.push((
            "computed difference",
            format!("The amount {rose} by {currency}{}{space}{unit}.", rounded(difference, 4)),
        ));
        if percent >= 1.0 {
            all.push(("computed percent", format!("The amount {rose} by {percent:.1}%.")));
            all.push(("computed percent, whole", format!("That is a {percent:.0}% {higher}.")));
        }
        let times = values[1] / values[0];
        if (times - 2.0).abs() < 0.08 {
            all.push(("computed multiple", "The amount doubled.".to_owned()));
        }
    }
    all
}

/// To so many decimals, without zeros at the end.
fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// What may follow a number and belong to it.
const UNITS: [&str; 6] = ["million", "billion", "thousand", "percent", "basis", "percentage"];

type Write = fn(&str, &mut Random) -> String;

const TYPESETTING: [(&str, Write); 9] = [
    ("no-break blanks", |text, _| text.replacen(' ', "\u{a0}", 2)),
    ("a line break within", |text, random| at_blank(text, random, "\n")),
    ("two blanks", |text, random| at_blank(text, random, "  ")),
    ("a soft hyphen", |text, random| within_word(text, random, '\u{ad}')),
    ("a blank without width", |text, random| within_word(text, random, '\u{200b}')),
    ("other apostrophes", |text, _| text.replace('’', "'").replace(['“', '”'], "\"")),
    ("other dashes", |text, _| text.replace(" — ", "—").replace('-', "\u{2011}")),
    ("quotation marks around it", |text, _| format!("“{text}”")),
    ("dots around it", |text, _| format!("…{text}...")),
];

fn at_blank(text: &str, random: &mut Random, blank: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let at = 1 + random.below(words.len() - 1);
    [words[..at].join(" "), words[at..].join(" ")].join(blank)
}

fn within_word(text: &str, random: &mut Random, unseen: char) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let at = *random.one_of(&places).unwrap_or(&0);
    [&text[..at], &text[at..]].join(&unseen.to_string())
}

/// A short passage as the model is shown it.
fn marked(claim: &Claim<'_>) -> Option<String> {
    let words: usize = claim.change.edits.iter().map(|(_, text)| text.split_whitespace().count()).sum();
    let is_edited = claim.change.edits.len() > 1 && words < 80 && claim.pair.is_none();
    is_edited.then(|| {
        let piece = |(op, text): &(EditOp, String)| match op {
            EditOp::Equal => text.clone(),
            EditOp::Insert => format!("{{+{text}+}}"),
            EditOp::Delete => format!("[-{text}-]"),
        };
        claim.change.edits.iter().map(piece).collect()
    })
}
