//! The index page of a filing: the only list that tells the types of its files.

use scraper::{ElementRef, Html, Selector};

/// A file of a filing by its row of the index page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// The type as filed, such as `EX-13.1`.
    pub(crate) kind: String,
    /// The file name.
    pub(crate) name: String,
}

/// The text files of a kind, or of a numbered part of it, in the order of the page.
pub(crate) fn of_kind(page: &str, kind: &str) -> Vec<ListedFile> {
    let listed = files(page).into_iter();
    listed.filter(|file| is_kind(&file.kind, kind) && is_text(&file.name)).collect()
}

/// `EX-13` covers `EX-13` and `EX-13.1`, not `EX-130`.
fn is_kind(found: &str, wanted: &str) -> bool {
    let part = |rest: &str| rest.is_empty() || rest.starts_with('.');
    let found = found.to_ascii_uppercase();
    found.strip_prefix(&wanted.trim().to_ascii_uppercase()).is_some_and(part)
}

/// A PDF beside the HTML is a courtesy copy.
fn is_text(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["htm", "html", "txt"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// Every row, in every table, that names a file and its type.
fn files(page: &str) -> Vec<ListedFile> {
    let page = Html::parse_document(page);
    let (table, row) = (selector("table"), selector("tr"));
    let mut files = Vec::new();
    for table in page.select(&table) {
        let mut columns = None;
        for row in table.select(&row) {
            let cells: Vec<ElementRef> = row.child_elements().collect();
            match columns {
                None => columns = Columns::of(&cells),
                Some(columns) => files.extend(listed(&cells, columns)),
            }
        }
    }
    files
}

/// Where a table has the name and the type of a file.
#[derive(Clone, Copy)]
struct Columns {
    document: usize,
    kind: usize,
}

impl Columns {
    /// Read off the row of headings; `None` when this is none.
    fn of(cells: &[ElementRef]) -> Option<Self> {
        let place = |title: &str| cells.iter().position(|cell| words(*cell).eq_ignore_ascii_case(title));
        Some(Self { document: place("Document")?, kind: place("Type")? })
    }
}

fn listed(cells: &[ElementRef], columns: Columns) -> Option<ListedFile> {
    let document = cells.get(columns.document)?;
    let kind = words(*cells.get(columns.kind)?);
    // The link is whole, where the text may carry a mark such as "iXBRL".
    let link = document.select(&selector("a")).find_map(|link| link.attr("href"));
    let name = link.map_or_else(|| words(*document), |link| last_segment(link).to_owned());
    (!name.is_empty()).then_some(ListedFile { kind, name })
}

fn last_segment(link: &str) -> &str {
    link.rsplit('/').next().unwrap_or_default()
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

    #[test]
    fn a_page_without_such_a_table_lists_nothing() {
        for page in ["", "<p>Document Type", "<table><tr><td>EX-13</td></tr></table>", "\u{0}<<<>>>"] {
            assert_eq!(names(page, "EX-13"), "", "{page}");
        }
    }
}
