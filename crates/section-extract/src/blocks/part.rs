//! What has been read of a block so far.

use std::rc::Rc;

use super::Block;

/// Text on its way to become a block, or a part of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// Where the separator before it begins; equals `start` when there is none.
    pub(crate) separator: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) cell: u16,
    /// Attached to the cell before it, as `%` is to its number.
    pub(crate) attached: bool,
    pub(crate) bold: usize,
    pub(crate) italic: usize,
    pub(crate) underline: usize,
    pub(crate) center: usize,
    pub(crate) lead_end: usize,
    pub(crate) lead_open: bool,
    pub(crate) size: u8,
    pub(crate) page_start: bool,
    pub(crate) link: Option<Rc<str>>,
}

impl Part {
    pub(crate) fn is_empty(&self) -> bool {
        self.end == self.start
    }

    /// This part and the one after it as one.
    pub(crate) fn join(mut self, next: Self) -> Self {
        if self.lead_open {
            self.lead_end = next.lead_end.max(self.lead_end);
            self.lead_open = next.lead_open;
        }
        self.end = next.end;
        self.bold += next.bold;
        self.italic += next.italic;
        self.underline += next.underline;
        self.center += next.center;
        self.link = self.link.or(next.link);
        self
    }

    pub(crate) fn into_block(self, table: u32, cells: u16) -> Block {
        let length = self.end - self.start;
        let most = |bytes: usize| bytes * 10 >= length * 8;
        Block {
            start: offset(self.start),
            end: offset(self.end),
            lead: offset(self.lead_end.saturating_sub(self.start)),
            table,
            cells,
            size: self.size,
            bold: most(self.bold),
            italic: most(self.italic),
            underline: most(self.underline),
            center: most(self.center),
            page_start: self.page_start,
            link: self.link,
        }
    }
}

/// Documents are limited to less than 4 GiB long before they come here.
pub(crate) fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
