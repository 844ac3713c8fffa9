//! Reads our own pages strictly: quoted attributes, every element closed.

#![allow(clippy::unwrap_used, reason = "a page that cannot be read fails the test")]
#![allow(dead_code, reason = "shared by several tests, none of which uses all of it")]

/// Elements that have no end tag.
const VOID: [&str; 4] = ["br", "input", "meta", "link"];

/// A page as a list of tags and the texts between them.
pub(crate) struct Tags<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Start { name: &'a str, attributes: Vec<(&'a str, &'a str)> },
    End(&'a str),
    Text(&'a str),
}

impl<'a> Tags<'a> {
    pub(crate) fn of(page: &'a str) -> Self {
        let mut parts = Vec::new();
        let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap();
        while let Some(start) = rest.find('<') {
            parts.push(Part::Text(&rest[..start]));
            rest = &rest[start + 1..];
            if let Some(end) = rest.strip_prefix('/') {
                let (name, after) = end.split_once('>').unwrap();
                parts.push(Part::End(name));
                rest = after;
                continue;
            }
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
            let name = &rest[..length];
            let attributes;
            (attributes, rest) = read_attributes(&rest[length..]);
            parts.push(Part::Start { name, attributes });
            if matches!(name, "style" | "script") {
                rest = &rest[rest.find(&format!("</{name}>")).unwrap()..];
            }
        }
        Self { parts }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.parts
            .iter()
            .filter_map(|part| if let Part::Start { name, .. } = part { Some(*name) } else { None })
    }

    pub(crate) fn count(&self, wanted: &str) -> usize {
        self.names().filter(|name| *name == wanted).count()
    }

    pub(crate) fn attributes(&self, wanted: &'static str) -> impl Iterator<Item = &'a str> {
        self.all_attributes().filter(move |(name, _)| *name == wanted).map(|(_, value)| value)
    }

    pub(crate) fn attribute_names(&self) -> impl Iterator<Item = &'a str> {
        self.all_attributes().map(|(name, _)| name)
    }

    fn all_attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let attributes = |part: &Part<'a>| match part {
            Part::Start { attributes, .. } => attributes.clone(),
            Part::End(_) | Part::Text(_) => Vec::new(),
        };
        self.parts.iter().flat_map(attributes)
    }

    /// All text outside of an element such as `ins`, entities read.
    pub(crate) fn text_without(&self, element: &str) -> String {
        let mut depth = 0;
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Start { name, .. } if *name == element => depth += 1,
                Part::End(name) if *name == element => depth -= 1,
                Part::Text(words) if depth == 0 => text.push_str(words),
                Part::Start { .. } | Part::End(_) | Part::Text(_) => {}
            }
        }
        unescaped(&text)
    }

    pub(crate) fn assert_balanced(&self) {
        let mut open = Vec::new();
        for part in &self.parts {
            match part {
                Part::Start { name, .. } if !VOID.contains(name) => open.push(*name),
                Part::End(name) => assert_eq!(open.pop(), Some(*name), "inside of {open:?}"),
                Part::Start { .. } | Part::Text(_) => {}
            }
        }
        assert!(open.is_empty(), "never closed: {open:?}");
    }

    /// A line for each heading and change: what a reader sees when scrolling fast.
    pub(crate) fn outline(&self) -> String {
        let line = |(at, part): (usize, &Part<'a>)| {
            let Part::Start { name, attributes } = part else { return None };
            let value =
                |wanted| attributes.iter().find(|(name, _)| *name == wanted).map_or("", |(_, value)| value);
            let lead = match *name {
                "h1" | "h2" | "h3" | "h4" | "h5" => name.to_string(),
                "summary" => "+".to_owned(),
                "article" => format!("[{} {}]", value("class"), value("id")),
                "div" if value("class") == "chg mf" => format!("[old place {}]", value("id")),
                "li" if value("id").starts_with("c-") => format!("[row {}]", value("id")),
                _ => return None,
            };
            Some(format!("{lead} {}", self.start_of_text(at, name)))
        };
        self.parts.iter().enumerate().filter_map(line).collect::<Vec<_>>().join("\n")
    }

    /// The first words inside of an element.
    fn start_of_text(&self, start: usize, element: &str) -> String {
        let mut text = String::new();
        for part in &self.parts[start + 1..] {
            match part {
                Part::End(name) if *name == element => break,
                Part::Start { name: "p" | "td" | "div" | "details", .. } | Part::End("b" | "a") => {
                    text.push(' ');
                }
                Part::Text(words) => text.push_str(words),
                Part::Start { .. } | Part::End(_) => {}
            }
        }
        let text = unescaped(&text);
        let words: Vec<_> = text.split_whitespace().take(12).collect();
        words.join(" ")
    }
}

fn read_attributes(mut rest: &str) -> (Vec<(&str, &str)>, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let length = rest.find(['=', ' ', '>']).unwrap();
        let name = &rest[..length];
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "attribute {name:?}");
        rest = &rest[length..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let (value, after) = value.split_once('"').unwrap();
            attributes.push((name, value));
            rest = after;
        } else {
            attributes.push((name, ""));
        }
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
