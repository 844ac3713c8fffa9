//! A report of an invented company with every kind of change.

#![allow(dead_code, reason = "shared by several tests and an example, none of which uses all of it")]
#![allow(clippy::unwrap_used, reason = "made by hand")]

mod build;

use filing_model::{
    Analysis, Category, Company, DISCLAIMER, Dropped, FilingRef, Finding, HeadingState, Item, Materiality,
    NotSentWords, QualityFinding, QualityReport, Quote, Report, SCHEMA_VERSION, SectionDiff, Severity, Side,
    Signal, SignalKind,
};
use jiff::civil::date;

pub(crate) use self::build::{Text, not_compared};

/// The whole report.
pub(crate) fn report() -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        report_id: "5f1c0a7e-3b52-4c2f-9d52-0a4f6a0f7c11".to_owned(),
        ticker: Some("NWND".parse().unwrap()),
        company: Company {
            name: "Northwind Instruments, Inc.".to_owned(),
            cik: Some("9904117".parse().unwrap()),
            ticker: None,
        },
        newer: filing("0009904117-26-000011", date(2025, 12, 27), date(2026, 2, 26)),
        older: filing("0009904117-25-000008", date(2024, 12, 28), date(2025, 2, 20)),
        sections: sections(),
        signals: signals(),
        analysis: analysis(),
        quality: quality(),
        notes: vec!["The newer filing covers 52 weeks, the older one 52 weeks.".to_owned()],
        made_on: date(2026, 3, 2),
        generation_time_seconds: 74.2,
        disclaimer: DISCLAIMER.to_owned(),
    }
}

fn filing(accession: &str, period_end: jiff::civil::Date, filing_date: jiff::civil::Date) -> FilingRef {
    let undashed = accession.replace('-', "");
    FilingRef {
        accession: Some(accession.parse().unwrap()),
        form: Some("10-K".into()),
        filing_date: Some(filing_date),
        period_end: Some(period_end),
        url: Some(format!("https://www.sec.gov/Archives/edgar/data/9904117/{undashed}/nwnd.htm")),
    }
}

fn sections() -> Vec<SectionDiff> {
    let reference = "Both filings refer to the proxy statement, which is a separate document.";
    let mut sections = vec![
        risk_factors(),
        Text::new(Item::I2).same("Our headquarters are in Duluth.").done(),
        Text::new(Item::I3)
            .modified("From time to time we are involved in legal proceedings. [-We-] {+Except as described below, we+} are not currently a party to any material proceeding.")
            .added("On May 6, 2025, Corvane Metrology GmbH filed a complaint against us, alleging that our meters infringe two of its patents. We have not recorded a liability for this matter.")
            .same("Information about environmental proceedings is disclosed when a governmental authority is a party.")
            .done(),
        not_compared(Item::I6, "Reserved by the form. Nothing to compare."),
        discussion(),
        Text::new(Item::I9)
            .removed("None.")
            .added("On June 18, 2025, the Audit Committee dismissed Harlow & Pike LLP, which had served as our independent registered public accounting firm since 2011, and engaged Brandt Sewell LLP.")
            .done(),
    ];
    sections.extend(
        [Item::I10, Item::I11, Item::I12, Item::I13, Item::I14].map(|item| not_compared(item, reference)),
    );
    sections
}

fn risk_factors() -> SectionDiff {
    let people = "Our future success depends on our ability to attract and retain engineers with experience in microfabrication [-and-]{+,+} gas sensing {+and machine learning+}. Competition for these employees is intense near our Duluth and Rochester facilities.";
    Text::new(Item::I1A)
        .same("You should carefully consider the following risks before you invest in our common stock.")
        .cosmetic("The order of these risks does not reflect their importance.", "The order of these risks does not reflect their importance;")
        .heading(1, HeadingState::Kept, "Risks Related to Our Business and Operations")
        .heading(2, HeadingState::Kept, "We depend on a limited number of suppliers, including a single foundry for our sensor dies.")
        .modified("We purchase the micromachined sensor dies from one foundry in Dresden, Germany. [-We have qualified a second foundry for approximately 40% of our sensor dies. If either-]{+In June 2025, the second foundry informed us that it will exit the production of micromachined devices, and we have not identified a replacement. If our+} foundry were unable to supply us, we could be unable to meet customer demand for [-two-]{+four+} to [-three-]{+six+} quarters.")
        .added("In the fourth quarter of 2025, we agreed to prepay $18.0 million for sensor dies to be delivered through 2027.")
        .same("We do not have long-term supply agreements for most of our electronic components.")
        .figures("Approximately [-71%-]{+74%+} of our products are made at our Duluth facility.")
        .same("Some suppliers are small and privately held.")
        .heading(2, HeadingState::Added, "Tariffs and export controls have increased our costs and may limit our sales in certain countries.")
        .added("Tariffs that were imposed during 2025 apply to approximately 38% of our purchased materials. We estimate that we paid $9.4 million of incremental tariffs in fiscal 2025.")
        .heading(2, HeadingState::Kept, "We may be unable to attract and retain key personnel.")
        .moved_away("people", people)
        .same("We compete for employees with larger companies.")
        .heading(1, HeadingState::Retitled, "Risks Related to Technology[- and Intellectual Property-]{+, Cybersecurity and Intellectual Property+}")
        .modified("To date, we have [-not experienced a material-]{+experienced one+} cybersecurity incident.")
        .heading(2, HeadingState::Removed, "Public health crises have disrupted, and may again disrupt, our operations.")
        .removed("Public health crises have disrupted our operations, including through the closure of our facilities.")
        .heading(1, HeadingState::Kept, "Financial, Legal and Regulatory Risks")
        .moved_here("people")
        .figures("We recorded a warranty reserve of [-$6.2 million-]{+$6.9 million+}.")
        .same("We are subject to environmental laws that govern the handling of solvents.")
        .done()
}

fn discussion() -> SectionDiff {
    Text::new(Item::I7)
        .heading(1, HeadingState::Kept, "Results of Operations")
        .table(
            "Net revenue by segment (in millions)\n | 2024 | 2023\nFlow and Level | $228.4 | $219.0\nGas Analysis | 184.2 | 177.4\nNet revenue | $412.6 | $396.4",
            "Net revenue by segment (in millions)\n | 2025 | 2024\nFlow and Level | $241.3 | $214.9\nGas Analysis | 206.8 | 197.7\nNet revenue | $448.1 | $412.6",
            false,
        )
        .modified("Gross margin [-increased to 46.6% from 46.1%-]{+decreased to 43.9% from 46.6%+}, primarily because of [-a more favorable product mix-]{+incremental tariffs of $9.4 million+}.")
        .figures("Research and development expense was [-$48.2 million-]{+$53.9 million+}, or [-11.7%-]{+12.0%+} of net revenue.")
        .same("Unchanged | 1 | 2\nIn both | 3 | 4")
        .heading(1, HeadingState::Kept, "Liquidity and Capital Resources")
        .removed("In February 2024, our board authorized the repurchase of up to $40.0 million of our common stock.")
        .table(
            "Obligation | Total | Under 1 year | Over 1 year\nTerm loan | $145.0 | $10.0 | $135.0\nOperating leases | 31.4 | 6.8 | 24.6\nTotal | $176.4 | $16.8 | $159.6",
            "Obligation | Total | Under 1 year | Over 1 year\nTerm loan | $135.0 | $15.0 | $120.0\nOperating leases | 28.9 | 6.8 | 22.1\nSupplier prepayments | 18.0 | 12.0 | 6.0\nTotal | $181.9 | $33.8 | $148.1",
            false,
        )
        .added("Facility | Owner | Use\nDuluth | Owned | Headquarters\nRochester | Leased | Assembly")
        .table("Days sales outstanding | 54\nInventory turns | 3.1", "Days sales outstanding | 63\nInventory turns | 2.8", true)
        .same("We believe that our cash will be sufficient for at least the next twelve months.")
        .done()
}

fn signals() -> Vec<Signal> {
    let signal =
        |kind, item, statement: &str, older: Option<&str>, newer: Option<&str>, change: Option<&str>| {
            Signal {
                kind,
                item,
                statement: statement.to_owned(),
                older: older.map(str::to_owned),
                newer: newer.map(str::to_owned),
                change_id: change.map(str::to_owned),
            }
        };
    vec![
        signal(
            SignalKind::AuditorChanged,
            Item::I9,
            "Another firm audits the statements.",
            Some("Harlow & Pike LLP"),
            Some("Brandt Sewell LLP"),
            Some("9-2"),
        ),
        signal(
            SignalKind::LegalProceeding,
            Item::I3,
            "A proceeding that the older filing does not have.",
            None,
            Some("Corvane Metrology GmbH filed a complaint against us"),
            Some("3-2"),
        ),
        signal(
            SignalKind::RiskFactorAdded,
            Item::I1A,
            "Tariffs and export controls",
            None,
            None,
            Some("1A-4"),
        ),
        signal(SignalKind::RiskFactorAdded, Item::I1A, "Prepayment to a foundry", None, None, Some("1A-2")),
        signal(SignalKind::PeriodChanged, Item::I8, "Both years have 52 weeks.", None, None, None),
    ]
}

fn analysis() -> Analysis {
    let quote = |side, text: &str, change: &str| Quote {
        side,
        text: text.to_owned(),
        change_id: Some(change.to_owned()),
        verified: true,
    };
    let finding = |item, category, materiality, statement: &str, quotes| Finding {
        item,
        category,
        materiality,
        statement: statement.to_owned(),
        quotes,
    };
    Analysis {
        analyzer: "claude".to_owned(),
        model: Some("a-language-model".to_owned()),
        prompt_version: "3".to_owned(),
        executive_summary: "The year was one of **tariffs**: margin fell, and a supplier left.\n\n- The auditor changed.\n- A patent suit was filed.".to_owned(),
        summaries: [("Item 1A".to_owned(), "Two risk factors are new.".to_owned())].into(),
        findings: vec![
            finding(Item::I9, Category::Governance, Materiality::High, "The auditor, in place since 2011, was dismissed.", vec![
                quote(Side::Newer, "the Audit Committee dismissed Harlow & Pike LLP, which had served as our independent registered public accounting firm since 2011", "9-2"),
            ]),
            finding(Item::I7, Category::Financial, Materiality::High, "Gross margin fell to 43.9% from 46.6%, and tariffs replace product mix as the stated cause.", vec![
                quote(Side::Newer, "primarily because of incremental tariffs of $9.4 million", "7-2"),
                quote(Side::Older, "primarily because of a more favorable product mix", "7-2"),
            ]),
            finding(Item::I1A, Category::Risk, Materiality::Medium, "The second source for sensor dies is gone; a supply failure would now last four to six quarters.", vec![
                quote(Side::Newer, "it will exit the production of micromachined devices, and we have not identified a replacement", "1A-1"),
            ]),
            finding(Item::I7, Category::Financial, Materiality::Low, "The customers take longer to pay.", vec![quote(Side::Newer, "Days sales outstanding | 63", "7-7")]),
        ],
        dropped: vec![Dropped { statement: "Never shown.".to_owned(), reason: "its quotation was not found word for word".to_owned() }],
        degraded: None,
        not_sent_words: NotSentWords { total: 1_204, by_item: [("Item 7".to_owned(), 1_204)].into() },
        total_tokens: 38_412,
        total_cost_usd: Some(0.2134),
        estimated_cost_usd: None,
    }
}

fn quality() -> QualityReport {
    QualityReport {
        is_valid: true,
        profile: "evidence".to_owned(),
        issues: Vec::new(),
        findings: vec![QualityFinding {
            check: "section_short".to_owned(),
            item: Some(Item::I9),
            side: Some(Side::Older),
            severity: Severity::Info,
            statement: "The Item has one word.".to_owned(),
            refund: false,
            basis: None,
        }],
    }
}

/// The same report after our fault.
pub(crate) fn incomplete() -> Report {
    let mut report = report();
    report.quality.is_valid = false;
    report.quality.issues = vec!["Item 7 of the older filing ends in the middle of a sentence.".to_owned()];
    report.quality.findings.push(QualityFinding {
        check: "section_cut".to_owned(),
        item: Some(Item::I7),
        side: Some(Side::Older),
        severity: Severity::Error,
        statement: "The text ends in the middle of a sentence after 1,912 words.".to_owned(),
        refund: true,
        basis: None,
    });
    report
}

/// Two files on disk that differ in nothing, without a model.
pub(crate) fn unchanged() -> Report {
    let mut report = report();
    report.ticker = None;
    report.company = Company { name: "Northwind ".repeat(20), cik: None, ticker: None };
    report.newer = FilingRef::default();
    report.older = FilingRef::default();
    report.sections =
        vec![Text::new(Item::I2).same("Our headquarters are in Duluth.").done(), Text::new(Item::I4).done()];
    report.signals.clear();
    report.notes.clear();
    report.quality.findings.clear();
    report.analysis = Analysis {
        analyzer: "extractive".to_owned(),
        model: None,
        prompt_version: "1".to_owned(),
        executive_summary: String::new(),
        summaries: [].into(),
        findings: Vec::new(),
        dropped: Vec::new(),
        degraded: Some("ANTHROPIC_API_KEY is not set.".to_owned()),
        not_sent_words: NotSentWords::default(),
        total_tokens: 0,
        total_cost_usd: None,
        estimated_cost_usd: None,
    };
    report
}
