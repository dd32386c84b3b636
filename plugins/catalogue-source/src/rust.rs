//! A catalogue as Rust tables.

use std::fmt::{self, Display, Formatter, Write};

use crate::catalogue::{Catalogue, Element, Scope};
use crate::file::{Bilingual, Dataset, Encoding, Kind, ValueType};

impl Catalogue {
    /// The Rust source of the catalogue: `CATALOGUE`, and a module `element` with each element's id under a name made from its path, such as
    /// `element::SVAR_ARBETSSOKANDE_INFO`.
    ///
    /// It names the types of `ssbtx_adapter_kit`, which the including crate must depend on.
    pub fn to_rust(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", Source(self));
        text
    }
}

struct Source<'a>(&'a Catalogue);

impl Display for Source<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let catalogue = self.0;
        let encoding = match catalogue.encoding {
            Encoding::Xml => "Xml",
            Encoding::Json => "Json",
        };
        writeln!(f, "/// What the base service can disclose, written from `catalogue.toml`.")?;
        writeln!(f, "pub(crate) static CATALOGUE: {KIT}::Catalogue = {KIT}::Catalogue {{")?;
        writeln!(f, "agency: {:?}, version: {:?},", catalogue.agency, catalogue.version)?;
        writeln!(f, "encoding: {WIT}::Encoding::{encoding},")?;
        writeln!(f, "elements: &[")?;
        for element in &catalogue.elements {
            write_element(f, element)?;
        }
        writeln!(f, "],\ndatasets: &[")?;
        for dataset in &catalogue.datasets {
            write_dataset(f, dataset)?;
        }
        writeln!(f, "],\n}};\n")?;
        write_ids(f, &catalogue.elements)
    }
}

fn write_element(f: &mut Formatter<'_>, element: &Element) -> fmt::Result {
    writeln!(f, "{KIT}::Element {{")?;
    writeln!(f, "parent: {:?}, children: &{:?},", element.parent, element.children)?;
    writeln!(f, "name: {:?}, namespace: {:?},", element.name, element.namespace)?;
    writeln!(f, "kind: {WIT}::Kind::{},", kind(element.kind))?;
    writeln!(f, "value_type: {WIT}::ValueType::{},", value_type(element.value_type))?;
    writeln!(f, "required: {}, repeats: {},", element.required, element.repeats)?;
    match &element.scope {
        Scope::Technical => writeln!(f, "scope: {KIT}::Scope::Technical,")?,
        Scope::Dataset(dataset) => writeln!(f, "scope: {KIT}::Scope::Dataset({dataset:?}),")?,
    }
    write_texts(f, &element.label, &element.help)?;
    writeln!(f, "marks_protection: {},\n}},", element.marks_protection)
}

fn write_dataset(f: &mut Formatter<'_>, dataset: &Dataset) -> fmt::Result {
    writeln!(f, "{KIT}::Dataset {{ id: {:?}, discloser: {:?},", dataset.id, dataset.discloser)?;
    write_texts(f, &dataset.label, &dataset.help)?;
    writeln!(f, "}},")
}

fn write_texts(f: &mut Formatter<'_>, label: &Bilingual, help: &Bilingual) -> fmt::Result {
    for (field, text) in [("label", label), ("help", help)] {
        writeln!(f, "{field}: {KIT}::Bilingual {{ sv: {:?}, en: {:?} }},", text.sv.trim(), text.en.trim())?;
    }
    Ok(())
}

fn write_ids(f: &mut Formatter<'_>, elements: &[Element]) -> fmt::Result {
    writeln!(f, "/// The elements' ids, named after their paths.")?;
    writeln!(f, "#[allow(dead_code, reason = \"an adapter names only the elements that it decides on\")]")?;
    writeln!(f, "pub(crate) mod element {{")?;
    for (id, element) in elements.iter().enumerate().skip(1) {
        writeln!(f, "pub(crate) const {}: u16 = {id};", element.constant)?;
    }
    writeln!(f, "}}")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "Object",
        Kind::List => "List",
        Kind::Scalar => "Scalar",
        Kind::Attribute => "Attribute",
    }
}

fn value_type(value_type: Option<ValueType>) -> &'static str {
    match value_type {
        None => "None",
        Some(ValueType::Text) => "Text",
        Some(ValueType::Integer) => "Integer",
        Some(ValueType::Decimal) => "Decimal",
        Some(ValueType::Boolean) => "Boolean",
        Some(ValueType::Date) => "Date",
        Some(ValueType::DateTime) => "DateTime",
    }
}

const KIT: &str = "::ssbtx_adapter_kit::catalogue";
const WIT: &str = "::ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types";
