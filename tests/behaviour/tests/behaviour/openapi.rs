//! The description of JSON v1 is true: an independent tool that knows nothing else cannot tell the host from it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use http::Method;
use serde_json::Value;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::pki::Identity;

use crate::play::Play;
use crate::python;

#[tokio::test]
async fn a_tester_made_from_the_served_description_finds_nothing_that_it_does_not_say() {
    let play = Play::begin();
    let description = saved(&play).await;
    let mut validator = Command::new(PROGRAMS.join("openapi-spec-validator"));
    assert_success("the description is no OpenAPI 3.1", validator.args(["--schema", "3.1"]).arg(&description));
    let identity = &play.pki.ekonomiskt_bistand;
    let mut tester = Command::new(PROGRAMS.join("schemathesis"));
    tester.env("SCHEMATHESIS_HOOKS", "schemathesis_hooks").env("PYTHONPATH", SOURCES);
    tester.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(play.folder());
    tester.arg("--config-file").arg(format!("{SOURCES}/schemathesis.toml")).arg("run").arg(&description);
    tester.arg("--url").arg(format!("https://localhost:{}", play.host.address().port()));
    tester.arg("--tls-verify").arg(&play.pki.host_roots);
    tester.arg("--request-cert").arg(&identity.chain).arg("--request-cert-key").arg(&identity.key);
    assert_success("schemathesis found a difference", &mut tester);
}

#[tokio::test]
async fn the_examples_in_the_description_are_what_the_host_answers() {
    let play = Play::begin();
    let description: Value = serde_json::from_str(&fs::read_to_string(saved(&play).await).unwrap()).unwrap();
    let ask = &description["paths"]["/v1/questions"]["post"];
    let [questions, answers] = [&ask["requestBody"], &ask["responses"]["200"]]
        .map(|holder| &holder["content"]["application/json"]["examples"]);
    for (question, identity, answer) in [
        ("some", &play.pki.ekonomiskt_bistand, "ekonomiskt-bistand"),
        ("some", &play.pki.arbetsmarknad, "arbetsmarknad"),
        ("nobody", &play.pki.ekonomiskt_bistand, "failures"),
        ("household", &play.pki.ekonomiskt_bistand, "household"),
    ] {
        let faulty = ["failures", "household"].contains(&answer).then_some(Fault::SoapFault);
        play.agencies.set_fault(Agency::Af, faulty);
        let given = asked(&play, identity, &questions[question]["value"]).await;
        assert_eq!(steady(given), steady(answers[answer]["value"].clone()), "{answer}");
    }
    play.agencies.set_fault(Agency::Af, None);
    let shown = &ask["responses"]["200"]["content"]["text/event-stream"]["examples"]["arbetsmarknad"]["value"];
    let given = events(&asked_in_pieces(&play, &play.pki.arbetsmarknad, &questions["some"]["value"]).await);
    for event in events(shown.as_str().unwrap()) {
        assert!(given.contains(&event), "{event:?} is not in {given:#?}");
    }
    for path in ["/v1/catalogues", "/v1/catalogues/{agency}", "/v1/policies", "/v1/api-info"] {
        let examples =
            &description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["examples"];
        let (_, example) = examples.as_object().unwrap().iter().next().unwrap();
        let received = play.client(&play.pki.arbetsmarknad).get(&path.replace("{agency}", "MIV")).await.unwrap();
        assert_holds(&steady(serde_json::from_str(&received.body).unwrap()), &steady(example["value"].clone()), path);
    }
}

/// Fetches the description, and saves it.
async fn saved(play: &Play) -> PathBuf {
    let received = play.client(&play.pki.ekonomiskt_bistand).get("/v1/openapi.json").await.unwrap();
    assert_eq!(received.status, 200, "{}", received.body);
    assert_eq!(received.headers["content-type"], "application/json");
    let file = play.folder().join("openapi.json");
    fs::write(&file, received.body).unwrap();
    file
}

async fn asked(play: &Play, identity: &Identity, question: &Value) -> Value {
    let received = play.client(identity).post_json("/v1/questions", question.to_string()).await.unwrap();
    assert_eq!(received.status, 200, "{}", received.body);
    serde_json::from_str(&received.body).unwrap()
}

async fn asked_in_pieces(play: &Play, identity: &Identity, question: &Value) -> String {
    let client = play.client(identity);
    let request = client.request(Method::POST, "/v1/questions").header("content-type", "application/json");
    let request = request.header("accept", "text/event-stream").body(question.to_string().into_bytes().into()).unwrap();
    let received = client.send(request).await.unwrap();
    assert_eq!(received.status, 200, "{}", received.body);
    received.body
}

/// The name and the data of each event.
fn events(stream: &str) -> Vec<(String, Value)> {
    let field = |event: &str, name: &str| event.lines().find_map(|line| Some(line.strip_prefix(name)?.to_owned()));
    let events = stream.split("\n\n").filter_map(|event| Some((field(event, "event: ")?, field(event, "data: ")?)));
    events.map(|(name, data)| (name, steady(serde_json::from_str(&data).unwrap()))).collect()
}

/// A value without what differs from answer to answer and from build to build.
fn steady(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                // How many elements a catalogue has is a number, and what they are is not.
                let differs = DIFFERENT.contains(&key.as_str()) || key == "elements" && member.is_number();
                *member = if differs { Value::Null } else { steady(member.take()) };
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = steady(item.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

/// Whether a value has everything that an example shows of it: an example shows some of the items of a list, in their order.
fn assert_holds(value: &Value, example: &Value, at: &str) {
    match (value, example) {
        (Value::Object(value), Value::Object(example)) => {
            assert_eq!(value.keys().collect::<Vec<_>>(), example.keys().collect::<Vec<_>>(), "{at}");
            for (key, example) in example {
                assert_holds(&value[key], example, &format!("{at}/{key}"));
            }
        }
        (Value::Array(items), Value::Array(examples)) if examples.iter().all(Value::is_object) => {
            for example in examples {
                let same = |item: &&Value| NAMES.iter().all(|name| item[name] == example[name]);
                let item = items.iter().find(same).unwrap_or_else(|| panic!("{at} has no {example}"));
                assert_holds(item, example, at);
            }
        }
        (value, example) => assert_eq!(value, example, "{at}"),
    }
}

fn assert_success(what: &str, command: &mut Command) {
    let output = command.output().unwrap();
    let [printed, told] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{what}:\n{printed}\n{told}");
}

/// What differs from answer to answer, and from build to build.
const DIFFERENT: [&str; 6] = ["questionId", "household", "sha256", "elapsedMs", "trustVersion", "version"];
/// Where the testers are.
static PROGRAMS: LazyLock<PathBuf> =
    LazyLock::new(|| python::programs(&["schemathesis==4.32.5", "openapi-spec-validator==0.9.0"]));

/// What an item of a list is found by.
const NAMES: [&str; 4] = ["agency", "id", "path", "role"];
/// Where schemathesis finds what it is told beside the description.
const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/openapi");
