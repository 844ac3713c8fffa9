//! Tables in the text of a filing: a row per line, cells joined by ` | `.

mod align;
mod grid;

pub(crate) use self::{
    align::{Cell, Row, compare},
    grid::{Grid, is_table},
};
