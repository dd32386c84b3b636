//! Every schema of the contract: SSBTEK's own, and those of each agency.

use std::sync::Arc;

use ssbtx_core::{AgencyId, Catalogue, ElementId, Encoding};

use super::agency_schema;
use super::block::{BLOCKS, Block, Data, TypeName};
use super::front_schema;
use super::markup::{element, empty};
use super::xsd::{annotation, schema};

/// A schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schema {
    /// The name that it is asked for by.
    ///
    /// # Shape
    ///
    /// Lower-case letters, digits, hyphens and dots, such as `af.xsd`: it stands in addresses and names files.
    pub(super) name: String,
    /// The schema.
    pub(super) text: String,
}

/// The name of SSBTEK's own schema.
pub(super) const FRONT: &str = "ssbt-10.xsd";

/// Writes every schema, SSBTEK's own first.
///
/// # Source
///
/// The catalogues that are loaded. The base services of version 10 are described whether their adapters are loaded or not: an adapter comes and
/// goes without the contract's clients being made anew.
pub(super) fn all(catalogues: &[Arc<Catalogue>]) -> Vec<Schema> {
    let mut imports = Vec::new();
    let mut schemas = Vec::new();
    for block in BLOCKS {
        let catalogue = xml_catalogue(catalogues, block.agency);
        let described = match block.data {
            Data::Document(type_name) => {
                // The namespace is the catalogue's: the agency's next major version may come before SSBTEK's.
                let namespace = catalogue.map_or("", root_namespace);
                let namespace = if namespace.is_empty() { type_name.namespace } else { namespace };
                imports.push((type_name.prefix, namespace.to_owned(), name(block, 0)));
                match catalogue {
                    Some(catalogue) => agency_schema::write(catalogue, type_name.name, namespace),
                    None => vec![unconnected(type_name)],
                }
            }
            Data::Text(type_name) => {
                imports.push((type_name.prefix, type_name.namespace.to_owned(), TEXT.to_owned()));
                schemas.push(Schema { name: TEXT.to_owned(), text: text(type_name) });
                within(catalogue)
            }
            Data::Encoded { .. } => within(catalogue),
        };
        let named =
            described.into_iter().enumerate().map(|(position, text)| Schema { name: name(block, position), text });
        schemas.extend(named);
    }
    schemas.insert(0, Schema { name: FRONT.to_owned(), text: front_schema::write(&imports) });
    schemas
}

/// The name of an agency's schema: of its first namespace `csn.xsd`, of its second `csn-2.xsd`.
pub(super) fn schema_name(agency: AgencyId, position: usize) -> String {
    let agency = agency.as_str().to_ascii_lowercase();
    if position == 0 { format!("{agency}.xsd") } else { format!("{agency}-{}.xsd", position + 1) }
}

fn name(block: Block, position: usize) -> String {
    schema_name(block.agency, position)
}

fn xml_catalogue(catalogues: &[Arc<Catalogue>], agency: AgencyId) -> Option<&Catalogue> {
    let catalogue = catalogues.iter().find(|catalogue| catalogue.agency() == agency)?;
    (catalogue.encoding() == Encoding::Xml).then_some(catalogue.as_ref())
}

fn root_namespace(catalogue: &Catalogue) -> &str {
    catalogue.element(ElementId::ROOT).map_or("", |root| root.namespace.as_str())
}

/// The schemas of a document that lies in another: nothing imports them, and whoever takes it out can validate it.
fn within(catalogue: Option<&Catalogue>) -> Vec<String> {
    let described = |catalogue: &Catalogue| {
        let root = catalogue.element(ElementId::ROOT)?;
        (!root.namespace.is_empty()).then(|| agency_schema::write(catalogue, &root.name, &root.namespace))
    };
    catalogue.and_then(described).unwrap_or_default()
}

/// The type of `data` of an agency whose adapter is not loaded: any content.
///
/// Its block holds an `error` for now. It is typed all the same, so that a client generated today can read the `data` that comes once the
/// adapter is loaded.
fn unconnected(type_name: TypeName) -> String {
    schema(type_name.namespace, &[], |out| {
        element(out, "xsd:complexType", &[("name", type_name.name)], |out| {
            annotation(out, UNCONNECTED_SV, UNCONNECTED_EN);
            element(out, "xsd:sequence", &[], |out| {
                let any = [("processContents", "skip"), ("minOccurs", "0"), ("maxOccurs", "unbounded")];
                empty(out, "xsd:any", &any);
            });
        });
    })
}

/// The type of `data` that holds a document as text.
fn text(type_name: TypeName) -> String {
    schema(type_name.namespace, &[], |out| {
        element(out, "xsd:complexType", &[("name", type_name.name)], |out| {
            element(out, "xsd:sequence", &[], |out| {
                let attributes = [("name", "svar"), ("type", "xsd:string"), ("form", "unqualified")];
                element(out, "xsd:element", &attributes, |out| annotation(out, TEXT_SV, TEXT_EN));
            });
        });
    })
}

const TEXT: &str = "skv-svar.xsd";
const TEXT_SV: &str = "Skatteverkets dokument som text: XML med egen XML-deklaration. När bastjänsten är ansluten beskrivs det i skv.xsd.";
const TEXT_EN: &str = "Skatteverket's document as text: XML with an XML declaration of its own. Where the base service is connected, skv.xsd describes it.";
const UNCONNECTED_SV: &str =
    "Bastjänsten är inte ansluten: blocket har bara error (SSBT-101). Innehållet beskrivs här när den är ansluten.";
const UNCONNECTED_EN: &str = "The base service is not connected: its block has error alone (SSBT-101). The content is described here once it is connected.";
