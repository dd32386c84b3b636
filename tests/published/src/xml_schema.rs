//! XML Schema, as much of it as the published schemas use; of more it is said that it is not understood.

mod files;
mod reader;
mod simple;

use std::path::Path;

use roxmltree::Document;

use crate::model::Node;

use reader::Reader;

/// The tree below the global element of this name, which the file itself declares.
pub(crate) fn read(file: &Path, name: &str) -> Node {
    let texts = files::texts(file);
    let documents: Vec<Document<'_>> = texts.iter().map(|text| files::parsed(file, text)).collect();
    let Some(document) = documents.first() else { panic!("`{}` is no schema", file.display()) };
    Reader::new(&documents).root(document, name)
}

/// The namespace of XML Schema.
const XS: &str = "http://www.w3.org/2001/XMLSchema";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::declarations;

    #[test]
    fn a_schema_is_told_element_by_element_with_type_occurrence_and_namespace() {
        let schema = "<s:schema xmlns:s='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' xmlns:o='urn:o' targetNamespace='urn:t'>\
            <s:import namespace='urn:o'/>\
            <s:simpleType name='Code'><s:restriction base='s:string'/></s:simpleType>\
            <s:complexType name='Answer'><s:sequence>\
            <s:element name='code' type='t:Code'/><s:element name='day' type='s:date' minOccurs='0'/>\
            <s:sequence minOccurs='0' maxOccurs='5'><s:element name='pair' type='s:string'/></s:sequence>\
            <s:element name='group' maxOccurs='unbounded'><s:complexType><s:sequence>\
            <s:element name='count' minOccurs='0' maxOccurs='9'><s:simpleType><s:restriction base='s:int'/></s:simpleType></s:element>\
            <s:any/></s:sequence><s:attribute name='sure' type='s:boolean' use='required'/></s:complexType></s:element>\
            <s:element name='other' type='o:Other'/><s:element ref='o:shared' minOccurs='0'/>\
            </s:sequence></s:complexType><s:element name='answer' type='t:Answer'/></s:schema>";
        let other = "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:o' elementFormDefault='qualified'>\
            <element name='shared' type='decimal'/>\
            <complexType name='Other'><sequence><element name='deep' type='normalizedString' minOccurs='0'/></sequence></complexType></schema>";
        let documents = [schema, other].map(|text| Document::parse(text).unwrap());
        let root = Reader::new(&documents).root(&documents[0], "answer");
        let lines: Vec<String> = declarations(&root).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        /answer object 1 in urn:t
        code text 1
        day date 0..1
        pair text 0..n
        group object 1..n
        group/@sure boolean 1
        group/count integer 0..n
        other object 1
        other/deep text 0..1 in urn:o
        shared decimal 0..1 in urn:o
        ");
    }
}
