//! How a form numbers its Items. Form 10-KSB, for small business issuers until 2009 (17 CFR 249.310b), numbers most of
//! them otherwise than Form 10-K; they are given under the numbers of Form 10-K, so that years can be compared.

use filing_model::{Form, Item};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Numbering {
    #[default]
    TenK,
    SmallBusiness,
}

/// Numbers of Form 10-KSB in its order, and the Items of Form 10-K that they are.
const SMALL_BUSINESS: [(&str, Item); 16] = [
    ("1", Item::I1),
    ("2", Item::I2),
    ("3", Item::I3),
    ("4", Item::I4),
    ("5", Item::I5),
    ("6", Item::I7),
    ("7", Item::I8),
    ("8", Item::I9),
    ("8A", Item::I9A),
    ("8B", Item::I9B),
    ("9", Item::I10),
    ("10", Item::I11),
    ("11", Item::I12),
    ("12", Item::I13),
    ("13", Item::I15),
    ("14", Item::I14),
];

impl Numbering {
    /// Those a document of this form may use, the likeliest first.
    pub(crate) fn of(form: Option<&Form>) -> &'static [Self] {
        let small = form.is_some_and(|form| form.as_str().replace('-', "").starts_with("10KSB"));
        if small { &[Self::SmallBusiness, Self::TenK] } else { &[Self::TenK] }
    }

    /// The Item with a number such as `8A`.
    pub(crate) fn item(self, number: &str) -> Option<Item> {
        match self {
            Self::TenK => number.parse().ok(),
            Self::SmallBusiness => {
                SMALL_BUSINESS.iter().find(|(known, _)| *known == number).map(|(_, item)| *item)
            }
        }
    }

    /// The place of an Item in the order of the form.
    pub(crate) fn place(self, item: Item) -> usize {
        match self {
            Self::TenK => item as usize,
            Self::SmallBusiness => {
                SMALL_BUSINESS.iter().position(|(_, known)| *known == item).unwrap_or(SMALL_BUSINESS.len())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_business_issuers_number_their_items_otherwise() {
        assert_eq!(Numbering::SmallBusiness.item("8A"), Some(Item::I9A));
        assert_eq!(Numbering::TenK.item("8A"), None);
        let fees_follow_exhibits =
            Numbering::SmallBusiness.place(Item::I15) < Numbering::SmallBusiness.place(Item::I14);
        assert!(fees_follow_exhibits);
        assert_eq!(Numbering::of(Some(&Form::from("10-KSB/A")))[0], Numbering::SmallBusiness);
    }
}
