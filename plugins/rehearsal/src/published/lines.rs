//! A schema and a catalogue in the same words, one line an element, so that a difference shows where it is.
//!
//! As much of XML Schema is understood as the published schemas use; of more it is said that it is not.

use roxmltree::{Document, Node};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{Element, ValueType};

use crate::catalogue::path;

/// The line of each element of a catalogue.
pub(crate) fn of_catalogue(elements: &[Element]) -> Vec<String> {
    elements.iter().map(|element| of_element(elements, element)).collect()
}

fn of_element(elements: &[Element], element: &Element) -> String {
    let value = match element.value_type {
        ValueType::None => "object",
        ValueType::Text => "text",
        ValueType::Integer => "integer",
        ValueType::Decimal => "decimal",
        ValueType::Boolean => "boolean",
        ValueType::Date => "date",
        ValueType::DateTime => "date-time",
    };
    let path = match element.parent {
        Some(_) => path(elements, element),
        None => root(&element.name),
    };
    line(&element.namespace, &path, value, Occurs { required: element.required, repeats: element.repeats })
}

/// The line of the global element of this name and of each element and attribute below it, in order.
pub(super) fn of_schema(document: &Document<'_>, name: &str) -> Vec<String> {
    let schema = document.root_element();
    let namespace = schema.attribute("targetNamespace").unwrap_or_default();
    let qualified = schema.attribute("elementFormDefault") == Some("qualified");
    let Some(element) = global(document, "element", name) else { panic!("the schema has no element `{name}`") };
    let mut walk = Walk { document, namespace: if qualified { namespace } else { "" }, lines: Vec::new() };
    walk.lines.push(line(namespace, &root(name), walk.value(element), Occurs { required: true, repeats: false }));
    walk.below(element, "");
    walk.lines
}

struct Walk<'a, 'i> {
    document: &'a Document<'i>,
    /// The namespace of elements that are no global ones.
    namespace: &'a str,
    lines: Vec<String>,
}

impl<'a, 'i> Walk<'a, 'i> {
    fn below(&mut self, holder: Node<'a, 'i>, path: &str) {
        let Some(content) = self.complex_type(holder) else { return };
        // A schema has attributes after the elements, a catalogue before them, as a document has.
        for node in content.children().filter(|node| node.has_tag_name((XS, "attribute"))) {
            let path = join(path, &format!("@{}", attribute(node, "name")));
            let occurs = Occurs { required: node.attribute("use") == Some("required"), repeats: false };
            self.lines.push(line("", &path, self.value(node), occurs));
        }
        for node in content.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "attribute" | "annotation" => {}
                "sequence" => node.children().filter(Node::is_element).for_each(|node| self.member(node, path)),
                other => panic!("`{other}` in a complex type is more of XML Schema than is understood here"),
            }
        }
    }

    fn member(&mut self, node: Node<'a, 'i>, path: &str) {
        match node.tag_name().name() {
            "element" => {
                let path = join(path, attribute(node, "name"));
                let occurs = Occurs {
                    required: node.attribute("minOccurs") != Some("0"),
                    repeats: !matches!(node.attribute("maxOccurs"), None | Some("1")),
                };
                self.lines.push(line(self.namespace, &path, self.value(node), occurs));
                self.below(node, &path);
            }
            // What may stand here is unknown by definition, and is dropped and counted.
            "any" => {}
            other => panic!("`{other}` in a sequence is more of XML Schema than is understood here"),
        }
    }

    fn complex_type(&self, element: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        match element.attribute("type") {
            Some(name) => global(self.document, "complexType", local(name)),
            None => element.children().find(|node| node.has_tag_name((XS, "complexType"))),
        }
    }

    fn value(&self, node: Node<'a, 'i>) -> &'static str {
        if self.complex_type(node).is_some() {
            return "object";
        }
        let name = node.attribute("type").unwrap_or_else(|| base(node));
        match local(global(self.document, "simpleType", local(name)).map_or(name, base)) {
            "string" | "normalizedString" => "text",
            "int" => "integer",
            "decimal" => "decimal",
            "boolean" => "boolean",
            "date" => "date",
            other => panic!("the type `{other}` is more of XML Schema than is understood here"),
        }
    }
}

/// How often an element may stand under its parent.
#[derive(Clone, Copy)]
struct Occurs {
    required: bool,
    repeats: bool,
}

fn line(namespace: &str, path: &str, value: &str, occurs: Occurs) -> String {
    let occurs = match (occurs.required, occurs.repeats) {
        (true, false) => "1",
        (false, false) => "0..1",
        (true, true) => "1..n",
        (false, true) => "0..n",
    };
    let namespace = if namespace.is_empty() { String::new() } else { format!(" in {namespace}") };
    format!("{path} {value} {occurs}{namespace}")
}

fn root(name: &str) -> String {
    format!("/{name}")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

/// The type that a simple type restricts.
fn base<'a>(holder: Node<'a, '_>) -> &'a str {
    match holder.descendants().find(|node| node.has_tag_name((XS, "restriction"))) {
        Some(restriction) => attribute(restriction, "base"),
        None => panic!("a simple type that restricts none is more of XML Schema than is understood here"),
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("`{}` has no `{name}`", node.tag_name().name()))
}

fn global<'a, 'i>(document: &'a Document<'i>, kind: &str, name: &str) -> Option<Node<'a, 'i>> {
    let named = |node: &Node<'_, '_>| node.has_tag_name((XS, kind)) && node.attribute("name") == Some(name);
    document.root_element().children().find(named)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

const XS: &str = "http://www.w3.org/2001/XMLSchema";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_told_element_by_element_with_type_occurrence_and_namespace() {
        let schema = "<s:schema xmlns:s='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'>\
            <s:simpleType name='Code'><s:restriction base='s:string'/></s:simpleType>\
            <s:complexType name='Answer'><s:sequence>\
            <s:element name='code' type='t:Code'/><s:element name='day' type='s:date' minOccurs='0'/>\
            <s:element name='group' maxOccurs='unbounded'><s:complexType><s:sequence>\
            <s:element name='count' minOccurs='0' maxOccurs='9'><s:simpleType><s:restriction base='s:int'/></s:simpleType></s:element>\
            </s:sequence><s:attribute name='sure' type='s:boolean' use='required'/></s:complexType></s:element>\
            <s:any/></s:sequence></s:complexType><s:element name='answer' type='t:Answer'/></s:schema>";
        let document = Document::parse(schema).unwrap();
        insta::assert_snapshot!(of_schema(&document, "answer").join("\n"), @r"
        /answer object 1 in urn:t
        code text 1
        day date 0..1
        group object 1..n
        group/@sure boolean 1
        group/count integer 0..n
        ");
    }
}
