//! Answers of EDGAR on invented companies, in the two shapes that its lists of filings have had.

use serde_json::{Map, Value, json};

/// A company's list of filings.
pub(crate) struct Answer {
    number: u64,
    name: &'static str,
    tickers: Vec<&'static str>,
    recent: Vec<Row>,
    pages: Vec<Vec<Row>>,
    members: Vec<(&'static str, Value)>,
    shape: Shape,
}

/// Which columns a list has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Until 2023.
    Old,
    /// With `core_type` and `isXBRLNumeric`, of which the latter may be null.
    New,
}

/// A filing in words: form (`_` for a blank), period end (`-` for none) and filing date, such as
/// `10-K 2025-12-31 2026-02-20`.
type Row = String;

impl Answer {
    pub(crate) fn new(number: u64, name: &'static str, filings: &str) -> Self {
        let (pages, members) = (Vec::new(), Vec::new());
        Self { number, name, tickers: Vec::new(), recent: rows(filings), pages, members, shape: Shape::New }
    }

    pub(crate) fn tickers(mut self, tickers: &[&'static str]) -> Self {
        self.tickers = tickers.to_vec();
        self
    }

    /// A list of older filings; the first is the latest.
    pub(crate) fn page(mut self, filings: &str) -> Self {
        self.pages.push(rows(filings));
        self
    }

    pub(crate) fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Puts a member in place of the usual one.
    pub(crate) fn with(mut self, member: &'static str, value: Value) -> Self {
        self.members.push((member, value));
        self
    }

    /// The list of filings.
    pub(crate) fn json(&self) -> Value {
        let files: Vec<Value> =
            (1..).zip(&self.pages).map(|(number, rows)| self.described(number, rows)).collect();
        let mut answer = json!({
            "cik": format!("{:010}", self.number), "entityType": "operating", "sic": "3540",
            "sicDescription": "Metalworking Machinery & Equipment", "ownerOrg": "06 Technology",
            "insiderTransactionForOwnerExists": 0, "insiderTransactionForIssuerExists": 1,
            "name": self.name, "tickers": self.tickers,
            "exchanges": self.tickers.iter().map(|_| json!("NYSE")).collect::<Vec<_>>(),
            "ein": "000000000", "lei": null, "description": "", "website": "", "investorWebsite": "",
            "category": "Accelerated filer", "fiscalYearEnd": "1231", "stateOfIncorporation": "DE",
            "addresses": {"mailing": {"street1": "1 LATHE ROW", "street2": null, "city": "ELSEWHERE",
                "stateOrCountry": "DE", "zipCode": "00000", "stateOrCountryDescription": "DE"}},
            "phone": "000-000-0000", "flags": "", "formerNames": [],
            "filings": {"recent": self.columns(0, &self.recent), "files": files},
        });
        for (member, value) in &self.members {
            answer[*member] = value.clone();
        }
        answer
    }

    /// Everything that EDGAR has of the company, by path; each document says what it is.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let json = |value: &Value| value.to_string().into_bytes();
        let mut files = vec![(format!("submissions/CIK{:010}.json", self.number), json(&self.json()))];
        for (number, rows) in (1..).zip(&self.pages) {
            files
                .push((format!("submissions/{}", self.page_name(number)), json(&self.columns(number, rows))));
        }
        files
    }

    /// The path of a document, by the number of its row.
    pub(crate) fn document(&self, row: usize) -> String {
        let accession = self.accession(0, row, &self.recent[row]).replace('-', "");
        format!("Archives/edgar/data/{}/{accession}/{}", self.number, document_name(&self.recent[row]))
    }

    fn page_name(&self, number: usize) -> String {
        format!("CIK{:010}-submissions-{number:03}.json", self.number)
    }

    fn described(&self, number: usize, rows: &[Row]) -> Value {
        let days = || rows.iter().map(|row| part(row, 2));
        json!({"name": self.page_name(number), "filingCount": rows.len(),
            "filingFrom": days().min(), "filingTo": days().max()})
    }

    fn accession(&self, list: usize, row: usize, described: &str) -> String {
        let year = &part(described, 2)[2..4];
        format!("{:010}-{year}-{:06}", self.number, list * 5000 + row + 1)
    }

    fn columns(&self, list: usize, rows: &[Row]) -> Value {
        let mut columns = Map::new();
        let mut column = |name: &str, value: &dyn Fn(usize, &str) -> Value| {
            let values = rows.iter().enumerate().map(|(number, row)| value(number, row)).collect();
            columns.insert(name.to_owned(), Value::Array(values));
        };
        let period = |row: &str| if part(row, 1) == "-" { String::new() } else { part(row, 1).to_owned() };
        column("accessionNumber", &|number, row| json!(self.accession(list, number, row)));
        column("filingDate", &|_, row| json!(part(row, 2)));
        column("reportDate", &|_, row| json!(period(row)));
        column("acceptanceDateTime", &|_, row| json!(format!("{}T16:42:36.000Z", part(row, 2))));
        column("form", &|_, row| json!(part(row, 0).replace('_', " ")));
        for empty in ["act", "fileNumber", "filmNumber", "items"] {
            column(empty, &|_, _| json!(""));
        }
        column("size", &|_, _| json!(9_482_113));
        column("isXBRL", &|_, _| json!(1));
        column("isInlineXBRL", &|_, _| json!(1));
        column("primaryDocument", &|_, row| json!(document_name(row)));
        column("primaryDocDescription", &|_, row| json!(part(row, 0)));
        if self.shape == Shape::New {
            column("core_type", &|_, row| json!(part(row, 0)));
            column("isXBRLNumeric", &|_, _| Value::Null);
        }
        Value::Object(columns)
    }
}

/// The list of tickers for these companies.
pub(crate) fn ticker_list(companies: &[&Answer]) -> (String, Vec<u8>) {
    let mut rows = Map::new();
    for company in companies {
        for ticker in &company.tickers {
            let row = json!({"cik_str": company.number, "ticker": ticker, "title": company.name});
            rows.insert(rows.len().to_string(), row);
        }
    }
    ("files/company_tickers.json".to_owned(), Value::Object(rows).to_string().into_bytes())
}

fn rows(filings: &str) -> Vec<Row> {
    filings.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn part(row: &str, place: usize) -> &str {
    row.split_whitespace().nth(place).unwrap()
}

fn document_name(row: &str) -> String {
    match part(row, 0) {
        // Ownership forms lie in a folder of their own.
        "4" => "xslF345X03/form4.xml".to_owned(),
        form => {
            format!("{}-{}.htm", form.to_lowercase().replace(['/', '_'], ""), part(row, 2).replace('-', ""))
        }
    }
}
