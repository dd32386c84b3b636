//! HTML that is well formed as XML too, with every text escaped.

use crate::words::visible;

/// A page that is being written.
pub(super) struct Markup {
    text: String,
}

impl Markup {
    /// Begins a page.
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self { text: "<!DOCTYPE html>\n".to_owned() };
        page.open("html", &[("lang", "sv"), ("xmlns", "http://www.w3.org/1999/xhtml")]);
        page.open("head", &[]);
        page.text.push_str(
            "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
        );
        page.text("title", title);
        // Written here and nowhere else, and without a character that would need escaping.
        page.open("style", &[]);
        page.text.push_str(STYLE);
        page.close("style");
        page.close("head");
        page.open("body", &[]);
        page
    }

    /// Ends the page.
    pub(super) fn finish(mut self) -> String {
        self.close("body");
        self.close("html");
        self.text
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push('\n');
    }

    pub(super) fn close(&mut self, name: &str) {
        self.text.extend(["</", name, ">\n"]);
    }

    /// An element that holds a text; its line breaks are kept.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.cell(name, &[], text);
    }

    pub(super) fn list(&mut self, items: impl Iterator<Item = String>) {
        self.open("ul", &[]);
        for item in items {
            self.text("li", &item);
        }
        self.close("ul");
    }

    /// Begins a table with a caption and a heading for each column.
    pub(super) fn table(&mut self, caption: &str, columns: &[&str]) {
        self.open("table", &[]);
        self.text("caption", caption);
        self.open("thead", &[]);
        self.open("tr", &[]);
        for column in columns {
            self.cell("th", &[("scope", "col")], column);
        }
        self.close("tr");
        self.close("thead");
        self.open("tbody", &[]);
    }

    /// A row whose first cell heads it, where that says something.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.open("tr", &[]);
        for (position, cell) in cells.iter().enumerate() {
            if position == 0 && !cell.is_empty() {
                self.cell("th", &[("scope", "row")], cell);
            } else {
                self.cell("td", &[], cell);
            }
        }
        self.close("tr");
    }

    pub(super) fn end_table(&mut self) {
        self.close("tbody");
        self.close("table");
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.extend(["<", name]);
        for (key, value) in attributes {
            self.text.extend([" ", key, "=\"", &escape(value), "\""]);
        }
        self.text.push('>');
    }

    fn cell(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.begin(name, attributes);
        self.text.push_str(&escape(&visible(text)).replace('\n', "<br/>"));
        self.close(name);
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Dark on white (contrast above 12:1), and a table that is broken between rows, not in them.
const STYLE: &str = "\
body { font: 1rem/1.5 Georgia, serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 75rem; padding: 1rem; }
h1, h2, h3, h4 { font-family: Verdana, sans-serif; line-height: 1.25; break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid #595959; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #e8e8e8; color: #1a1a1a; overflow-wrap: normal; }
tr { break-inside: avoid; height: 1.75rem; }
thead { display: table-header-group; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { font-size: 9pt; max-width: none; padding: 0; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_component_says_cannot_become_markup() {
        let mut page = Markup::new("<script>");
        page.row(&["\"><script>alert(1)</script>".to_owned(), "&\u{1b}".to_owned()]);
        let page = page.finish();
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&quot;&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("<td>&amp;\\u{1b}</td>"), "{page}");
    }
}
