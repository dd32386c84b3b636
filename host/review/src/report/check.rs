//! A check in a terminal.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};

use crate::check::Check;
use crate::report::text::say;
use crate::words::{self, number, visible};

/// Writes a check for a terminal, in Swedish with English beside what was found.
pub fn check_as_text(check: &Check) -> String {
    let mut text = String::new();
    let identity = &check.policy.identity;
    say(&mut text, &format!("{}, version {}", identity.name, visible(&identity.version)));
    say(&mut text, &format!("{} · {}", visible(&check.policy.title.sv), visible(&check.policy.title.en)));
    say(&mut text, &format!("SHA-256 {}\n", identity.sha256));
    for basis in &check.policy.bases {
        say(&mut text, &format!("- {}", visible(&words::basis(basis))));
    }
    let contexts = number(check.space.len());
    say(&mut text, &format!("\nAvgjorde i {contexts} sammanhang · decided in {contexts} contexts"));
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Disabled).set_header([
        "Bastjänst",
        "Celler",
        "Lämnas ut",
        "Bara om godtaget",
        "Lämnas inte ut",
    ]);
    for tally in &check.tallies {
        let counts = [tally.cells(), tally.disclosed, tally.if_accepted, tally.not_disclosed].map(number);
        table.add_row([words::agency(tally.base_service)].into_iter().chain(counts));
    }
    say(&mut text, &table.to_string());
    if check.findings.is_empty() {
        say(&mut text, "\nInget att anmärka · nothing found");
    }
    for finding in &check.findings {
        let (swedish, english) = (words::finding(finding), words::finding_in_english(finding));
        say(&mut text, &visible(&format!("\n- {swedish}\n  {english}")));
    }
    text
}
