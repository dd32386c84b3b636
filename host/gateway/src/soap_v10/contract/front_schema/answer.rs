//! The types of the answer, of faults and of the test operation.

use super::{Field, Note, Type};
use crate::soap_v10::contract::block::{BLOCKS, Block, Data};
use crate::soap_v10::contract::markup::{element, empty};
use crate::soap_v10::contract::xsd::Occurs::{AtLeastOnce, AtMostOnce, Once};
use crate::soap_v10::contract::xsd::annotation;
use crate::soap_v10::xml::Writer;

/// Writes every type that an answer is made of.
pub(super) fn write(out: &mut Writer) {
    source(out);
    for described in &TYPES {
        described.write(out);
    }
    for block in BLOCKS {
        if let Data::Encoded { name, element } = block.data {
            encoded(out, name, element);
        }
        block_type(out, block);
    }
    every_block(out);
}

fn source(out: &mut Writer) {
    element(out, "xsd:simpleType", &[("name", "KallaEnum")], |out| {
        element(out, "xsd:restriction", &[("base", "xsd:string")], |out| {
            for (value, Note(sv, en)) in SOURCES {
                element(out, "xsd:enumeration", &[("value", value)], |out| annotation(out, sv, en));
            }
        });
    });
}

/// A type that holds a document in base64.
fn encoded(out: &mut Writer, name: &str, only: &str) {
    element(out, "xsd:complexType", &[("name", name)], |out| {
        element(out, "xsd:sequence", &[], |out| {
            let attributes = [("name", only), ("type", "xsd:base64Binary")];
            element(out, "xsd:element", &attributes, |out| annotation(out, ENCODED.0, ENCODED.1));
        });
    });
}

/// `data` or `error`.
fn block_type(out: &mut Writer, block: Block) {
    let of = match block.data {
        Data::Document(named) | Data::Text(named) => format!("{}:{}", named.prefix, named.name),
        Data::Encoded { name, element: _ } => format!("ssbt:{name}"),
    };
    element(out, "xsd:complexType", &[("name", block.name)], |out| {
        element(out, "xsd:sequence", &[], |out| {
            element(out, "xsd:choice", &[], |out| {
                element(out, "xsd:element", &[("name", "data"), ("type", &of)], |out| annotation(out, DATA.0, DATA.1));
                element(out, "xsd:element", &[("name", "error"), ("type", "ssbt:Error")], |out| {
                    annotation(out, ERROR.0, ERROR.1);
                });
            });
        });
    });
}

fn every_block(out: &mut Writer) {
    let blocks = |out: &mut Writer, name: &str, of: &dyn Fn(Block) -> String| {
        element(out, "xsd:complexType", &[("name", name)], |out| {
            element(out, "xsd:sequence", &[], |out| {
                for block in BLOCKS {
                    let attributes = [("name", block.agency.as_str()), ("type", &of(block)), ("minOccurs", "0")];
                    empty(out, "xsd:element", &attributes);
                }
            });
        });
    };
    blocks(out, "SammansattBastjanstSvarData", &|block| format!("ssbt:{}", block.name));
    blocks(out, "SammansattBastjanstTestSvar", &|_| "ssbt:TestSvar".to_owned());
}

const TYPES: [Type; 5] = [
    Type::new(
        "Error",
        Note("Varför blocket inte har några uppgifter.", "Why the block has no data."),
        &[
            Field::new("kalla", "ssbt:KallaEnum", Once, Note::EMPTY),
            Field::new("felkod", "xsd:string", Once, Note("Ändrar aldrig betydelse.", "Never changes its meaning.")),
            Field::new(
                "felmeddelande",
                "xsd:string",
                AtLeastOnce,
                Note("På svenska, kan visas för handläggaren.", "In Swedish, may be shown to the caseworker."),
            ),
        ],
    ),
    Type::new(
        "SammansattBastjanstSvar",
        Note("Svaret från de bastjänster som frågades.", "The answer of the base services that were asked."),
        &[
            Field::new(
                "fraga",
                "ssbt:SammansattBastjanstFragaOriginal",
                AtMostOnce,
                Note("Frågan, om den skulle återges.", "The question, if it was to be repeated."),
            ),
            Field::new("frageTidpunkt", "xsd:dateTime", AtMostOnce, Note("Ur frågan.", "From the question.")),
            Field::new("korrelationsid", "xsd:string", AtMostOnce, Note("Ur frågan.", "From the question.")),
            Field::new("svarsdata", "ssbt:SammansattBastjanstSvarData", Once, Note::EMPTY),
        ],
    ),
    Type::new(
        "BastjanstInformationFault",
        Note("Varför hela anropet saknar svar.", "Why the whole call has no answer."),
        &[
            Field::new("felkod", "xsd:string", Once, Note("Ändrar aldrig betydelse.", "Never changes its meaning.")),
            Field::new(
                "felmeddelande",
                "xsd:string",
                AtLeastOnce,
                Note(
                    "Det första: vad koden betyder. Det andra, på engelska: vad som är fel i anropet.",
                    "The first: what the code means, in Swedish. The second: what is wrong with the call.",
                ),
            ),
        ],
    ),
    Type::new("SammansattBastjanstTestFraga", Note::EMPTY, &[]),
    Type::new(
        "TestSvar",
        Note("Hur det gick att nå en bastjänst.", "How a base service could be reached."),
        &[
            Field::new(
                "anropad",
                "xsd:boolean",
                Once,
                Note("Om bastjänstens egen testfunktion anropades.", "Whether its own test function was called."),
            ),
            Field::new("error", "ssbt:Error", AtMostOnce, Note::EMPTY),
        ],
    ),
];

const SOURCES: [(&str, Note); 2] = [
    ("SSBT", Note("Felet är den sammansatta tjänstens.", "The fault is the broker's.")),
    ("BT", Note("Felet är bastjänstens.", "The fault is the base service's.")),
];
const DATA: Note = Note(
    "Det som myndigheten skrev, utan det som rollen inte får se.",
    "What the agency wrote, without what the role may not see.",
);
const ERROR: Note = Note(
    "SSBT-108 och SSBT-109 är svar och inga fel: samma fråga ger samma svar.",
    "SSBT-108 and SSBT-109 are answers and no faults: asking again gives the same.",
);
const ENCODED: Note = Note(
    "Myndighetens dokument i base64: XML från CSN, JSON (LEFI) från Försäkringskassan. CSN:s beskrivs i csn.xsd när bastjänsten är ansluten.",
    "The agency's document in base64: XML of CSN, JSON (LEFI) of Försäkringskassan. CSN's is described in csn.xsd where it is connected.",
);
