//! Simple types: what an element or attribute without children may hold.

use roxmltree::Node as Xml;

use super::XS;
use super::reader::Reader;
use crate::model::{Facets, Value, ValueType};

/// What a declaration's value may be, by the type that it names or holds.
pub(super) fn value<'a, 'i>(reader: Reader<'a, 'i>, declared: Xml<'a, 'i>) -> Value {
    match declared.attribute("type") {
        Some(name) => by_name(reader, declared, name),
        None => match declared.children().find(|node| node.has_tag_name((XS, "simpleType"))) {
            Some(simple_type) => restricted(reader, simple_type),
            None => panic!("a declaration without a type is more of XML Schema than is understood here"),
        },
    }
}

fn by_name<'a, 'i>(reader: Reader<'a, 'i>, place: Xml<'a, 'i>, name: &str) -> Value {
    if let Some(simple_type) = reader.referred("simpleType", place, name) {
        return restricted(reader, simple_type);
    }
    let base = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let value_type = match base {
        "string" | "normalizedString" => ValueType::Text,
        "int" => ValueType::Integer,
        "decimal" => ValueType::Decimal,
        "boolean" => ValueType::Boolean,
        "date" => ValueType::Date,
        other => panic!("the type `{other}` is more of XML Schema than is understood here"),
    };
    Value { value_type, base: base.to_owned(), facets: Facets::default() }
}

/// A restriction, which adds its facets to those of what it restricts.
fn restricted<'a, 'i>(reader: Reader<'a, 'i>, simple_type: Xml<'a, 'i>) -> Value {
    let restriction = simple_type.children().find(|node| node.has_tag_name((XS, "restriction")));
    let Some((restriction, base)) = restriction.and_then(|node| Some((node, node.attribute("base")?))) else {
        panic!("a simple type that restricts none is more of XML Schema than is understood here")
    };
    let mut value = by_name(reader, restriction, base);
    for facet in restriction.children().filter(Xml::is_element) {
        add(&mut value.facets, facet.tag_name().name(), facet.attribute("value").unwrap_or_default());
    }
    value
}

fn add(facets: &mut Facets, name: &str, value: &str) {
    match name {
        "annotation" => {}
        "enumeration" => facets.enumeration.push(value.to_owned()),
        "pattern" if facets.pattern.is_none() => facets.pattern = Some(value.to_owned()),
        "length" => (facets.min_length, facets.max_length) = (number(value), Some(number(value))),
        "minLength" => facets.min_length = number(value),
        "maxLength" => facets.max_length = Some(number(value)),
        "minInclusive" => facets.minimum = Some(number(value)),
        "maxInclusive" => facets.maximum = Some(number(value)),
        other => panic!("the facet `{other}` is more of XML Schema than is understood here"),
    }
}

fn number<N: std::str::FromStr>(text: &str) -> N {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}
