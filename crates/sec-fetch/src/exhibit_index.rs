//! The index page of a filing: the only list that tells the types of its files.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

/// A file of a filing by its row of the index page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// The type as filed, such as `EX-13.1`.
    pub(crate) kind: String,
    /// The file name.
    pub(crate) name: String,
}

/// Headings of the column with the file, as the page has had them.
const DOCUMENT: [&str; 3] = ["Document", "Filename", "File"];

/// The text files of a kind, or of a numbered part of it, in the order of the page. Where no file has the type, those
/// whose description begins with it: filers send an annual report as `EX-99` and say "EXHIBIT 13" beside it.
pub(crate) fn of_kind(page: &str, kind: &str) -> Vec<ListedFile> {
    let wanted = Kind::of(kind);
    let mut rows = rows(page);
    rows.retain(|row| is_text(&row.name));
    let mut chosen: Vec<&Row> = rows.iter().filter(|row| Kind::of(&row.kind).is_part_of(&wanted)).collect();
    if chosen.is_empty() && wanted.number.is_some() {
        let described = |row: &&Row| row.is_exhibit() && Kind::of(&row.description).is_part_of(&wanted);
        chosen = rows.iter().filter(described).collect();
    }
    let mut names = HashSet::new();
    chosen.retain(|row| names.insert(row.name.as_str()));
    chosen.into_iter().map(|row| ListedFile { kind: row.kind.clone(), name: row.name.clone() }).collect()
}

/// `EX-13.1` taken apart; people also write `EX13.1`, `Exhibit 13.1`, `EX-13 (1)`.
#[derive(Debug, PartialEq, Eq)]
struct Kind {
    /// Absent for what is no exhibit.
    number: Option<String>,
    /// The part after the number, or the whole of what is no exhibit.
    rest: String,
}

impl Kind {
    fn of(text: &str) -> Self {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let label = ["EXHIBIT", "EX"].into_iter().find_map(|label| text.strip_prefix(label));
        let numbered = label.map(|rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let digits = numbered.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        match numbered.map(|rest| rest.split_at(digits)) {
            Some((number, rest)) if digits > 0 => {
                Self { number: Some(number.to_owned()), rest: rest.to_owned() }
            }
            _ => Self { number: None, rest: text },
        }
    }

    /// `EX-13` covers `EX-13` and `EX-13.1`, not `EX-130`; `EX-13.1` does not cover `EX-13.10`.
    fn is_part_of(&self, wanted: &Self) -> bool {
        let Some(rest) = self.rest.strip_prefix(&wanted.rest) else { return false };
        let is_whole =
            rest.is_empty() || (wanted.number.is_some() && !rest.starts_with(|c: char| c.is_ascii_digit()));
        self.number == wanted.number && is_whole
    }
}

/// A PDF beside the HTML is a courtesy copy.
fn is_text(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["htm", "html", "txt"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// A file by what the page says of it.
struct Row {
    name: String,
    kind: String,
    description: String,
}

impl Row {
    fn is_exhibit(&self) -> bool {
        Kind::of(&self.kind).number.is_some()
    }
}

/// Every row, in every table, that names a file and its type.
fn rows(page: &str) -> Vec<Row> {
    let page = Html::parse_document(page);
    let (table, row) = (selector("table"), selector("tr"));
    let mut rows = Vec::new();
    for table in page.select(&table) {
        let mut columns = None;
        for row in table.select(&row).filter(|row| is_own(*row, table)) {
            let cells: Vec<ElementRef> = row.child_elements().collect();
            match columns {
                None => match Columns::of(&cells) {
                    None => rows.extend(without_headings(&cells)),
                    found => columns = found,
                },
                Some(columns) => rows.extend(listed(&cells, columns)),
            }
        }
    }
    rows
}

/// Whether a row is of this table and not of one within it.
fn is_own(row: ElementRef, table: ElementRef) -> bool {
    let mut around = row.ancestors().filter_map(ElementRef::wrap);
    around.find(|element| element.value().name() == "table").is_some_and(|nearest| nearest.id() == table.id())
}

/// Where a table has the name and the type of a file.
#[derive(Clone, Copy)]
struct Columns {
    document: usize,
    kind: usize,
    description: Option<usize>,
}

impl Columns {
    /// Read off the row of headings; `None` when this is none.
    fn of(cells: &[ElementRef]) -> Option<Self> {
        let is =
            |cell: &ElementRef, title: &str| words(*cell).trim_end_matches(':').eq_ignore_ascii_case(title);
        let place = |title: &str| cells.iter().position(|cell| is(cell, title));
        let document = DOCUMENT.into_iter().find_map(place)?;
        Some(Self { document, kind: place("Type")?, description: place("Description") })
    }
}

fn listed(cells: &[ElementRef], columns: Columns) -> Option<Row> {
    let name = file_name(*cells.get(columns.document)?);
    let kind = words(*cells.get(columns.kind)?);
    let description = columns.description.and_then(|place| cells.get(place)).map(|cell| words(*cell));
    (!name.is_empty()).then(|| Row { name, kind, description: description.unwrap_or_default() })
}

/// A table whose headings are not known still has links, and types that look like types.
fn without_headings(cells: &[ElementRef]) -> Option<Row> {
    let linked = cells.iter().find(|cell| link(**cell).is_some())?;
    let kind = cells
        .iter()
        .map(|cell| words(*cell))
        .find(|text| text.len() <= 10 && Kind::of(text).number.is_some());
    Some(Row { name: file_name(*linked), kind: kind?, description: String::new() })
}

/// The link is whole, where the text may carry a mark such as "iXBRL".
fn file_name(cell: ElementRef) -> String {
    link(cell).map_or_else(|| words(cell), |link| last_segment(link).to_owned())
}

fn link(cell: ElementRef<'_>) -> Option<&str> {
    cell.select(&selector("a")).find_map(|link| link.attr("href"))
}

fn last_segment(link: &str) -> &str {
    let last = link.rsplit('/').next().unwrap_or_default();
    last.split(['?', '#', '&']).next().unwrap_or_default()
}

fn words(cell: ElementRef) -> String {
    let text: String = cell.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(name: &'static str) -> Selector {
    Selector::parse(name).expect("a tag name is a selector")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><body>
        <div class="companyInfo"><table><tr><td>Mailing Address</td></tr></table></div>
        <table class="tableFile" summary="Document Format Files">
          <tr><th scope="col">Seq</th><th>Description</th><th>Document</th><th>Type</th><th>Size</th></tr>
          <tr><td>1</td><td>ANNUAL REPORT</td>
            <td><a href="/ix?doc=/Archives/edgar/data/9000001/000900000126000007/nwnd-10k.htm">nwnd-10k.htm</a> &nbsp;<span>iXBRL</span></td><td>10-K</td><td>1</td></tr>
          <tr><td>2</td><td>EX-13</td>
            <td><a href="/Archives/edgar/data/9000001/000900000126000007/nwnd-ex13.htm">nwnd-ex13.htm</a></td><td>EX-13</td><td>1</td></tr>
          <tr><td>3</td><td>GRAPHS</td>
            <td><a href="/Archives/edgar/data/9000001/000900000126000007/nwnd-ex13.pdf">nwnd-ex13.pdf</a></td><td>EX-13</td><td>1</td></tr>
          <tr><td>4</td><td></td><td>nwnd-ex131.txt</td><td>EX-13.1</td><td>1</td></tr>
          <tr><td>5</td><td></td><td><a href="nwnd-ex130.htm">x</a></td><td>EX-130</td><td>1</td></tr>
          <tr><td>&nbsp;</td><td>Complete submission text file</td>
            <td><a href="/Archives/edgar/data/9000001/000900000126000007/0009000001-26-000007.txt">x</a></td><td>&nbsp;</td><td>1</td></tr>
        </table></body></html>"#;

    fn names(page: &str, kind: &str) -> String {
        let found = of_kind(page, kind).into_iter().map(|file| format!("{}={}", file.kind, file.name));
        found.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_exhibit_and_its_parts_are_found() {
        assert_eq!(names(PAGE, "EX-13"), "EX-13=nwnd-ex13.htm EX-13.1=nwnd-ex131.txt");
        assert_eq!(names(PAGE, "ex-13.1"), "EX-13.1=nwnd-ex131.txt");
        assert_eq!(names(PAGE, "10-K"), "10-K=nwnd-10k.htm");
    }

    /// Rows of description, file and type.
    fn page(rows: &[[&str; 3]]) -> String {
        let row = |[description, name, kind]: &[&str; 3]| {
            format!(
                "<tr><td>2</td><td>{description}</td><td><a href=\"/Archives/{name}\">{name}</a></td><td>{kind}</td></tr>"
            )
        };
        let rows: String = rows.iter().map(row).collect();
        format!(
            "<table><tr><td>Seq</td><td>Description</td><td>Document</td><td>Type</td></tr>{rows}</table>"
        )
    }

    #[test]
    fn a_type_is_known_however_it_is_written() {
        for kind in [
            "EX-13",
            "EX-13.1",
            "ex-13",
            "EX13",
            "EX 13",
            "EX-13 (A)",
            "EX-13.ANNUAL",
            "Exhibit 13.2",
            "EX-13A",
        ] {
            let page = page(&[["", "a.htm", kind], ["", "b.htm", "EX-10.13"]]);
            assert_eq!(names(&page, "EX-13"), format!("{kind}=a.htm"));
        }
        for kind in ["EX-130", "EX-1", "EX-3.13", "10-K", "EX-131", "GRAPHIC", "13", "", "EX-"] {
            assert_eq!(names(&page(&[["", "a.htm", kind]]), "EX-13"), "", "{kind}");
        }
        assert_eq!(
            names(&page(&[["", "a.htm", "EX-13.10"], ["", "b.htm", "EX-13.1.A"]]), "EX-13.1"),
            "EX-13.1.A=b.htm"
        );
    }

    #[test]
    fn the_description_speaks_where_no_type_does() {
        let as_99 = ["EXHIBIT 13 - ANNUAL REPORT", "a.htm", "EX-99"];
        assert_eq!(names(&page(&[["EX-13", "main.htm", "10-K"], as_99]), "EX-13"), "EX-99=a.htm");
        assert_eq!(names(&page(&[as_99, ["", "b.htm", "EX-13"]]), "EX-13"), "EX-13=b.htm");
    }

    #[test]
    fn several_parts_keep_their_order_and_come_once() {
        let part = |name, kind| ["", name, kind];
        let page = page(&[
            part("c.htm", "EX-13.1"),
            part("a.htm", "EX-13.2"),
            part("c.htm", "EX-13.1"),
            part("b.txt", "EX-13"),
        ]);
        assert_eq!(names(&page, "EX-13"), "EX-13.1=c.htm EX-13.2=a.htm EX-13=b.txt");
    }

    #[test]
    fn odd_pages_are_read_as_far_as_they_go() {
        let listed = page(&[["", "a.htm?x=1#top", "EX-13"]]);
        for odd in [
            listed.replace("Document<", "&nbsp;Filename:\n<"),
            listed.replace("Type<", "Kind<"),
            format!("<table><tr><td>{listed}</td></tr></table>"),
            listed.replace("</td>", "").replace("</tr>", ""),
            format!("<p>{listed}"),
            listed.replace("<table>", "<TABLE><TBODY>"),
        ] {
            assert_eq!(names(&odd, "EX-13"), "EX-13=a.htm", "{odd}");
        }
        let short = "<table><tr><th>Document</th><th>Type</th></tr><tr><td>a.htm</td></tr><tr></tr></table>";
        assert_eq!(names(short, "EX-13"), "");
    }

    #[test]
    fn a_page_without_such_a_table_lists_nothing() {
        for page in ["", "<p>Document Type", "<table><tr><td>EX-13</td></tr></table>", "\u{0}<<<>>>"] {
            assert_eq!(names(page, "EX-13"), "", "{page}");
        }
    }
}
