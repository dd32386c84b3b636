//! What a catalogue lacks, as catalogue source with open texts.

use std::fmt::{self, Display, Formatter};

use ssbtx_catalogue_source::{Kind, ValueType};

use super::comparison::Comparison;
use super::open_api::{OpenApi, Schema};

/// Catalogue source: types that are new, elements for types that there are, then comments.
pub struct Skeleton<'a> {
    pub open_api: &'a OpenApi,
    pub comparison: &'a Comparison,
    pub root: &'a str,
}

impl Display for Skeleton<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for name in self.open_api.names() {
            let Ok(schema) = self.open_api.schema(name) else { continue };
            if self.comparison.unknown.contains(name) {
                writeln!(f, "[[type]]\nname = \"{name}\"")?;
                write_texts(f, &schema.description)?;
                self.write_elements(f, schema, "[[type.element]]", |_| true)?;
            } else if let Some(lacking) = self.comparison.lacking.get(name) {
                let table = if name == self.root { "[[element]]" } else { "[[type.element]]" };
                writeln!(f, "# {name} also has:\n")?;
                self.write_elements(f, schema, table, |property| lacking.contains(property))?;
            }
        }
        for path in &self.comparison.excess {
            writeln!(f, "# in excess: {path}")?;
        }
        for path in &self.comparison.different {
            writeln!(f, "# of another type or necessity than published: {path}")?;
        }
        Ok(())
    }
}

impl Skeleton<'_> {
    fn write_elements(
        &self,
        f: &mut Formatter<'_>,
        schema: &Schema,
        table: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> fmt::Result {
        for (name, property) in schema.properties().iter().filter(|(name, _)| wanted(name)) {
            let Ok(shape) = self.open_api.shape(property) else { return Err(fmt::Error) };
            writeln!(f, "{table}\npath = \"{name}\"\nkind = \"{}\"", kind(shape.kind))?;
            if let Some(of) = shape.of {
                writeln!(f, "of = \"{of}\"")?;
            }
            if let Some(value_type) = shape.value_type {
                writeln!(f, "type = \"{}\"", type_name(value_type))?;
            }
            if schema.requires(name) {
                writeln!(f, "required = true")?;
            }
            write_texts(f, &property.description)?;
        }
        Ok(())
    }
}

/// The texts: the agency's own words as help in Swedish, everything else for a person to write.
fn write_texts(f: &mut Formatter<'_>, description: &str) -> fmt::Result {
    let words: Vec<&str> = description.split_whitespace().collect();
    let help = words.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
    writeln!(f, "label.sv = \"\"\nlabel.en = \"\"\nhelp.sv = \"{help}\"\nhelp.en = \"\"\n")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "object",
        Kind::List => "list",
        Kind::Scalar => "scalar",
        Kind::Attribute => "attribute",
    }
}

fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text => "text",
        ValueType::Integer => "integer",
        ValueType::Decimal => "decimal",
        ValueType::Boolean => "boolean",
        ValueType::Date => "date",
        ValueType::DateTime => "date-time",
    }
}

#[cfg(test)]
mod tests {
    use ssbtx_catalogue_source::Catalogue;

    use super::*;

    #[test]
    fn a_complete_catalogue_gives_nothing() {
        assert_eq!(skeleton(&format!("{WHEN}{NONE}{SUMS}{SUM}")), "");
    }

    #[test]
    fn what_is_lacking_comes_with_the_types_that_it_is_of() {
        insta::assert_snapshot!(skeleton(&format!("{WHEN}{NONE}")), @r#"
        # Answer also has:

        [[element]]
        path = "sums"
        kind = "list"
        of = "Sum"
        label.sv = ""
        label.en = ""
        help.sv = "Alla \"summor\"."
        help.en = ""

        [[type]]
        name = "Sum"
        label.sv = ""
        label.en = ""
        help.sv = "En summa."
        help.en = ""

        [[type.element]]
        path = "amount"
        kind = "scalar"
        type = "decimal"
        label.sv = ""
        label.en = ""
        help.sv = ""
        help.en = ""
        "#);
    }

    #[test]
    fn what_is_in_excess_or_otherwise_is_named() {
        let when = WHEN.replace("required = true\n", "");
        let more = SUM.replace("[[type.element]]", "[[type.element]]\npath = \"more\"\nkind = \"scalar\"\ntype = \"text\"\nlabel = { sv = \"M\", en = \"M\" }\nhelp = { sv = \"M.\", en = \"M.\" }\n[[type.element]]");
        insta::assert_snapshot!(skeleton(&format!("{when}{NONE}{SUMS}{more}")), @r"
        # in excess: sums/item/more
        # of another type or necessity than published: when
        ");
    }

    fn skeleton(elements: &str) -> String {
        let open_api: OpenApi = serde_saphyr::from_str(OPEN_API).unwrap();
        let catalogue = Catalogue::parse(&format!("{HEAD}{elements}")).unwrap();
        let comparison = Comparison::of(&catalogue, &open_api, "Answer").unwrap();
        Skeleton { open_api: &open_api, comparison: &comparison, root: "Answer" }.to_string()
    }

    const OPEN_API: &str = r#"
components:
  schemas:
    Answer:
      type: object
      required: [when]
      properties:
        when: {type: string, format: date}
        none: {$ref: '#/components/schemas/None'}
        sums: {type: array, description: "Alla\n  \"summor\".", items: {$ref: '#/components/schemas/Sum'}}
    None: {type: object}
    Sum: {type: object, description: En summa., properties: {amount: {type: number}}}
"#;

    const HEAD: &str = r#"
agency = "FK"
version = "1.0.0"
encoding = "json"
[root]
name = "Answer"
label = { sv = "S", en = "A" }
help = { sv = "S.", en = "A." }
[[dataset]]
id = "data"
discloser = "FK"
label = { sv = "D", en = "D" }
help = { sv = "D.", en = "D." }
"#;

    const WHEN: &str = r#"
[[element]]
path = "when"
kind = "scalar"
type = "date"
required = true
dataset = "data"
label = { sv = "N", en = "W" }
help = { sv = "N.", en = "W." }
"#;

    const NONE: &str = r#"
[[element]]
path = "none"
kind = "object"
technical = true
label = { sv = "I", en = "N" }
help = { sv = "I.", en = "N." }
[[element]]
path = "none"
kind = "list"
type = "text"
technical = true
label = { sv = "I", en = "N" }
help = { sv = "I.", en = "N." }
"#;

    const SUMS: &str = r#"
[[element]]
path = "sums"
kind = "list"
of = "Sum"
dataset = "data"
label = { sv = "S", en = "S" }
help = { sv = "S.", en = "S." }
"#;

    const SUM: &str = r#"
[[type]]
name = "Sum"
label = { sv = "S", en = "S" }
help = { sv = "S.", en = "S." }
[[type.element]]
path = "amount"
kind = "scalar"
type = "decimal"
label = { sv = "B", en = "A" }
help = { sv = "B.", en = "A." }
"#;
}
