//! The page that tells what was measured: `docs/benchmarks.md`.

use std::fmt::Write as _;

use crate::component::{ComponentLine, components_table};
use crate::plot::Plot;
use crate::row::Row;
use crate::table::table;

/// Everything that one run came to.
pub struct Page<'r> {
    /// The day, `yyyy-MM-dd`.
    pub day: String,
    /// The machine in a sentence: no name, no address.
    pub machine: String,
    /// The rows.
    pub rows: &'r [Row],
    /// The components.
    pub components: &'r [ComponentLine],
    /// The pictures.
    pub pictures: &'r [Picture],
}

/// A picture with its file.
pub struct Picture {
    /// The file's name, such as `growth.svg`.
    pub file: &'static str,
    /// What is drawn.
    pub plot: Plot,
}

impl Page<'_> {
    /// The page as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut page = format!(
            "# Benchmarks\n\nWritten by `cargo xtask bench` on {}; do not edit. Machine: {}. How it is measured, and why so: \
             [ADR 0032](adr/0032-how-we-measure.md).\n\n{}\n",
            self.day,
            self.machine,
            table(self.rows)
        );
        if !self.components.is_empty() {
            page.push_str("\n## Components\n\nAn exchange is planning a question and absorbing its reply, each in a fresh instance.\n\n");
            page.push_str(&components_table(self.components));
        }
        page.push_str(METHOD);
        page.push_str(MISSED);
        let small_print = small_print(self.rows);
        if !small_print.is_empty() {
            let _infallible = write!(page, "\n## Small print of this run\n\n{small_print}");
        }
        if !self.pictures.is_empty() {
            page.push_str("\n## Pictures\n");
            for Picture { file, plot } in self.pictures {
                let _infallible = write!(page, "\n![{}](benchmarks/{file})\n", plot.title);
            }
        }
        page
    }
}

/// What must be known to read the rows, a line for each that has something to say.
pub fn small_print(rows: &[Row]) -> String {
    rows.iter().filter(|row| !row.notes().is_empty()).fold(String::new(), |mut text, row| {
        let _infallible = writeln!(text, "- {}: {}.", row.title(), row.notes().join("; "));
        text
    })
}

const METHOD: &str = "
## Method

- Every reference runs in the same run, on the same cores, in turn with ours, several rounds of each; `ratio` is the median of the rounds' ratios, and in
  brackets the quarters below and above it. `ours` and `reference` are medians of their own, so that their quotient is near the ratio and not equal to it.
- Everything is on one machine and the loopback address. Host or relay, the agencies and whoever asks share its cores: `saturation` is that of all of them
  together, and a machine of its own for the host would carry more.
- The host is the released binary, a process of its own, with TLS and client certificates in and out, its audit log on the disk, and logging as in
  production. The relay speaks through the same hyper and rustls with the same settings, parses and writes the same documents with the adapters'
  own code compiled natively, and has no sandbox, no policy, no audit and no limit to the connections that it makes at once.
- The agencies give canned replies, recorded at the start from the simulated base services, so that they cost less than what is measured.
- Load is open-loop: questions come at their time whether or not earlier ones are answered, and latency counts from the time at which a question should
  have been asked. Only saturation itself is found by as many askers as keep everybody busy, each asking again as soon as it is answered.
- Cost per question is the processor time of the host's process, user and system, divided by questions.
";

/// Why goals are missed, as the profile had it. Written by hand when the profile is taken anew.
const MISSED: &str = include_str!("missed.md");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal::Goal;
    use crate::plot::Series;
    use crate::row::Definition;

    #[test]
    fn the_page_has_the_table_the_small_print_and_the_pictures() {
        let definition = Definition { number: 4, name: "decide, cached", unit: "µs", goal: Goal::AtMost(1.0) };
        let rows = [Row::single(&definition, 0.4).noting("warm".to_owned())];
        let series = vec![Series { name: "host".to_owned(), points: vec![(1.0, 1.0)] }];
        let plot = Plot { title: "Growth".to_owned(), across: "x".to_owned(), up: "y".to_owned(), series };
        let pictures = [Picture { file: "growth.svg", plot }];
        let machine = "2 cores".to_owned();
        let components = [ComponentLine { target: "policies/x/policy.wasm", bytes: 33_974, exchange: None }];
        let day = "2026-11-22".to_owned();
        let page = Page { day, machine, rows: &rows, components: &components, pictures: &pictures }.to_markdown();
        for part in [
            "| 4 decide, cached [µs] |",
            "- 4 decide, cached [µs]: warm.",
            "![Growth](benchmarks/growth.svg)",
            "2 cores",
            "| `policies/x/policy.wasm` |",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }
}
