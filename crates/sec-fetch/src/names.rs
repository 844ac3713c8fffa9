//! Companies' names, which EDGAR spells in many ways.

/// Words that say what kind of company it is and tell none apart.
const KINDS: [&str; 18] = [
    "INC",
    "INCORPORATED",
    "CORP",
    "CORPORATION",
    "CO",
    "COMPANY",
    "COMPANIES",
    "LTD",
    "LIMITED",
    "PLC",
    "LLC",
    "LP",
    "NV",
    "SA",
    "AG",
    "HOLDINGS",
    "HOLDING",
    "GROUP",
];

/// The words of a name in capitals, without punctuation and without the state or mark that may follow a slash.
pub(crate) fn words(name: &str) -> Vec<String> {
    let name = name.split('/').next().unwrap_or_default();
    let without_marks: String = name.chars().filter(|c| !matches!(c, '.' | '\'' | '’')).collect();
    without_marks
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
        .collect()
}

/// What two spellings of one name have in common: its words up to those that say what kind of company it is.
pub(crate) fn essence(name: &str) -> String {
    let mut words = words(name);
    if words.first().is_some_and(|word| word == "THE") && words.len() > 1 {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| KINDS.contains(&word.as_str())) {
        words.pop();
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_essence() {
        for name in
            ["Brightwater Inc.", "BRIGHTWATER INC", "BRIGHTWATER, INC. /DE/", "The Brightwater Company"]
        {
            assert_eq!(essence(name), "BRIGHTWATER", "{name}");
        }
        assert_eq!(essence("O'Hara & Sons Co"), "OHARASONS");
        assert_eq!(essence("The Group"), "GROUP");
        assert_eq!(essence("/ / "), "");
        assert_ne!(essence("Brightwater Tools"), essence("Brightwater"));
    }
}
