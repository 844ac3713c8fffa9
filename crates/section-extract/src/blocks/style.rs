//! What a `style` attribute says that matters for reading: weight, size, place, and whether it is seen at all.

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about how text looks")]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) center: bool,
    /// Not shown: `display:none`, invisible, or too small to see.
    pub(crate) hidden: bool,
    /// The letters are white.
    pub(crate) white: bool,
    /// Something other than paper lies behind the letters.
    pub(crate) backed: bool,
    /// Half points; 0 when nothing says.
    pub(crate) size: u8,
}

impl Style {
    /// Shown as a heading would be.
    pub(crate) fn emphasised(self) -> bool {
        self.bold || self.underline || self.italic
    }

    /// A reader cannot see it.
    pub(crate) fn unseen(self) -> bool {
        self.hidden || (self.white && !self.backed)
    }
}

/// What one element changes about the style around it; `None` leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about an element")]
pub(crate) struct StyleChange {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    center: Option<bool>,
    hidden: bool,
    white: Option<bool>,
    backed: Option<bool>,
    size: Option<u8>,
    pub(crate) break_before: bool,
    pub(crate) break_after: bool,
    /// `display:inline` on a block element, as some filing software writes every word.
    pub(crate) inline: bool,
}

impl StyleChange {
    pub(crate) const BOLD: Self = Self { bold: Some(true), ..Self::NONE };
    pub(crate) const ITALIC: Self = Self { italic: Some(true), ..Self::NONE };
    pub(crate) const UNDERLINE: Self = Self { underline: Some(true), ..Self::NONE };
    pub(crate) const CENTER: Self = Self { center: Some(true), ..Self::NONE };
    pub(crate) const LEFT: Self = Self { center: Some(false), ..Self::NONE };
    pub(crate) const WHITE: Self = Self { white: Some(true), ..Self::NONE };
    pub(crate) const INK: Self = Self { white: Some(false), ..Self::NONE };
    pub(crate) const BACKED: Self = Self { backed: Some(true), ..Self::NONE };
    pub(crate) const NONE: Self = Self {
        bold: None,
        italic: None,
        underline: None,
        center: None,
        hidden: false,
        white: None,
        backed: None,
        size: None,
        break_before: false,
        break_after: false,
        inline: false,
    };

    pub(crate) fn size(half_points: u8) -> Self {
        Self { size: Some(half_points), ..Self::NONE }
    }

    /// Whether the element changes nothing.
    pub(crate) fn is_none(&self) -> bool {
        *self == Self::NONE
    }

    /// This change, then `later`.
    pub(crate) fn and(self, later: Self) -> Self {
        Self {
            bold: later.bold.or(self.bold),
            italic: later.italic.or(self.italic),
            underline: later.underline.or(self.underline),
            center: later.center.or(self.center),
            hidden: self.hidden || later.hidden,
            white: later.white.or(self.white),
            backed: later.backed.or(self.backed),
            size: later.size.or(self.size),
            break_before: self.break_before || later.break_before,
            break_after: self.break_after || later.break_after,
            inline: self.inline || later.inline,
        }
    }

    /// The style inside the element.
    pub(crate) fn apply(&self, around: Style) -> Style {
        Style {
            bold: self.bold.unwrap_or(around.bold),
            italic: self.italic.unwrap_or(around.italic),
            underline: self.underline.unwrap_or(around.underline),
            center: self.center.unwrap_or(around.center),
            hidden: self.hidden || around.hidden,
            white: self.white.unwrap_or(around.white),
            backed: self.backed.unwrap_or(around.backed),
            size: self.size.unwrap_or(around.size),
        }
    }

    /// Reads the value of a `style` attribute.
    pub(crate) fn parse(css: &str) -> Self {
        let mut change = Self::NONE;
        for declaration in css.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                change.declare(property.trim(), value.trim());
            }
        }
        change
    }

    fn declare(&mut self, property: &str, value: &str) {
        let property = property.to_ascii_lowercase();
        let value = value.to_ascii_lowercase();
        match property.as_str() {
            "font-weight" => {
                self.bold =
                    Some(value.starts_with("bold") || matches!(value.as_bytes().first(), Some(b'6'..=b'9')));
            }
            "font-style" => self.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => self.underline = Some(value.contains("underline")),
            "text-align" => self.center = Some(value.starts_with("center")),
            "display" => {
                self.hidden |= value.starts_with("none");
                self.inline |= value.starts_with("inline");
            }
            "visibility" => self.hidden |= value.starts_with("hidden"),
            "color" => self.white = Some(is_white(&value)),
            "background" | "background-color" => self.backed = Some(!is_paper(&value)),
            "font-size" => self.font_size(&value),
            "font" => self.font(&value),
            "page-break-before" | "break-before" => self.break_before |= is_break(&value),
            "page-break-after" | "break-after" => self.break_after |= is_break(&value),
            _ => {}
        }
    }

    fn font_size(&mut self, value: &str) {
        let Some(half_points) = half_points(value) else { return };
        // Nobody reads type below two points; it is there for machines.
        if half_points < 4 {
            self.hidden = true;
        }
        self.size = Some(half_points);
    }

    /// The shorthand, such as `bold 10pt times new roman`.
    fn font(&mut self, value: &str) {
        for word in value.split_whitespace() {
            match word {
                "bold" | "700" => self.bold = Some(true),
                "italic" => self.italic = Some(true),
                _ if word.starts_with(|c: char| c.is_ascii_digit()) => self.font_size(word),
                _ => {}
            }
        }
    }
}

fn is_break(value: &str) -> bool {
    value.starts_with("always")
        || value.starts_with("page")
        || value.starts_with("left")
        || value.starts_with("right")
}

fn is_white(value: &str) -> bool {
    matches!(value, "white" | "#fff" | "#ffffff") || value.replace(' ', "") == "rgb(255,255,255)"
}

fn is_paper(value: &str) -> bool {
    is_white(value) || matches!(value, "none" | "transparent" | "inherit" | "initial")
}

/// Half points of a font size; `None` for words such as `small` and relative sizes of unknown base.
fn half_points(value: &str) -> Option<u8> {
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let number: f32 = value[..digits].parse().ok()?;
    let points = match &value[digits..] {
        "pt" => number,
        "px" => number * 0.75,
        "em" | "rem" => number * 10.0,
        "%" => number / 10.0,
        "in" => number * 72.0,
        _ if number == 0.0 => 0.0,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
    Some((points * 2.0).round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_read_whatever_the_spelling() {
        let style = StyleChange::parse("FONT-WEIGHT: Bold; font-size:10pt;text-align:center;color:#000")
            .apply(Style::default());
        assert_eq!(style, Style { bold: true, center: true, size: 20, ..Style::default() });
        assert!(StyleChange::parse("display:none").apply(Style::default()).unseen());
        assert!(StyleChange::parse("font-size:1px").apply(Style::default()).unseen());
        assert!(StyleChange::parse("color:#FFFFFF").apply(Style::default()).unseen());
        assert!(!StyleChange::parse("color:white;background-color:#003366").apply(Style::default()).unseen());
        assert!(StyleChange::parse("page-break-after:always").break_after);
    }
}
