//! The answers of both operations, as published.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ssbtx_broker::Ping;
use ssbtx_core::{AgencyId, Answer, BASE_SERVICES, Document, WipedBytes};
use zeroize::Zeroizing;

use super::document::{self, Root};
use super::envelope::{NAMESPACE, in_envelope};
use super::mapping::{self, Block, ErrorBlock};
use super::question::Echo;
use super::xml::{DECLARATION, Writer};
use crate::json_v1::DocumentJson;

/// Writes the answer to `hamtaBastjanstInformation`.
///
/// # Errors
///
/// When a document cannot be written as JSON, which a document built against its catalogue always can.
pub(super) fn answer(answer: &Answer, echo: &Echo) -> Result<String, serde_json::Error> {
    let mut blocks = Writer::default();
    for agency in BASE_SERVICES {
        if let Some(part) = answer.parts.iter().find(|part| part.agency == agency) {
            agency_block(&mut blocks, agency, &mapping::block(&part.outcome))?;
        }
    }
    Ok(in_envelope(|out| {
        operation(out, "ssbt:hamtaBastjanstInformationResponse", |out| {
            if let Some(question) = &echo.question {
                out.append(question);
            }
            if let Some(asked_at) = &echo.asked_at {
                out.leaf("ssbt:frageTidpunkt", asked_at);
            }
            if let Some(correlation_id) = &echo.correlation_id {
                out.leaf("ssbt:korrelationsid", correlation_id);
            }
            out.open("ssbt:svarsdata");
            out.append(&Zeroizing::new(blocks.finish()));
            out.close("ssbt:svarsdata");
        });
    }))
}

/// Writes the answer to `testaBastjanstInformation`.
pub(super) fn test_answer(pings: &[Ping]) -> String {
    in_envelope(|out| {
        operation(out, "ssbt:testaBastjanstInformationResponse", |out| {
            for agency in BASE_SERVICES {
                if let Some(ping) = pings.iter().find(|ping| ping.agency == agency) {
                    let name = format!("ssbt:{agency}");
                    out.open(&name);
                    out.leaf("ssbt:anropad", if ping.called { "true" } else { "false" });
                    if let Some(failure) = &ping.failure {
                        error_block(out, &mapping::error(failure));
                    }
                    out.close(&name);
                }
            }
        });
    })
}

/// Writes the operation's element; the namespace is declared here, so that the element can be taken out of its envelope and stay whole.
fn operation(out: &mut Writer, name: &str, content: impl FnOnce(&mut Writer)) {
    out.start(name);
    out.attribute("xmlns:ssbt", NAMESPACE);
    out.started();
    content(out);
    out.close(name);
}

fn agency_block(out: &mut Writer, agency: AgencyId, block: &Block<'_>) -> Result<(), serde_json::Error> {
    let name = format!("ssbt:{agency}");
    match block {
        Block::Absent => {}
        Block::Data(document) => {
            out.open(&name);
            data(out, agency, document)?;
            out.close(&name);
        }
        Block::Error(error) => {
            out.open(&name);
            error_block(out, error);
            out.close(&name);
        }
    }
    Ok(())
}

/// Writes `data`, in the wrapping that the contract has for this agency.
fn data(out: &mut Writer, agency: AgencyId, document: &Document) -> Result<(), serde_json::Error> {
    let wrapped = |out: &mut Writer, name: &str, text: &str| {
        out.open("ssbt:data");
        out.leaf(name, text);
        out.close("ssbt:data");
    };
    match agency {
        AgencyId::CSN => wrapped(out, "ssbt:svar", &encoded(whole_document(document).as_bytes())),
        AgencyId::FK => {
            let json = WipedBytes::from(serde_json::to_vec(&DocumentJson::new(document))?);
            wrapped(out, "ssbt:lefiJsonSvar", &encoded(&json));
        }
        AgencyId::SKV => wrapped(out, "svar", &whole_document(document)),
        _ => document::write(out, document, Root::Named("ssbt:data")),
    }
    Ok(())
}

fn encoded(document: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(BASE64_STANDARD.encode(document))
}

fn whole_document(document: &Document) -> Zeroizing<String> {
    let mut out = Writer::default();
    out.append(DECLARATION);
    document::write(&mut out, document, Root::Own);
    Zeroizing::new(out.finish())
}

fn error_block(out: &mut Writer, error: &ErrorBlock<'_>) {
    out.open("ssbt:error");
    out.leaf("ssbt:kalla", error.source);
    out.leaf("ssbt:felkod", error.code);
    for message in &error.messages {
        out.leaf("ssbt:felmeddelande", message);
    }
    out.close("ssbt:error");
}

#[cfg(test)]
mod tests;
