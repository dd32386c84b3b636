//! What an agency can disclose, checked once and then looked up by position.

mod check;
mod derived;

use std::collections::BTreeMap;
use std::fmt;

use crate::agency::AgencyId;
use crate::digest::Sha256Digest;
use crate::identifier::DatasetId;

use check::Checked;
use derived::Derived;

pub use check::InvalidCatalogue;

/// Everything that one base service can disclose.
///
/// # Shape
///
/// 1 to 8,192 elements, parents before children, element 0 the root and the only one without a parent.
///
/// # Source
///
/// `wit/catalogue/catalogue.wit`, `agency-catalogue`.
#[derive(Clone, PartialEq, Eq)]
pub struct Catalogue {
    source: CatalogueSource,
    depths: Vec<u16>,
    namesakes: BTreeMap<ElementId, ElementId>,
    derived: Derived,
    digest: Sha256Digest,
}

/// A catalogue as a component wrote it, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueSource {
    /// The base service.
    pub agency: AgencyId,
    /// The catalogue's own version.
    pub version: String,
    /// How its documents look on the wire.
    pub encoding: Encoding,
    /// Every element.
    pub elements: Vec<Element>,
    /// Every dataset.
    pub datasets: Vec<Dataset>,
}

/// How documents look on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// XML: every value is a text as written, or null.
    Xml,
    /// JSON.
    Json,
}

/// The position of an element in its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub u16);

impl ElementId {
    /// The document's root.
    pub const ROOT: Self = Self(0);

    /// The position as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One element (uppgift).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The element that holds this one; only the root has none.
    pub parent: Option<ElementId>,
    /// The local name in XML, the key in JSON.
    pub name: String,
    /// The XML namespace, empty for an unqualified name.
    pub namespace: String,
    /// How it is built.
    pub kind: Kind,
    /// What its value means.
    pub value_type: ValueType,
    /// Whether the agency's schema demands one where the parent is.
    pub required: bool,
    /// Whether it may occur more than once under one parent.
    pub repeats: bool,
    /// What it belongs to.
    pub scope: Scope,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What a caseworker must know to read it right.
    pub help: Bilingual,
    /// Whether `true`, or in a text anything but white space, marks a protected identity here.
    pub marks_protection: bool,
}

/// How an element is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Holds attributes and elements.
    Object,
    /// A JSON array with one repeating child.
    List,
    /// Holds one value.
    Scalar,
    /// An XML attribute.
    Attribute,
}

impl Kind {
    /// Whether it holds a value of its own.
    pub fn holds_value(self) -> bool {
        matches!(self, Self::Scalar | Self::Attribute)
    }
}

/// What a value means; it does not bind the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// No value.
    None,
    /// Free text or a code.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// A point in time.
    DateTime,
}

/// What an element belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Carries no personal data; stays wherever its parent stays.
    Technical,
    /// Part of a dataset: a policy must open it.
    Dataset(DatasetId),
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// A dataset (informationsmängd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Its name.
    pub id: DatasetId,
    /// The agency that owns the data.
    pub discloser: AgencyId,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What it holds.
    pub help: Bilingual,
}

impl Catalogue {
    /// Checks a catalogue, once.
    ///
    /// # Errors
    ///
    /// [`InvalidCatalogue`], which names the first element or dataset that is wrong.
    pub fn parse(source: CatalogueSource) -> Result<Self, InvalidCatalogue> {
        let Checked { depths, namesakes } = check::check(&source)?;
        // The derived `Debug` names every field of every element: equal text means an equal catalogue.
        let digest = Sha256Digest::of(format!("{source:?}").as_bytes());
        let derived = Derived::of(&source);
        Ok(Self { source, depths, namesakes, derived, digest })
    }

    /// The base service.
    pub fn agency(&self) -> AgencyId {
        self.source.agency
    }

    /// The catalogue's own version.
    pub fn version(&self) -> &str {
        &self.source.version
    }

    /// How its documents look on the wire.
    pub fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// Every element, in order.
    pub fn elements(&self) -> &[Element] {
        &self.source.elements
    }

    /// Every dataset.
    pub fn datasets(&self) -> &[Dataset] {
        &self.source.datasets
    }

    /// The identity of its content.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// One element, if there is one at this position.
    pub fn element(&self, id: ElementId) -> Option<&Element> {
        self.source.elements.get(id.index())
    }

    /// How deep an element lies: the root is 0.
    pub fn depth(&self, id: ElementId) -> Option<u16> {
        self.depths.get(id.index()).copied()
    }

    /// The sibling that shares an element's name: in JSON an agency may write one key as an object or as a list.
    ///
    /// A document has at most one of the two under one parent.
    pub fn namesake(&self, id: ElementId) -> Option<ElementId> {
        self.namesakes.get(&id).copied()
    }

    /// Every id with its element, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ElementId, &Element)> {
        // A checked catalogue has at most 8,192 elements.
        self.source
            .elements
            .iter()
            .enumerate()
            .map(|(index, element)| (ElementId(u16::try_from(index).unwrap_or(u16::MAX)), element))
    }

    /// The names from below the root down to an element, joined by `/`; an attribute's begins with `@`. Empty for the root.
    pub fn path(&self, id: ElementId) -> String {
        self.name(id).split_once('/').map_or_else(String::new, |(_, path)| path.to_owned())
    }

    /// The base service and an element's path, joined by `/`: as a grant names it. Empty where there is no such element.
    pub(crate) fn name(&self, id: ElementId) -> &str {
        self.derived.name(id)
    }

    /// The agency whose data an element is; none where it is technical.
    pub fn discloser(&self, id: ElementId) -> Option<AgencyId> {
        Some(self.datasets().get(self.dataset_of(id)?)?.discloser)
    }

    /// The position of an element's dataset in [`Self::datasets`]; none where it is technical.
    pub(crate) fn dataset_of(&self, id: ElementId) -> Option<usize> {
        self.derived.dataset(id)
    }

    /// Whether an element's local name is a sibling's too, in another namespace: in XML the name alone does not tell them apart.
    pub fn shares_local_name(&self, id: ElementId) -> bool {
        self.derived.shares_local_name(id)
    }

    /// Whether an element may have attributes.
    pub fn may_have_attributes(&self, id: ElementId) -> bool {
        self.derived.may_have_attributes(id)
    }

    /// The agencies whose data it has, each once, in the order of the datasets; the base service's own where it has no dataset.
    pub fn disclosers(&self) -> Vec<AgencyId> {
        let mut disclosers = Vec::new();
        for dataset in self.datasets() {
            if !disclosers.contains(&dataset.discloser) {
                disclosers.push(dataset.discloser);
            }
        }
        if disclosers.is_empty() {
            disclosers.push(self.agency());
        }
        disclosers
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catalogue({} {}, {} elements)", self.agency(), self.version(), self.elements().len())
    }
}
