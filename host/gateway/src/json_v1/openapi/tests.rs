mod agreement;
mod answers;

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::super::problem::{Problem, every_problem};
use super::*;

fn description() -> Value {
    serde_json::to_value(document().unwrap()).unwrap()
}

/// Every operation with its path and method, in lower case.
fn operations(description: &Value) -> BTreeMap<(String, String), Value> {
    let paths = description["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, operation)| ((path.clone(), method.clone()), operation.clone()))
    });
    each.collect()
}

/// A schema of the description, or one that refers to them, closed: what it does not tell of is no part of it.
fn validator(description: &Value, schema: &Value) -> Validator {
    let mut components = description["components"].clone();
    let shared = written_into_others(&components);
    let schemas = components["schemas"].as_object_mut().unwrap();
    for (name, schema) in schemas.iter_mut() {
        let is_object = schema.get("properties").is_some() || schema.get("allOf").is_some();
        refer_to_closed(schema, &shared);
        if is_object && !shared.contains(name) {
            schema["unevaluatedProperties"] = json!(false);
        }
    }
    let closed = |name: &String| json!({ "$ref": format!("{SCHEMAS}{name}"), "unevaluatedProperties": false });
    schemas.extend(shared.iter().map(|name| (format!("Closed{name}"), closed(name))));
    let mut whole = schema.clone();
    refer_to_closed(&mut whole, &shared);
    whole["components"] = components;
    jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).build(&whole).unwrap()
}

/// The schemas whose members stand among those of another one. Closed themselves, they would not admit the others' members.
fn written_into_others(components: &Value) -> BTreeSet<String> {
    let schemas = components["schemas"].as_object().unwrap().values();
    let items = schemas.filter_map(|schema| schema.get("allOf")).flat_map(|items| items.as_array().unwrap());
    items.filter_map(|item| item["$ref"].as_str()?.strip_prefix(SCHEMAS)).map(str::to_owned).collect()
}

/// Lets a schema refer to such schemas closed where they stand alone.
fn refer_to_closed(schema: &mut Value, shared: &BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref", Value::String(location)) => {
                        if let Some(name) = location.strip_prefix(SCHEMAS).filter(|name| shared.contains(*name)) {
                            *location = format!("{SCHEMAS}Closed{name}");
                        }
                    }
                    ("allOf", Value::Array(items)) => {
                        let alone = items.iter_mut().filter(|item| item.get("$ref").is_none());
                        alone.for_each(|item| refer_to_closed(item, shared));
                    }
                    (_, member) => refer_to_closed(member, shared),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer_to_closed(item, shared)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let faults: Vec<_> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}\n{value:#}");
}

#[test]
fn the_kept_description_is_what_the_code_makes() {
    let kept = include_str!("../../../../../docs/openapi-v1.json");
    let made = text().unwrap();
    if made != kept {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target");
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(format!("{folder}/openapi-v1.json"), &made).unwrap();
        panic!(
            "`docs/openapi-v1.json` is not what the code makes: look at what differs, then `cp target/openapi-v1.json docs/`"
        );
    }
}

#[test]
fn every_route_is_described_and_nothing_else_is() {
    let routes = include_str!("../../router.rs").lines().filter_map(|line| line.trim().strip_prefix(".route(\"/v1"));
    let routed: BTreeSet<_> = routes
        .flat_map(|route| {
            let (path, handlers) = route.split_once('"').unwrap();
            let methods = ["get", "post", "put", "delete", "patch"];
            let has = move |method: &&str| handlers.contains(&format!("{method}("));
            methods.into_iter().filter(has).map(move |method| (format!("/v1{path}"), method.to_owned()))
        })
        .collect();
    assert_eq!(operations(&description()).into_keys().collect::<BTreeSet<_>>(), routed);
}

#[test]
fn every_operation_has_an_example_of_all_that_it_takes_and_gives_and_each_is_as_described() {
    let description = description();
    let mut examples = 0;
    for ((path, method), operation) in operations(&description) {
        let responses = operation["responses"].as_object().unwrap().values();
        let bodies = responses.chain(operation.get("requestBody")).filter_map(|holder| holder.get("content"));
        for (media_type, content) in bodies.flat_map(|content| content.as_object().unwrap()) {
            let validator = validator(&description, &content["schema"]);
            let shown = content["examples"].as_object().filter(|shown| !shown.is_empty());
            for (name, example) in shown.unwrap_or_else(|| panic!("{method} {path} has no {media_type}")) {
                assert_valid(&validator, &example["value"], &format!("{method} {path}: {name}"));
                examples += 1;
            }
        }
        for parameter in operation["parameters"].as_array().unwrap() {
            assert_valid(&validator(&description, &parameter["schema"]), &parameter["example"], &path);
        }
    }
    assert!(examples > 50, "{examples}");
}

#[test]
fn every_problem_is_described_under_its_status() {
    let operations = operations(&description());
    let described = |problem: &Problem| {
        let status = problem.status().as_u16().to_string();
        let name = problem.code().trim_start_matches("/problems/");
        operations.values().any(|operation| {
            let content = &operation["responses"][&status]["content"]["application/problem+json"];
            content["examples"].get(name).is_some_and(|example| example["value"]["type"] == problem.code())
        })
    };
    for problem in every_problem() {
        // No operation has another method than its own.
        assert_eq!(described(&problem), problem != Problem::MethodNotAllowed, "{problem}");
    }
}

#[test]
fn every_problem_is_written_as_described() {
    let description = description();
    let validator = validator(&description, &json!({ "$ref": "#/components/schemas/Problem" }));
    for problem in every_problem() {
        assert_valid(&validator, &serde_json::to_value(problem.body()).unwrap(), problem.code());
    }
}

#[test]
fn every_response_tells_its_trace_and_that_it_is_not_stored() {
    for ((path, method), operation) in operations(&description()) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let headers = response["headers"].as_object().unwrap();
            assert!(
                headers.contains_key("traceparent") && headers.contains_key("cache-control"),
                "{method} {path} {status}"
            );
            assert_eq!(headers.contains_key("retry-after"), status == "429", "{method} {path} {status}");
        }
    }
}

const SCHEMAS: &str = "#/components/schemas/";
