//! OpenAPI 3.0, as much of it as the published file uses; of more it is said that it is not understood.

mod source;

use std::collections::BTreeMap;
use std::path::Path;

use source::{File, Source};

use crate::model::{Facets, Kind, Node, Occurs, Particle, Value, ValueType};

/// The tree of the schema of this name.
pub(crate) fn read(file: &Path, text: &str, name: &str) -> Node {
    let source: File = match serde_saphyr::from_str(text) {
        Ok(source) => source,
        Err(error) => panic!("`{}` is more of OpenAPI than is understood here: {error}", file.display()),
    };
    let reader = Reader { schemas: &source.components.schemas };
    reader.node(reader.named(name), String::new(), name)
}

struct Reader<'a> {
    schemas: &'a BTreeMap<String, Source>,
}

impl<'a> Reader<'a> {
    fn named(&self, name: &str) -> &'a Source {
        self.schemas.get(name).unwrap_or_else(|| panic!("the file has no schema `{name}`"))
    }

    fn node(&self, source: &'a Source, path: String, name: &str) -> Node {
        let source = match &source.reference {
            Some(reference) => self.named(reference.rsplit('/').next().unwrap_or_default()),
            None => source,
        };
        match source.type_name.as_deref() {
            Some("object") => self.object(source, Node::new(path, name, "", Kind::Object)),
            Some("array") => self.list(source, Node::new(path, name, "", Kind::List)),
            _ => Node { value: Some(value(source)), ..Node::new(path, name, "", Kind::Scalar) },
        }
    }

    fn object(&self, source: &'a Source, mut node: Node) -> Node {
        for (name, member) in &source.properties.0 {
            let member = self.node(member, node.path_below(name), name);
            node.members.push(Particle::One(Box::new(member), Occurs::once(source.required.contains(name))));
        }
        node
    }

    fn list(&self, source: &'a Source, mut node: Node) -> Node {
        let Some(items) = &source.items else { panic!("the array `{}` says nothing of its items", node.path) };
        let item = self.node(items, node.path_below("item"), "item");
        node.distinct = source.unique_items;
        node.members.push(Particle::One(Box::new(item), Occurs { min: source.min_items, max: source.max_items }));
        node
    }
}

fn value(source: &Source) -> Value {
    let (type_name, format) = (source.type_name.as_deref(), source.format.as_deref());
    let value_type = match (type_name, format) {
        (Some("string"), None) => ValueType::Text,
        (Some("string"), Some("date")) => ValueType::Date,
        (Some("string"), Some("date-time")) => ValueType::DateTime,
        (Some("integer"), _) => ValueType::Integer,
        (Some("number"), _) => ValueType::Decimal,
        (Some("boolean"), _) => ValueType::Boolean,
        other => panic!("{other:?} is more of OpenAPI than is understood here"),
    };
    let facets = Facets {
        enumeration: source.enumeration.iter().map(written).collect(),
        pattern: source.pattern.clone(),
        min_length: source.min_length,
        max_length: source.max_length,
        minimum: source.minimum,
        maximum: source.maximum,
    };
    Value { value_type, base: format.or(type_name).unwrap_or_default().to_owned(), facets }
}

fn written(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::declarations;

    #[test]
    fn a_schema_is_told_member_by_member_with_type_and_occurrence() {
        let text = "components:\n  schemas:\n    Answer:\n      type: object\n      required: [when]\n      properties:\n        \
            when: {type: string, format: date}\n        at: {type: string, format: date-time}\n        sums:\n          type: array\n          \
            maxItems: 1\n          items: {$ref: '#/components/schemas/Sum'}\n        codes: {type: array, minItems: 1, items: {type: integer}}\n    \
            Sum: {type: object, properties: {amount: {type: number, format: double}, sure: {type: boolean}, by: {type: string}}}\n";
        let root = read(Path::new("answer.yaml"), text, "Answer");
        let lines: Vec<String> = declarations(&root).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        /Answer object 1
        when date 1
        at date-time 0..1
        sums list 0..1
        sums/item object 0..n
        sums/item/amount decimal 0..1
        sums/item/sure boolean 0..1
        sums/item/by text 0..1
        codes list 0..1
        codes/item integer 0..n
        ");
    }
}
