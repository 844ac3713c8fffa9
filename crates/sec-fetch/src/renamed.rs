//! Symbols and names that well-known companies gave up: EDGAR's list of tickers has today's alone.
//!
//! A row whose new symbol is not in that list is passed over, so one that goes out of date does no harm. A new one is
//! worth it where people still type what the company gave up.

/// What a company was called, and what to type today.
pub(crate) struct Renamed {
    /// Empty where the company kept its symbol, or what it gave up belongs to another one.
    pub(crate) symbol: &'static str,
    pub(crate) name: &'static str,
    /// The last year of the old symbol, or of the name.
    pub(crate) until: i16,
    /// The symbol of today.
    pub(crate) ticker: &'static str,
}

macro_rules! renamed {
    ($($symbol:literal $name:literal $until:literal => $ticker:literal;)*) => {
        /// In the order of the old symbols.
        pub(crate) const RENAMED: &[Renamed] =
            &[$(Renamed { symbol: $symbol, name: $name, until: $until, ticker: $ticker },)*];
    };
}

renamed! {
    "" "Google" 2015 => "GOOGL";
    "ABC" "AmerisourceBergen" 2023 => "COR";
    "ADS" "Alliance Data Systems" 2022 => "BFH";
    "ANTM" "Anthem" 2022 => "ELV";
    "BBT" "BB&T" 2019 => "TFC";
    "BHGE" "Baker Hughes, a GE company" 2019 => "BKR";
    "BLL" "Ball" 2022 => "BALL";
    "CBG" "CBRE" 2018 => "CBRE";
    "CDAY" "Ceridian HCM" 2024 => "DAY";
    "CHK" "Chesapeake Energy" 2024 => "EXE";
    "COG" "Cabot Oil & Gas" 2021 => "CTRA";
    "COH" "Coach" 2017 => "TPR";
    "CREE" "Cree" 2021 => "WOLF";
    "CTL" "CenturyLink" 2020 => "LUMN";
    "DISCA" "Discovery" 2022 => "WBD";
    "DISCK" "Discovery" 2022 => "WBD";
    "DPS" "Dr Pepper Snapple" 2018 => "KDP";
    "DWDP" "DowDuPont" 2019 => "DD";
    "FB" "Facebook" 2022 => "META";
    "FI" "Fiserv" 2025 => "FISV";
    "FISV" "Fiserv" 2023 => "FI";
    "FLT" "Fleetcor" 2024 => "CPAY";
    "GPS" "The Gap" 2024 => "GAP";
    "HCN" "Health Care REIT" 2018 => "WELL";
    "HFC" "HollyFrontier" 2022 => "DINO";
    "HRS" "Harris" 2019 => "LHX";
    "IIVI" "II-VI" 2022 => "COHR";
    "JEC" "Jacobs Engineering" 2019 => "J";
    "KFT" "Kraft Foods" 2012 => "MDLZ";
    "KORS" "Michael Kors" 2019 => "CPRI";
    "LB" "L Brands" 2021 => "BBWI";
    "LUK" "Leucadia" 2018 => "JEF";
    "MMC" "Marsh & McLennan" 2026 => "MRSH";
    "MYL" "Mylan" 2020 => "VTRS";
    "NLOK" "NortonLifeLock" 2022 => "GEN";
    "NYCB" "New York Community Bancorp" 2024 => "FLG";
    "PCLN" "Priceline" 2018 => "BKNG";
    "PEAK" "Healthpeak" 2024 => "DOC";
    "PKI" "PerkinElmer" 2023 => "RVTY";
    "PX" "Praxair" 2018 => "LIN";
    "RE" "Everest Re" 2023 => "EG";
    "SNE" "Sony" 2021 => "SONY";
    "SQ" "Square" 2025 => "XYZ";
    "SYMC" "Symantec" 2019 => "GEN";
    "TMK" "Torchmark" 2019 => "GL";
    "TOT" "Total" 2021 => "TTE";
    "UTX" "United Technologies" 2020 => "RTX";
    "VRX" "Valeant" 2018 => "BHC";
    "WLP" "WellPoint" 2014 => "ELV";
    "WLTW" "Willis Towers Watson" 2022 => "WTW";
    "WYND" "Wyndham Destinations" 2021 => "TNL";
}

impl Renamed {
    /// `formerly Facebook until 2022`
    pub(crate) fn in_words(&self) -> String {
        format!("formerly {} until {}", self.name, self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_lead_elsewhere() {
        assert!(RENAMED.is_sorted_by_key(|row| row.symbol));
        for row in RENAMED {
            assert!(row.symbol != row.ticker && (2010..2030).contains(&row.until), "{}", row.name);
            for symbol in [row.symbol, row.ticker].iter().filter(|symbol| !symbol.is_empty()) {
                assert!(symbol.parse::<filing_model::Ticker>().is_ok(), "{symbol}");
            }
        }
        assert_eq!(RENAMED[0].in_words(), "formerly Google until 2015");
    }
}
