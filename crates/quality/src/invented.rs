//! A report on an invented company, for tests.

use filing_model::{
    Analysis, Category, Change, ChangeCounts, ChangeKind, Company, Confidence, Dropped, Extraction,
    FilingRef, Finding, Item, Materiality, NotSentWords, Passage, Quote, Section, SectionDiff, Severity,
    Side, Span, Status, WordCounts, word_count,
};

use crate::{Check, Dossier, Evidence};

/// All that a check looks at, owned.
pub(crate) struct Case {
    pub(crate) older: Extraction,
    pub(crate) newer: Extraction,
    pub(crate) company: Company,
    pub(crate) newer_filing: FilingRef,
    pub(crate) older_filing: FilingRef,
    pub(crate) sections: Vec<SectionDiff>,
    pub(crate) analysis: Analysis,
}

impl Case {
    /// Two whole filings a year apart, with an analysis that says one thing.
    pub(crate) fn usual() -> Self {
        Self {
            older: extraction("older", "2024-12-31"),
            newer: extraction("newer", "2025-12-31"),
            company: Company {
                name: "Tidewell Pumps, Inc.".into(),
                cik: Some("1234".parse().expect("a number")),
                ticker: None,
            },
            newer_filing: filing("2025-12-31", "0000001234-26-000001"),
            older_filing: filing("2024-12-31", "0000001234-25-000001"),
            sections: vec![section_diff(Item::I1A), section_diff(Item::I7)],
            analysis: analysis(),
        }
    }

    pub(crate) fn evidence(&self) -> Evidence<'_> {
        Evidence {
            older: &self.older,
            newer: &self.newer,
            company: &self.company,
            newer_filing: &self.newer_filing,
            older_filing: &self.older_filing,
            sections: &self.sections,
            analysis: &self.analysis,
        }
    }

    pub(crate) fn remove(&mut self, side: Side, item: Item) {
        self.side(side).items.insert(item, Section::missing());
    }

    pub(crate) fn set_text(&mut self, side: Side, item: Item, text: &str) {
        self.side(side).items.insert(item, section(text.to_owned()));
    }

    fn side(&mut self, side: Side) -> &mut Extraction {
        if side == Side::Newer { &mut self.newer } else { &mut self.older }
    }
}

/// What a check finds, a line each.
pub(crate) fn texts(check: &impl Check, case: &Case) -> String {
    let line = |finding: filing_model::QualityFinding| {
        let severity = match finding.severity {
            Severity::Error if finding.refund => "refund",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        format!("{severity}: {}", finding.statement)
    };
    check.run(&Dossier::new(case.evidence())).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Sentences of ten words, other ones for each name.
pub(crate) fn prose(words: usize, name: &str) -> String {
    let word = |n: usize| if n % 10 == 9 || n + 1 == words { format!("{name}.") } else { "pump".to_owned() };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// Sentences of ten words that stand nowhere else: a longer story begins with the shorter one of its name.
pub(crate) fn story(name: &str, words: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).expect("one of 26"));
    let word = |n: usize| {
        let end = if n % 10 == 9 || n + 1 == words { "." } else { "" };
        format!("{name}{}{}{}{end}", letter(n / 676), letter(n / 26), letter(n))
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

pub(crate) fn dropped() -> Dropped {
    Dropped { statement: "It fell.".into(), reason: "no quotation".into() }
}

fn extraction(name: &str, period_end: &str) -> Extraction {
    let words = |item: Item| match item {
        Item::I1 | Item::I1A | Item::I7 => 6_000,
        Item::I8 => 12_000,
        _ => 60,
    };
    let mut extraction = Extraction::empty();
    extraction.form = Some("10-K".into());
    extraction.period_end = period_end.parse().ok();
    extraction.items = Item::ALL.into_iter().map(|item| (item, section(prose(words(item), name)))).collect();
    // A cover and a table of contents, then the Items one behind the other.
    let mut at = 500;
    for section in extraction.items.values_mut() {
        let end = at + section.words + 3;
        section.span = Some(Span { start: at, end });
        at = end;
    }
    extraction.document_words = Some(at + 200);
    extraction
}

fn section(text: String) -> Section {
    Section {
        status: Status::Found,
        words: word_count(&text),
        text,
        confidence: Confidence::High,
        ..Section::missing()
    }
}

fn filing(period_end: &str, accession: &str) -> FilingRef {
    FilingRef {
        accession: accession.parse().ok(),
        form: Some("10-K".into()),
        period_end: period_end.parse().ok(),
        ..FilingRef::default()
    }
}

fn section_diff(item: Item) -> SectionDiff {
    let text = "New tariffs raise the cost of every pump.".to_owned();
    let change = Change {
        id: format!("{item}-1"),
        kind: ChangeKind::Added,
        rank: 1,
        weight: 1.0,
        figures_only: false,
        elsewhere: None,
        figures: Vec::new(),
        heading: None,
        older: None,
        newer: Some(Passage { paragraph: 0, text }),
        edits: Vec::new(),
    };
    SectionDiff {
        item,
        title: item.title().into(),
        newer_status: Status::Found,
        older_status: Status::Found,
        not_compared: None,
        similarity: None,
        headings: Vec::new(),
        words: WordCounts { newer: 6_000, older: 6_000, added: 400, removed: 250 },
        counts: ChangeCounts { added: 1, ..ChangeCounts::default() },
        changes: vec![change],
        unchanged: Vec::new(),
        notes: Vec::new(),
    }
}

fn analysis() -> Analysis {
    let quote = Quote {
        side: Side::Newer,
        text: "New tariffs raise the cost of every pump.".into(),
        change_id: Some("1A-1".into()),
        verified: true,
    };
    Analysis {
        analyzer: "extractive".into(),
        model: None,
        prompt_version: "extractive-1".into(),
        executive_summary: "Tariffs are new.".into(),
        summaries: [("Item 1A".to_owned(), "Tariffs are new.".to_owned())].into(),
        findings: vec![Finding {
            item: Item::I1A,
            category: Category::Risk,
            materiality: Materiality::Medium,
            statement: "Tariffs are new.".into(),
            quotes: vec![quote],
        }],
        dropped: Vec::new(),
        degraded: None,
        not_sent_words: NotSentWords::default(),
        total_tokens: 0,
        total_cost_usd: Some(0.0),
        estimated_cost_usd: None,
    }
}
