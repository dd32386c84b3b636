//! An adapter's description, from its static catalogue.

use crate::bindings::exports::ssbtx::adapter::translation::{Description, Limits};
use crate::bindings::exports::ssbtx::catalogue::types;
use crate::catalogue::{Bilingual, Catalogue, Dataset, Element, Scope};

/// The upstream that an adapter with one base service sends to.
pub const UPSTREAM: &str = "base-service";

/// What an adapter with one base service says of itself.
pub fn description(catalogue: &Catalogue) -> Description {
    Description {
        catalogue: types::AgencyCatalogue {
            agency: catalogue.agency.to_owned(),
            version: catalogue.version.to_owned(),
            encoding: catalogue.encoding,
            elements: catalogue.elements.iter().map(element).collect(),
            datasets: catalogue.datasets.iter().map(dataset).collect(),
        },
        upstreams: vec![UPSTREAM.to_owned()],
        limits: Limits { memory_bytes: MEMORY_BYTES, reply_bytes: REPLY_BYTES },
    }
}

fn element(element: &Element) -> types::Element {
    types::Element {
        parent: element.parent,
        name: element.name.to_owned(),
        namespace: element.namespace.to_owned(),
        kind: element.kind,
        value_type: element.value_type,
        required: element.required,
        repeats: element.repeats,
        scope: match element.scope {
            Scope::Technical => types::Scope::Technical,
            Scope::Dataset(id) => types::Scope::Dataset(id.to_owned()),
        },
        label: bilingual(&element.label),
        help: bilingual(&element.help),
        marks_protection: element.marks_protection,
    }
}

fn dataset(dataset: &Dataset) -> types::Dataset {
    types::Dataset {
        id: dataset.id.to_owned(),
        discloser: dataset.discloser.to_owned(),
        label: bilingual(&dataset.label),
        help: bilingual(&dataset.help),
    }
}

fn bilingual(text: &Bilingual) -> types::Bilingual {
    types::Bilingual { sv: text.sv.to_owned(), en: text.en.to_owned() }
}

/// 64 MiB: a reply of the largest size, its nodes and their texts, and all that was moved on from while they grew, since no memory is given back.
const MEMORY_BYTES: u64 = 64 << 20;
/// 4 MiB: a hundred times the longest answer seen about one person. It does not stop an agency from sending more; the host does.
const REPLY_BYTES: u64 = 4 << 20;
