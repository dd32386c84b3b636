//! A consumer that is held to its open cases asks about nobody outside of them.

use std::fs;

use http::{Method, StatusCode};
use http_body_util::Full;
use serde_json::{Value, json};
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::pki::{ORGANISATION, OTHER_ORGANISATION};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, FREDRIK, HENRIK, Play};

#[tokio::test]
async fn a_consumer_held_to_its_open_cases_asks_about_nobody_outside_of_them() {
    let mut office = Office(Play::begin());
    // Whoever is not held to its cases may register them all the same, before it is.
    let registered = office.put("EB-2026-0001", &registration(ORGANISATION, &[ALVAR])).await;
    assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.body);
    let answered = office.0.ask(&about(FREDRIK)).await;
    assert!(answered.get("warnings").is_none());
    assert_eq!(office.last()["openCase"], "notChecked");

    // What was registered outlasts the host.
    office.hold("warn");
    assert!(office.0.ask(&about(ALVAR)).await.get("warnings").is_none());
    assert_eq!(office.last()["openCase"], "inside");
    let answered = office.0.ask(&about(FREDRIK)).await;
    assert_eq!((&answered["warnings"], answered["parts"].is_array()), (&json!(["case-not-open"]), true));
    assert_eq!((&office.last()["kind"], &office.last()["openCase"]), (&json!("question"), &json!("outside")));
    let answered = office.0.ask_soap(&about(FREDRIK)).await;
    assert_eq!(
        (answered.status, &answered.headers["ssbtx-warning"]),
        (StatusCode::OK, &"case-not-open".parse().unwrap())
    );
    let answered = office.0.ask_soap(&about(ALVAR)).await;
    assert!(answered.status == StatusCode::OK && !answered.headers.contains_key("ssbtx-warning"));

    office.hold("enforce");
    assert!(office.0.ask(&about(ALVAR)).await["parts"].is_array());
    assert_eq!(office.0.ask_soap(&about(ALVAR)).await.status, StatusCode::OK);
    office.refuses(&about(FREDRIK)).await;
    office.refuses(&Asking { case: "EB-2026-0002".to_owned(), ..about(ALVAR) }).await;

    // A case of another organisation, of a system that speaks for both, is none of this one's.
    office.put("EB-2026-0003", &registration(OTHER_ORGANISATION, &[ALVAR])).await;
    office.refuses(&Asking { case: "EB-2026-0003".to_owned(), ..about(ALVAR) }).await;
    // Nor is another consumer's.
    let asking = about(ALVAR).to_json().to_string();
    let other = office.0.client(&office.0.pki.arbetsmarknad).post_json("/v1/questions", asking).await.unwrap();
    assert_eq!((other.status, problem(&other)), (StatusCode::FORBIDDEN, "/problems/case-not-open".to_owned()));

    // Who comes to the household is asked about, and only as who they are.
    let again = office.put("EB-2026-0001", &registration(ORGANISATION, &[ALVAR, HENRIK])).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    assert!(office.0.ask(&about(HENRIK)).await["parts"].is_array());
    assert_eq!(office.last()["context"]["relation"], "household-adult");
    assert_eq!(office.0.ask_soap(&about(HENRIK)).await.status, StatusCode::OK);
    assert_eq!(office.last()["context"]["relation"], "household-adult");
    let household = office.ask_about_household("household-child").await;
    assert!(household["answers"][0]["answer"]["parts"].is_array(), "{household}");
    assert_eq!(household["answers"][1]["problem"]["type"], "/problems/case-not-open");
    let household = office.ask_about_household("household-adult").await;
    assert!(household["answers"][1]["answer"]["parts"].is_array(), "{household}");

    assert_eq!(office.call(Method::DELETE, "EB-2026-0001", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(office.call(Method::GET, "EB-2026-0001", "").await.status, StatusCode::NOT_FOUND);
    office.refuses(&about(ALVAR)).await;
    office.keeps_no_identity_number();
}

/// A municipality's case system, in front of a running host.
struct Office(Play);

impl Office {
    /// Holds both consumers to their open cases in this way, and starts the host again as after a power cut.
    fn hold(&mut self, mode: &str) {
        let path = self.0.folder().join("consumers.toml");
        let mut file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let consumers = file["consumer"].as_array_mut().unwrap();
        if consumers.len() == 1 {
            // The second certificate becomes another consumer's, in the same organisation.
            let mut other = consumers[0].clone();
            let second = consumers[0]["certificate"].as_array_mut().unwrap().remove(1);
            other["name"] = "Exempelkommun, arbetsmarknadsnämnden".into();
            other["certificate"] = vec![second].into();
            consumers.push(other);
        }
        for consumer in consumers {
            consumer.as_table_mut().unwrap().insert("open-cases".to_owned(), mode.into());
        }
        fs::write(&path, file.to_string()).unwrap();
        self.0.host.kill().unwrap();
        self.0.start_again().unwrap();
    }

    fn client(&self) -> Client {
        self.0.client(&self.0.pki.ekonomiskt_bistand)
    }

    async fn call(&self, method: Method, id: &str, body: &str) -> Received {
        let client = self.client();
        let request = client.request(method, &format!("/v1/cases/{id}")).header("content-type", "application/json");
        client.send(request.body(Full::new(body.to_owned().into())).unwrap()).await.unwrap()
    }

    async fn put(&self, id: &str, body: &Value) -> Received {
        self.call(Method::PUT, id, &body.to_string()).await
    }

    async fn ask_about_household(&self, relation: &str) -> Value {
        let mut question = about(ALVAR).to_json();
        let entries = question.as_object_mut().unwrap();
        entries.remove("person");
        let persons = [(ALVAR, "subject"), (HENRIK, relation)];
        entries.insert(
            "persons".to_owned(),
            persons.map(|(person, relation)| json!({ "person": person, "relation": relation })).into(),
        );
        let received = self.client().post_json("/v1/questions", question.to_string()).await.unwrap();
        assert_eq!(received.status, StatusCode::OK, "{}", received.body);
        serde_json::from_str(&received.body).unwrap()
    }

    /// Both fronts refuse it, and say so in the audit log.
    async fn refuses(&self, asking: &Asking) {
        let received = self.client().post_json("/v1/questions", asking.to_json().to_string()).await.unwrap();
        assert_eq!(
            (received.status, problem(&received)),
            (StatusCode::FORBIDDEN, "/problems/case-not-open".to_owned())
        );
        assert!(!received.body.contains(&asking.person), "{}", received.body);
        self.was_refused("json-v1", asking);
        let received = self.0.ask_soap(asking).await;
        assert_eq!(received.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(received.body.contains("<ssbt:felkod>SSBT-218</ssbt:felkod>"), "{}", received.body);
        assert!(!received.body.contains(&asking.person), "{}", received.body);
        self.was_refused("soap-v10", asking);
    }

    fn was_refused(&self, front: &str, asking: &Asking) {
        let last = self.last();
        assert_eq!(
            (&last["kind"], &last["why"], &last["front"]),
            (&json!("refused"), &json!("caseNotOpen"), &json!(front))
        );
        assert_eq!((&last["case"], &last["caseworker"]), (&json!(asking.case), &json!(asking.caseworker)));
    }

    /// The newest record of a question.
    fn last(&self) -> Value {
        let kinds = ["question", "refused"];
        let is_of_a_question = |record: &Value| kinds.iter().any(|kind| record["kind"] == *kind);
        self.0.records().into_iter().rev().find(is_of_a_question).unwrap()
    }

    fn keeps_no_identity_number(&self) {
        let mut files = vec![self.0.folder().join("host.log")];
        files.extend(fs::read_dir(self.0.folder().join("cases")).unwrap().map(|entry| entry.unwrap().path()));
        assert!(files.len() > 1);
        for file in files {
            let bytes = fs::read(&file).unwrap();
            for secret in [ALVAR, FREDRIK, HENRIK, "EB-2026-0001"] {
                assert!(
                    !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                    "{}: {secret}",
                    file.display()
                );
            }
        }
    }
}

fn about(person: &str) -> Asking {
    Asking::about(person).including(&["AF"])
}

fn registration(organisation: &str, persons: &[&str]) -> Value {
    let relation = |position| if position == 0 { "subject" } else { "household-adult" };
    let persons = persons.iter().enumerate();
    let persons = persons.map(|(position, person)| json!({ "person": person, "relation": relation(position) }));
    json!({ "organisationNumber": organisation, "persons": persons.collect::<Vec<_>>() })
}

fn problem(received: &Received) -> String {
    let body: Value = serde_json::from_str(&received.body).unwrap();
    body["type"].as_str().unwrap().to_owned()
}
