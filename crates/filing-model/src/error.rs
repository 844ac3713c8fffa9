/// A text that is not what it should name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Tickers have 1 to 10 letters, digits and dashes.
    #[error("`{0}` is not a ticker: letters, digits and a dash, such as AAPL or BRK-B")]
    Ticker(String),
    /// CIKs are numbers of up to 10 digits.
    #[error("`{0}` is not a CIK: a number of up to 10 digits")]
    Cik(String),
    /// Accession numbers have 18 digits in three groups.
    #[error("`{0}` is not an accession number: 18 digits such as 0000320193-25-000079")]
    AccessionNumber(String),
    /// Items are numbered 1 to 16, some with a letter.
    #[error("`{0}` is not an Item of Form 10-K: 1, 1A, ... 16")]
    Item(String),
}
