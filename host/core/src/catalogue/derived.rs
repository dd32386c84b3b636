//! What follows from a catalogue, found once and not with every document.

use std::collections::HashMap;

use super::{CatalogueSource, ElementId, Encoding, Kind, Scope};

/// What follows from a catalogue, by element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Derived {
    names: Vec<String>,
    sharing_local_names: Vec<bool>,
    with_attributes: Vec<bool>,
    datasets: Vec<Option<usize>>,
}

impl Derived {
    /// Looks through a catalogue that has been checked: parents come before their children.
    pub(super) fn of(source: &CatalogueSource) -> Self {
        let elements = || (0u16..).map(ElementId).zip(&source.elements);
        let mut names: Vec<String> = Vec::with_capacity(source.elements.len());
        let mut with_attributes = vec![false; source.elements.len()];
        let mut siblings: HashMap<_, Vec<ElementId>> = HashMap::new();
        for (id, element) in elements() {
            let above = element.parent.and_then(|parent| names.get(parent.index()));
            names.push(match above {
                None => format!("{}/", source.agency),
                Some(above) => {
                    let joint = if above.ends_with('/') { "" } else { "/" };
                    let mark = if element.kind == Kind::Attribute { "@" } else { "" };
                    format!("{above}{joint}{mark}{}", element.name)
                }
            });
            let is_attribute = element.kind == Kind::Attribute;
            if let Some(parent) = element.parent.filter(|_| is_attribute) {
                set(&mut with_attributes, parent);
            }
            // In JSON only an object and a list share a name, and a document has one of them.
            if source.encoding == Encoding::Xml {
                siblings.entry((element.parent, is_attribute, element.name.as_str())).or_default().push(id);
            }
        }
        let mut sharing_local_names = vec![false; source.elements.len()];
        for id in siblings.into_values().filter(|ids| ids.len() > 1).flatten() {
            set(&mut sharing_local_names, id);
        }
        let positions: HashMap<_, _> =
            source.datasets.iter().enumerate().map(|(position, dataset)| (&dataset.id, position)).collect();
        let datasets = source.elements.iter().map(|element| match &element.scope {
            Scope::Technical => None,
            Scope::Dataset(dataset) => positions.get(dataset).copied(),
        });
        let datasets = datasets.collect();
        Self { names, sharing_local_names, with_attributes, datasets }
    }

    /// The base service and the path, joined by `/`. Empty where there is no such element.
    pub(super) fn name(&self, id: ElementId) -> &str {
        self.names.get(id.index()).map_or("", String::as_str)
    }

    /// The position of the dataset that it is part of; none where it is technical.
    pub(super) fn dataset(&self, id: ElementId) -> Option<usize> {
        self.datasets.get(id.index()).copied().flatten()
    }

    /// Whether the local name is a sibling's too.
    pub(super) fn shares_local_name(&self, id: ElementId) -> bool {
        is_set(&self.sharing_local_names, id)
    }

    /// Whether there is an attribute below it.
    pub(super) fn may_have_attributes(&self, id: ElementId) -> bool {
        is_set(&self.with_attributes, id)
    }
}

fn set(flags: &mut [bool], id: ElementId) {
    if let Some(flag) = flags.get_mut(id.index()) {
        *flag = true;
    }
}

fn is_set(flags: &[bool], id: ElementId) -> bool {
    flags.get(id.index()).copied().unwrap_or_default()
}
