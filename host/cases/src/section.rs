//! Where in a component its cases are.

use wasmparser::{Encoding, Parser, Payload};

use crate::cases::Cases;
use crate::invalid::InvalidCases;

/// The name of the custom section that holds a component's cases, at its outermost level.
pub const SECTION: &str = "ssbtx:cases";

/// The cases that a component carries: none where it has no such section.
///
/// Sections of that name in what a component holds are somebody else's and passed over.
///
/// # Errors
///
/// [`InvalidCases`] for what is no component, has two such sections, or carries what are no cases.
pub fn cases_of(component: &[u8]) -> Result<Cases, InvalidCases> {
    let mut sections = sections(component)?.into_iter().filter(|section| section.is_cases);
    match (sections.next(), sections.next()) {
        (None, _) => Ok(Cases::none()),
        (Some(section), None) => Cases::parse(section.data),
        (Some(_), Some(_)) => Err(InvalidCases::Twice),
    }
}

/// A component with these cases and no others, as its last section. The same component and cases give the same bytes.
///
/// # Errors
///
/// [`InvalidCases::NotAComponent`] for what is none.
pub fn with_cases(component: &[u8], cases: &Cases) -> Result<Vec<u8>, InvalidCases> {
    let header = component.get(..HEADER_BYTES).ok_or(InvalidCases::NotAComponent)?;
    let kept = sections(component)?.into_iter().filter(|section| !section.is_cases);
    let mut bytes = header.to_vec();
    kept.for_each(|section| bytes.extend_from_slice(section.whole));
    if cases.is_empty() {
        return Ok(bytes);
    }
    let mut content = Vec::with_capacity(SECTION.len() + cases.as_json().len() + 1);
    push_leb128(&mut content, SECTION.len());
    content.extend_from_slice(SECTION.as_bytes());
    content.extend_from_slice(cases.as_json());
    bytes.push(CUSTOM);
    push_leb128(&mut bytes, content.len());
    bytes.extend_from_slice(&content);
    Ok(bytes)
}

/// A section at the outermost level of a component.
struct Section<'b> {
    /// With what says what it is and how long.
    whole: &'b [u8],
    /// What it holds, where it holds cases; else empty.
    data: &'b [u8],
    is_cases: bool,
}

fn sections(component: &[u8]) -> Result<Vec<Section<'_>>, InvalidCases> {
    let mut sections = Vec::new();
    let (mut level, mut begin) = (0_usize, HEADER_BYTES);
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload.map_err(|_| InvalidCases::NotAComponent)?;
        match &payload {
            Payload::Version { encoding, .. } => {
                if level == 0 && *encoding != Encoding::Component {
                    return Err(InvalidCases::NotAComponent);
                }
                level += 1;
                continue;
            }
            Payload::End(_) => {
                level = level.saturating_sub(1);
                continue;
            }
            _ if level != 1 => continue,
            _ => {}
        }
        let Some((_, range)) = payload.as_section() else { continue };
        let whole = component.get(begin..range.end).ok_or(InvalidCases::NotAComponent)?;
        begin = range.end;
        sections.push(match &payload {
            Payload::CustomSection(custom) if custom.name() == SECTION => {
                Section { whole, data: custom.data(), is_cases: true }
            }
            _ => Section { whole, data: &[], is_cases: false },
        });
    }
    Ok(sections)
}

/// A number as WebAssembly writes it.
fn push_leb128(bytes: &mut Vec<u8>, number: usize) {
    let mut rest = number;
    loop {
        // Masked to seven bits, so that it fits.
        let low = u8::try_from(rest & 0x7f).unwrap_or_default();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// The magic number and the version, which come before the sections.
const HEADER_BYTES: usize = 8;
/// The id of a custom section.
const CUSTOM: u8 = 0;

#[cfg(test)]
mod tests;
