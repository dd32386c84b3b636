//! `GetUnemploymentBenefitPaymentResponse` as a step, by what each a-kassa says.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Node, Step, Value};
use ssbtx_adapter_kit::{AgencyCode, answered, failed, nothing_found};

use crate::catalogue::element;

/// The one table of the a-kassor's statuses; `README.md` has it in words.
///
/// One a-kassa that fails while another answers is no failure of the whole: the document itself says which one.
pub(crate) fn conclude(document: Document) -> Step {
    if !document.nodes.iter().any(|node| node.element == element::ARBETSLOSHETSERSATTNING_LISTA) {
        return failed("no-list", "A-kassornas svar saknar listan över a-kassor och kan inte tolkas.");
    }
    let funds = funds(&document.nodes);
    if funds.is_empty() {
        return nothing_found(document, "empty-list", "Ingen a-kassa har uppgifter om personen för perioden.");
    }
    if funds.iter().any(Fund::has_answered) {
        return answered(document);
    }
    let code = funds.iter().find_map(|fund| fund.status.and_then(AgencyCode::parse));
    failed(
        code.as_ref().map_or("no-status", AgencyCode::as_str),
        "Ingen av de a-kassor som tillfrågades kunde lämna uppgifter.",
    )
}

/// What one a-kassa says.
#[derive(Default)]
struct Fund<'d> {
    status: Option<&'d str>,
    has_content: bool,
}

impl Fund<'_> {
    /// A fund without a status has answered if it gave something: it is then read all the same.
    fn has_answered(&self) -> bool {
        self.has_content || self.status.is_some_and(is_fine)
    }
}

fn funds(nodes: &[Node]) -> Vec<Fund<'_>> {
    let mut funds: Vec<Fund<'_>> = Vec::new();
    for node in nodes {
        if node.element == FUND {
            funds.push(Fund::default());
        }
        let Some(fund) = funds.last_mut() else { continue };
        match (node.element, &node.value) {
            (STATUS, Value::Text(status)) => fund.status = Some(status),
            (PAYMENT | SUSPENSION | APPLICATION, Value::Structure) => fund.has_content = true,
            _ => {}
        }
    }
    funds
}

fn is_fine(status: &str) -> bool {
    let status = status.trim();
    status == "0" || status.eq_ignore_ascii_case("OK")
}

const FUND: u16 = element::ARBETSLOSHETSERSATTNING_LISTA_ARBETSLOSHETSERSATTNING;
const STATUS: u16 = element::ARBETSLOSHETSERSATTNING_LISTA_ARBETSLOSHETSERSATTNING_STATUS_SVARANDE_ORGANISATION;
const PAYMENT: u16 = element::ARBETSLOSHETSERSATTNING_LISTA_ARBETSLOSHETSERSATTNING_UTBETALNINGAR;
const SUSPENSION: u16 = element::ARBETSLOSHETSERSATTNING_LISTA_ARBETSLOSHETSERSATTNING_AVSTANGNINGAR;
const APPLICATION: u16 = element::ARBETSLOSHETSERSATTNING_LISTA_ARBETSLOSHETSERSATTNING_ANSOKT_OM_ERSATTNING;
