//! An honest guest: has as many elements as a catalogue may have, with help for each, and an answer with each of them.

use ssbtx_guest_adapter_harness::bindings::exports::ssbtx::catalogue::types::{
    AgencyCatalogue, Bilingual, Element, Encoding, Kind, Scope, ValueType,
};
use ssbtx_guest_adapter_harness::{Adapter, Answer, Description, Document, Node, Question, Reply, Step, Value, honest};

/// The guest.
pub struct LargestCatalogue;

impl Adapter for LargestCatalogue {
    fn describe() -> Description {
        let honest = honest::description();
        let elements = (0..ELEMENTS).map(element).collect();
        Description { catalogue: AgencyCatalogue { encoding: Encoding::Json, elements, ..honest.catalogue }, ..honest }
    }

    fn absorb(_question: Question, _state: Vec<u8>, _replies: Vec<Reply>) -> Step {
        let nodes = (0..ELEMENTS).map(|id| {
            let value = if is_object(id) { Value::Structure } else { Value::Text("x".to_owned()) };
            Node { element: id, depth: depth(id), value }
        });
        Step::Answer(Answer {
            document: Document { nodes: nodes.collect(), unknown_elements: 0 },
            failures: Vec::new(),
        })
    }
}

fn element(id: u16) -> Element {
    let kind = if is_object(id) { Kind::Object } else { Kind::Scalar };
    Element {
        parent: parent(id),
        name: format!("element{id}"),
        namespace: String::new(),
        kind,
        value_type: if is_object(id) { ValueType::None } else { ValueType::Text },
        required: id == 0,
        repeats: false,
        scope: if is_object(id) { Scope::Technical } else { Scope::Dataset(honest::DATASET.to_owned()) },
        label: Bilingual { sv: format!("Uppgift {id}"), en: format!("Element {id}") },
        help: Bilingual { sv: HELP.to_owned(), en: HELP.to_owned() },
        marks_protection: false,
    }
}

/// Below the root: groups of one object and 20 scalars in it, in pre-order.
fn parent(id: u16) -> Option<u16> {
    match id {
        0 => None,
        group if is_object(group) => Some(0),
        scalar => Some((scalar - 1) / GROUP * GROUP + 1),
    }
}

fn is_object(id: u16) -> bool {
    id == 0 || (id - 1).is_multiple_of(GROUP)
}

fn depth(id: u16) -> u16 {
    match id {
        0 => 0,
        id if is_object(id) => 1,
        _ => 2,
    }
}

/// `wit/catalogue/catalogue.wit`, `agency-catalogue`.
const ELEMENTS: u16 = 8192;
const GROUP: u16 = 21;
/// As long as the help texts of the largest real catalogue are on average.
const HELP: &str = "Vad en handläggare behöver veta för att läsa uppgiften rätt: vad den betyder, vilka koder som finns, vilken enhet \
                    beloppet har och hur den skiljer sig från det som ligger bredvid.";

ssbtx_guest_adapter_harness::component!(LargestCatalogue);
