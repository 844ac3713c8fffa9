//! Lies in quotations; the statement over them says nothing that could be false.
#![allow(clippy::unnecessary_wraps, reason = "every maker gives a lie or none")]

use filing_model::{Finding, Side};

use super::{
    claims::{Claim, other, side_text},
    random::Random,
    world::{Lie, World},
};

pub(crate) type Make = for<'a> fn(&Claim<'a>, &World<'a>, &mut Random) -> Option<Lie>;

const NEUTRAL: &str = "The wording of this passage changed.";

pub(crate) const KINDS: [(&str, Make); 32] = [
    ("words that stand nowhere", |claim, world, random| {
        let words: Vec<&str> = (0..12).map(|_| world.word(random)).collect();
        quoting(claim, &words.join(" "))
    }),
    ("a word changed", |claim, world, random| {
        edit(claim, random, |words, at, random| world.word(random).clone_into(&mut words[at]))
    }),
    ("a word dropped", |claim, _, random| edit(claim, random, |words, at, _| drop(words.remove(at)))),
    ("a word added", |claim, world, random| {
        edit(claim, random, |words, at, random| words.insert(at, world.word(random).to_owned()))
    }),
    ("two words swapped", |claim, _, random| edit(claim, random, |words, at, _| words.swap(at, at - 1))),
    ("the other side named", |claim, _, _| {
        let (side, text) = claim.quotes.first()?;
        lie(claim.quoting(NEUTRAL, vec![(other(*side), text.clone())]))
    }),
    ("a digit changed", |claim, _, random| {
        changed(claim, |text| {
            with_digit(text, random, |digit, random| {
                char::from_digit((digit.to_digit(10)? + 1 + u32::try_from(random.below(9)).ok()?) % 10, 10)
            })
        })
    }),
    ("a decimal point moved", |claim, _, _| {
        changed(claim, |text| {
            let at = text.match_indices('.').map(|(at, _)| at).find(|at| {
                text[..*at].ends_with(|c: char| c.is_ascii_digit())
                    && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
            })?;
            Some(format!("{}{}.{}", &text[..at], &text[at + 1..at + 2], &text[at + 2..]))
        })
    }),
    ("million for billion", |claim, _, _| {
        changed(claim, |text| {
            if text.contains("million") {
                Some(text.replacen("million", "billion", 1))
            } else {
                text.contains("billion").then(|| text.replacen("billion", "million", 1))
            }
        })
    }),
    ("brackets of a loss dropped", |claim, _, _| {
        changed(claim, |text| {
            let at = text
                .match_indices('(')
                .map(|(at, _)| at)
                .find(|at| text[at + 1..].starts_with(|c: char| c.is_ascii_digit()))?;
            let end = at + text[at..].find(')')?;
            Some(format!("{}{}{}", &text[..at], &text[at + 1..end], &text[end + 1..]))
        })
    }),
    ("percent for points", |claim, _, _| {
        changed(claim, |text| {
            if text.contains("percentage points") {
                Some(text.replacen(" percentage points", "%", 1))
            } else {
                text.contains('%').then(|| text.replacen('%', " percentage points", 1))
            }
        })
    }),
    ("words of another Item", |claim, world, random| {
        let others: Vec<&Claim<'_>> = world
            .claims
            .iter()
            .filter(|it| std::ptr::eq(it.comparison, claim.comparison) && it.item() != claim.item())
            .collect();
        quoting_side(claim, random.one_of(&others)?.quotes.first()?.clone())
    }),
    ("words of another company", |claim, world, random| {
        let others: Vec<&Claim<'_>> =
            world.claims.iter().filter(|it| !std::ptr::eq(it.comparison, claim.comparison)).collect();
        quoting_side(claim, random.one_of(&others)?.quotes.first()?.clone())
    }),
    ("two places in one, without a mark", |claim, world, random| stitched(claim, world, random, " ")),
    ("two places in one, with dots", |claim, world, random| stitched(claim, world, random, " ... ")),
    ("two places in one, with […]", |claim, world, random| stitched(claim, world, random, " [...] ")),
    ("the middle left out", |claim, _, _| {
        changed(claim, |text| {
            let words: Vec<&str> = text.split(' ').collect();
            let third = words.len() / 3;
            Some([&words[..third], &["\u{2026}"], &words[words.len() - third..]].concat().join(" "))
        })
    }),
    ("too short", |claim, _, random| {
        changed(claim, |text| {
            let words: Vec<&str> = text.split(' ').collect();
            let start = random.below(words.len() - 3);
            Some(words[start..start + 3].join(" "))
        })
    }),
    ("empty", |claim, _, random| {
        quoting(claim, random.one_of(&["", " ", "\u{200b}", "\u{2026}", "\"\"", "- - - - - -"])?)
    }),
    ("no quotation at all", |claim, _, _| lie(claim.quoting(NEUTRAL, Vec::new()))),
    ("a not dropped", |claim, _, _| {
        let (side, _) = claim.quotes.first()?;
        let text = &claim.change.side(*side)?.text;
        let at = text.find(" not ")?;
        let words: Vec<&str> = text[at + 5..].split(' ').take(6).collect();
        let before: Vec<&str> = text[..at].rsplit(' ').take(4).collect();
        let before: Vec<&str> = before.into_iter().rev().collect();
        quoting(claim, &[before, words].concat().join(" "))
    }),
    ("a not added", |claim, _, random| {
        edit(claim, random, |words, at, _| words.insert(at, "not".to_owned()))
    }),
    ("capitals changed", |claim, _, random| {
        edit(claim, random, |words, at, _| words[at] = words[at].to_uppercase())
    }),
    ("look-alike letters", |claim, _, _| {
        changed(claim, |text| text.contains('e').then(|| text.replacen('e', "\u{435}", 1)))
    }),
    ("look-alike digits", |claim, _, random| {
        changed(claim, |text| {
            with_digit(text, random, |digit, _| char::from_u32(0xff10 + digit.to_digit(10)?))
        })
    }),
    ("letters with marks upon them", |claim, _, _| {
        changed(claim, |text| text.contains('a').then(|| text.replacen('a', "a\u{301}", 1)))
    }),
    ("writing turned around", |claim, _, random| {
        edit(claim, random, |words, at, _| words[at] = format!("\u{202e}{}\u{202c}", words[at]))
    }),
    ("a forged marker", |claim, _, _| {
        changed(claim, |text| Some(format!("{text} END OF CHANGES 9501565828f1ed07")))
    }),
    ("a mark of edits left open", |claim, _, random| {
        edit(claim, random, |words, at, _| words[at] = format!("{{+{}", words[at]))
    }),
    ("words of the other side marked as its own", |claim, world, random| {
        edit(claim, random, |words, at, random| words.insert(at, format!("{{+{}+}}", world.word(random))))
            .filter(|lie| lie.finding.quotes[0].side == Side::Newer)
    }),
    ("a part of a word", |claim, _, _| {
        changed(claim, |text| {
            let first = text.split(' ').next()?;
            first.chars().all(char::is_alphabetic).then(|| text.chars().skip(2).collect())
        })
        .filter(|_| claim.quotes[0].1.split(' ').next().is_some_and(|word| word.chars().count() > 4))
    }),
    ("more than anybody reads", |claim, _, _| {
        let (side, _) = claim.quotes.first()?;
        let text = side_text(claim.section, *side);
        let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "|").take(140).collect();
        (words.len() == 140).then(|| words.join(" ")).and_then(|text| quoting(claim, &text)).map(|mut lie| {
            lie.is_quotation = false;
            lie
        })
    }),
];

/// Words that stand in both filings alike, told as new.
pub(crate) const UNCHANGED: (&str, Make) = ("unchanged words told as new", |claim, _, random| {
    let runs: Vec<&String> = claim.section.unchanged.iter().flat_map(|run| &run.text).collect();
    let text = random.one_of(&runs)?;
    let words: Vec<&str> = text.split_whitespace().take(14).collect();
    let finding =
        claim.quoting("The newer filing says this for the first time.", vec![(Side::Newer, words.join(" "))]);
    (words.len() > 5).then_some(Lie { finding, figure: None, is_quotation: true })
});

fn lie(finding: Finding) -> Option<Lie> {
    Some(Lie { finding, figure: None, is_quotation: true })
}

fn quoting(claim: &Claim<'_>, text: &str) -> Option<Lie> {
    quoting_side(claim, (claim.quotes.first()?.0, text.to_owned()))
}

fn quoting_side(claim: &Claim<'_>, quote: (Side, String)) -> Option<Lie> {
    lie(claim.quoting(NEUTRAL, vec![quote]))
}

fn changed(claim: &Claim<'_>, change: impl FnOnce(&str) -> Option<String>) -> Option<Lie> {
    let (_, text) = claim.quotes.first()?;
    let changed = change(text).filter(|changed| changed != text)?;
    quoting(claim, &changed)
}

/// Edits one word that is neither the first nor the last.
fn edit(
    claim: &Claim<'_>,
    random: &mut Random,
    edit: impl Fn(&mut Vec<String>, usize, &mut Random),
) -> Option<Lie> {
    changed(claim, |text| {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let at = 1 + random.below(words.len().checked_sub(2)?);
        edit(&mut words, at, random);
        Some(words.join(" "))
    })
}

fn with_digit(
    text: &str,
    random: &mut Random,
    change: impl Fn(char, &mut Random) -> Option<char>,
) -> Option<String> {
    let places: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *random.one_of(&places)?;
    let digit = change(text[at..].chars().next()?, random)?;
    Some(format!("{}{digit}{}", &text[..at], &text[at + 1..]))
}

fn stitched(claim: &Claim<'_>, world: &World<'_>, random: &mut Random, with: &str) -> Option<Lie> {
    let (side, text) = claim.quotes.first()?;
    let others: Vec<&Claim<'_>> = world
        .claims
        .iter()
        .filter(|it| {
            std::ptr::eq(it.section, claim.section)
                && it.change.id != claim.change.id
                && it.quotes[0].0 == *side
        })
        .collect();
    let first: Vec<&str> = text.split(' ').take(6).collect();
    let second: Vec<&str> = random.one_of(&others)?.quotes[0].1.split(' ').take(6).collect();
    quoting(claim, &[first.join(" "), second.join(" ")].join(with))
}
