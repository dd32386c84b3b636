//! What JSON Schema says of a document.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use crate::xml_validation::Invalid;

/// A validator for one schema of an OpenAPI file. Dates and times are held to their format too.
pub(crate) fn validator(file: &Path, text: &str, name: &str) -> Validator {
    let mut schema: Value = match serde_saphyr::from_str(text) {
        Ok(schema) => schema,
        Err(error) => panic!("`{}` is no YAML: {error}", file.display()),
    };
    // The references in an OpenAPI file are from its root, so that is what becomes the schema, as one that refers to the chosen one.
    if let Some(members) = schema.as_object_mut() {
        members.insert("$ref".to_owned(), format!("#/components/schemas/{name}").into());
    }
    match jsonschema::options().should_validate_formats(true).build(&schema) {
        Ok(validator) => validator,
        Err(error) => panic!("`{}` is no JSON Schema: {error}", file.display()),
    }
}

/// Holds a document to a schema.
pub(crate) fn validate(validator: &Validator, document: &str) -> Result<(), Invalid> {
    let document: Value = serde_json::from_str(document).map_err(|error| Invalid(error.to_string()))?;
    let said: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if said.is_empty() { Ok(()) } else { Err(Invalid(said.join("\n"))) }
}
