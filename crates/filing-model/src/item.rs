use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// A part of Form 10-K.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Business, risks, properties, proceedings.
    I,
    /// Market, discussion and analysis, financial statements, controls.
    II,
    /// Directors, pay, ownership; mostly in the proxy statement.
    III,
    /// Exhibits and schedules.
    IV,
}

macro_rules! items {
    ($($variant:ident $number:literal $part:ident $title:literal $short:literal;)*) => {
        /// An Item of Form 10-K, in the order of the form as it stands in 2026.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Item {
            $(#[doc = concat!("Item ", $number, ": `", $title, "`")] #[serde(rename = $number)] $variant,)*
        }

        impl Item {
            /// Every Item, in the order of the form.
            pub const ALL: [Self; 23] = [$(Self::$variant,)*];

            /// The number, such as `1A`.
            pub fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// The caption of the current form.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// A caption that fits a table.
            pub fn short_title(self) -> &'static str {
                match self { $(Self::$variant => $short,)* }
            }

            /// The part of the form it belongs to.
            pub fn part(self) -> Part {
                match self { $(Self::$variant => Part::$part,)* }
            }
        }
    };
}

items! {
    I1 "1" I "Business" "Business";
    I1A "1A" I "Risk Factors" "Risk Factors";
    I1B "1B" I "Unresolved Staff Comments" "Staff Comments";
    I1C "1C" I "Cybersecurity" "Cybersecurity";
    I2 "2" I "Properties" "Properties";
    I3 "3" I "Legal Proceedings" "Legal Proceedings";
    I4 "4" I "Mine Safety Disclosures" "Mine Safety";
    I5 "5" II "Market for Registrant’s Common Equity, Related Stockholder Matters and Issuer Purchases of Equity Securities" "Market for Equity";
    I6 "6" II "[Reserved]" "[Reserved]";
    I7 "7" II "Management’s Discussion and Analysis of Financial Condition and Results of Operations" "MD&A";
    I7A "7A" II "Quantitative and Qualitative Disclosures About Market Risk" "Market Risk";
    I8 "8" II "Financial Statements and Supplementary Data" "Financial Statements";
    I9 "9" II "Changes in and Disagreements With Accountants on Accounting and Financial Disclosure" "Accountants";
    I9A "9A" II "Controls and Procedures" "Controls and Procedures";
    I9B "9B" II "Other Information" "Other Information";
    I9C "9C" II "Disclosure Regarding Foreign Jurisdictions that Prevent Inspections" "Foreign Inspections";
    I10 "10" III "Directors, Executive Officers and Corporate Governance" "Directors";
    I11 "11" III "Executive Compensation" "Compensation";
    I12 "12" III "Security Ownership of Certain Beneficial Owners and Management and Related Stockholder Matters" "Ownership";
    I13 "13" III "Certain Relationships and Related Transactions, and Director Independence" "Related Transactions";
    I14 "14" III "Principal Accountant Fees and Services" "Accountant Fees";
    I15 "15" IV "Exhibits and Financial Statement Schedules" "Exhibits";
    I16 "16" IV "Form 10-K Summary" "Summary";
}

impl FromStr for Item {
    type Err = ParseError;

    /// Accepts `1A`, `1a`, `Item 1A`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.trim().to_ascii_uppercase();
        let number = number.strip_prefix("ITEM").map_or(number.as_str(), str::trim);
        Self::ALL
            .into_iter()
            .find(|item| item.number() == number)
            .ok_or_else(|| ParseError::Item(text.chars().filter(|c| !c.is_control()).take(40).collect()))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_the_form() {
        let numbers: Vec<_> = Item::ALL.iter().map(|item| item.number()).collect();
        insta::assert_snapshot!(numbers.join(" "), @"1 1A 1B 1C 2 3 4 5 6 7 7A 8 9 9A 9B 9C 10 11 12 13 14 15 16");
        assert!(Item::ALL.is_sorted());
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        assert_eq!("item 7a".parse(), Ok(Item::I7A));
        assert_eq!(serde_json::to_string(&Item::I9C).ok().as_deref(), Some("\"9C\""));
        assert!("17".parse::<Item>().is_err());
    }
}
