use http::{Method, StatusCode};
use tower::ServiceExt as _;

use super::*;
use crate::sample::{self, Clerk, Still};

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    /// The stable name of a problem or fault: its type or code.
    fn fault(&self) -> &str {
        self.body
            .split(['"', '<', '>'])
            .find(|word| word.starts_with("/problems/") || word.starts_with("SSBT-2"))
            .unwrap_or("none")
    }
}

struct Ask {
    is_registered: bool,
    content_type: &'static str,
}

const SOAP: Ask = Ask { is_registered: true, content_type: "text/xml; charset=utf-8" };
const JSON: Ask = Ask { is_registered: true, content_type: "application/json" };

impl Ask {
    async fn send(&self, method: Method, path: &str, body: &str) -> Reply {
        self.send_to(&Arc::new(Clerk::new()), method, path, body, None).await
    }

    async fn send_to(
        &self,
        clerk: &Arc<Clerk>,
        method: Method,
        path: &str,
        body: &str,
        traceparent: Option<&str>,
    ) -> Reply {
        let limits = GatewayLimits { body_bytes: 8192, ..GatewayLimits::default() };
        let clerk: Arc<dyn Answering> = Arc::<Clerk>::clone(clerk);
        let fronts =
            Fronts::new(clerk, Arc::new(Still), IdentityCheck::DateAndCheckDigit, limits, CaseRegister::NotKept);
        let mut request = http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, self.content_type)
            .extension(sample::peer(self.is_registered));
        if let Some(value) = traceparent {
            request = request.header("traceparent", value);
        }
        let response = router(fronts).oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

fn question() -> String {
    sample::question_body("162020000001").to_string()
}

#[tokio::test]
async fn both_fronts_answer_and_tell_the_broker_who_asks() {
    for (ask, path, body, front, content_type) in [
        (SOAP, "/ssbtek/v10", sample::QUESTION.to_owned(), ssbtx_core::Front::SoapV10, "text/xml; charset=utf-8"),
        (JSON, "/v1/questions", question(), ssbtx_core::Front::JsonV1, "application/json"),
    ] {
        let clerk = Arc::new(Clerk::new());
        let reply = ask.send_to(&clerk, Method::POST, path, &body, None).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        assert_eq!(reply.headers[header::CONTENT_TYPE], content_type);
        assert!(reply.body.contains("Aktivitetsstöd"));
        let (asker, traceparent) = clerk.last.lock().unwrap().clone().unwrap();
        assert_eq!(
            (asker.consumer.as_str(), asker.role.as_str(), asker.front),
            ("nämnden", "ekonomiskt-bistand", front)
        );
        assert_eq!(traceparent.as_deref(), reply.headers["traceparent"].to_str().ok());
    }
}

#[tokio::test]
async fn the_test_operation_asks_about_nobody() {
    let message = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><t:testaBastjanstInformation \
                   xmlns:t='http://schema.forsakringskassan.se/integration/ssbt/10'/></e:Body></e:Envelope>";
    let reply = SOAP.send(Method::POST, "/ssbtek/v10", message).await;
    assert!(reply.body.contains("<ssbt:AF><ssbt:anropad>true</ssbt:anropad></ssbt:AF>"), "{}", reply.body);
    let reply = SOAP
        .send(Method::POST, "/ssbtek/v10", &message.replace("10'/>", "10'><x/></t:testaBastjanstInformation>"))
        .await;
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(reply.body.contains("<ssbt:testaBastjanstInformationFault "), "{}", reply.body);
}

#[tokio::test]
async fn err_soap() {
    let long = " ".repeat(8193);
    let strange = Ask { is_registered: false, ..SOAP };
    let soap_12 = Ask { content_type: "application/soap+xml", ..SOAP };
    let other_organisation = sample::QUESTION.replacen("162020000001", "162020000003", 1);
    for (ask, body, status, code) in [
        (&SOAP, "", 500, "SSBT-201"),
        (&soap_12, sample::QUESTION, 500, "SSBT-203"),
        (&JSON, sample::QUESTION, 415, "SSBT-208"),
        (&SOAP, &long, 413, "SSBT-209"),
        (&strange, sample::QUESTION, 500, "SSBT-211"),
        (&SOAP, &other_organisation, 500, "SSBT-212"),
    ] {
        let reply = ask.send(Method::POST, "/ssbtek/v10", body).await;
        assert_eq!((reply.status.as_u16(), reply.fault().split(' ').next()), (status, Some(code)));
        assert_eq!(reply.headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
    }
}

#[tokio::test]
async fn err_json() {
    let long = " ".repeat(8193);
    let (question, other_organisation) = (question(), sample::question_body("162020000003").to_string());
    let strange = Ask { is_registered: false, ..JSON };
    for (ask, method, path, body, status, problem) in [
        (&JSON, Method::POST, "/v1/questions", "", 400, "/problems/malformed-json"),
        (&JSON, Method::POST, "/v1/questions", "{}", 400, "/problems/invalid-question"),
        (&SOAP, Method::POST, "/v1/questions", &question, 415, "/problems/unsupported-media-type"),
        (&JSON, Method::POST, "/v1/questions", &long, 413, "/problems/body-too-large"),
        (&JSON, Method::POST, "/v1/questions", &other_organisation, 403, "/problems/not-your-organisation"),
        (&strange, Method::POST, "/v1/questions", &question, 403, "/problems/not-registered"),
        (&strange, Method::GET, "/v1/policies", "", 403, "/problems/not-registered"),
        (&strange, Method::GET, "/v1/catalogues", "", 403, "/problems/not-registered"),
        (&strange, Method::GET, "/v1/catalogues/AF", "", 403, "/problems/not-registered"),
        (&strange, Method::GET, "/v1/api-info", "", 403, "/problems/not-registered"),
        (&JSON, Method::GET, "/v1/catalogues/BOLV", "", 404, "/problems/not-found"),
        (&JSON, Method::GET, "/v1/catalogues/%ff", "", 404, "/problems/not-found"),
        (&JSON, Method::GET, "/", "", 404, "/problems/not-found"),
        (&JSON, Method::GET, "/v1/questions", "", 405, "/problems/method-not-allowed"),
        (&SOAP, Method::GET, "/ssbtek/v10", "", 405, "/problems/method-not-allowed"),
    ] {
        let reply = ask.send(method, path, body).await;
        assert_eq!((reply.status.as_u16(), reply.fault()), (status, problem), "{path}");
        assert_eq!(reply.headers[header::CONTENT_TYPE], "application/problem+json");
    }
}

#[tokio::test]
async fn both_fronts_say_which_limit_is_reached_and_when_to_ask_again() {
    let caller = sample::caller("[consumer.limits]\nquestions-per-day = 2\n");
    let broker: Arc<dyn Answering> = Arc::new(Clerk::new());
    let check = IdentityCheck::DateAndCheckDigit;
    let router = router(Fronts::new(broker, Arc::new(Still), check, GatewayLimits::default(), CaseRegister::NotKept));
    let ask = async |path: &str, content_type: &str, body: &str| {
        let request = http::Request::post(path)
            .header(header::CONTENT_TYPE, content_type)
            .extension(Peer(Ok(caller.clone())))
            .body(Body::from(body.to_owned()));
        let response = router.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    };
    let soap = ["/ssbtek/v10", "text/xml", sample::QUESTION];
    let question = question();
    let json = ["/v1/questions", "application/json", &question];
    for [path, content_type, body] in [soap, json] {
        assert_eq!(ask(path, content_type, body).await.status, StatusCode::OK);
    }
    // What is refused for another reason, and what asks nobody, is not counted and not limited.
    assert_eq!(ask(json[0], json[1], "{}").await.fault(), "/problems/invalid-question");
    let until_midnight = "52200";
    for ([path, content_type, body], status, fault) in
        [(soap, 500, "SSBT-217 "), (json, 429, "/problems/limit-reached")]
    {
        let reply = ask(path, content_type, body).await;
        assert_eq!(reply.status.as_u16(), status);
        assert!(reply.fault().starts_with(fault), "{}", reply.body);
        assert_eq!(reply.headers[header::RETRY_AFTER], until_midnight);
        let limit = format!("limit `consumer-daily-volume` is reached, ask again in {until_midnight} s");
        assert!(reply.body.contains(&limit), "{}", reply.body);
    }
}

#[tokio::test]
async fn a_path_with_another_method_says_which() {
    assert_eq!(JSON.send(Method::GET, "/v1/questions", "").await.headers[header::ALLOW], "POST");
    assert_eq!(SOAP.send(Method::GET, "/ssbtek/v10", "").await.headers[header::ALLOW], "POST");
    assert_eq!(SOAP.send(Method::PUT, "/ssbtek/v10", "").await.headers[header::ALLOW], "GET,HEAD,POST");
}

#[tokio::test]
async fn the_contract_is_served_part_by_part() {
    for (path, expected) in [
        ("https://ssbtx.exempel.se/ssbtek/v10?wsdl", "location=\"https://ssbtx.exempel.se/ssbtek/v10\""),
        ("/ssbtek/v10?xsd=ssbt-10.xsd", "name=\"hamtaBastjanstInformation\""),
        ("/ssbtek/v10?xsd=af.xsd", "Fornamn"),
    ] {
        let reply = SOAP.send(Method::GET, path, "").await;
        assert_eq!((reply.status, reply.body.contains(expected)), (StatusCode::OK, true), "{path}: {}", reply.body);
        assert_eq!(reply.headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
        assert_eq!(reply.headers[header::CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn err_contract() {
    let strange = Ask { is_registered: false, ..SOAP };
    for (ask, path, status, fault) in [
        (&strange, "/ssbtek/v10?wsdl", 403, "/problems/not-registered"),
        (&strange, "/ssbtek/v10?xsd=af.xsd", 403, "/problems/not-registered"),
        (&SOAP, "/ssbtek/v10?xsd=bolv.xsd", 404, "/problems/not-found"),
        (&SOAP, "/ssbtek/v10?xsd=../af.xsd", 404, "/problems/not-found"),
        (&SOAP, "/ssbtek/v10?disco", 405, "/problems/method-not-allowed"),
        (&SOAP, "/ssbtek/v10?wsdl", 400, "none"),
    ] {
        let reply = ask.send(Method::GET, path, "").await;
        assert_eq!((reply.status.as_u16(), reply.fault()), (status, fault), "{path}");
    }
}

#[tokio::test]
async fn no_answer_is_stored_and_every_one_has_its_trace() {
    let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let of_the_caller = ("00-4bf92f3577b34da6a3ce929d0e0e4736-", "-01");
    let made = ("00-11111111111111111111111111111111-", "-00");
    for (path, sent, (trace, flags)) in [
        ("/v1/api-info", Some(given), of_the_caller),
        ("/v1/api-info", Some("00-malformed"), made),
        ("/ssbtek/v10", None, made),
        ("/nothing", None, made),
    ] {
        let reply = JSON.send_to(&Arc::new(Clerk::new()), Method::GET, path, "", sent).await;
        let returned = reply.headers["traceparent"].to_str().unwrap();
        assert!(returned.starts_with(trace) && returned.ends_with(flags), "{returned}");
        assert_ne!(returned, given, "the span is the host's own");
        assert_eq!(reply.headers[header::CACHE_CONTROL], "no-store");
    }
}

async fn read(path: &str) -> String {
    let reply = JSON.send(Method::GET, path, "").await;
    assert_eq!(reply.status, StatusCode::OK);
    let digest = Clerk::new().catalogues()[0].digest().to_string();
    let value: serde_json::Value = serde_json::from_str(&reply.body.replace(&digest, "(digest)")).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[tokio::test]
async fn the_interface_and_its_policies_can_be_read() {
    insta::assert_snapshot!(read("/v1/api-info").await, @r#"
    {
      "apiDocumentation": "/v1/openapi.json",
      "apiName": "SSBTX",
      "apiReleased": "2026-11-21",
      "apiStatus": "active",
      "apiVersion": "1.0.0"
    }
    "#);
    insta::assert_snapshot!(read("/v1/policies").await, @r#"
    {
      "policies": [
        {
          "legalBases": [
            {
              "act": "SoL (2025:400)",
              "from": "2025-07-01",
              "id": "sol-15-11",
              "item": "SFS 2008:975 5 §",
              "provision": "15 kap. 11 §",
              "standing": "in-force",
              "title": {
                "en": "basis (en)",
                "sv": "basis (sv)"
              }
            },
            {
              "accepted": "every-dataset",
              "act": "SSBTEK v10",
              "id": "ssbtek-v10-practice",
              "standing": "pending",
              "title": {
                "en": "practice (en)",
                "sv": "practice (sv)"
              }
            }
          ],
          "role": "ekonomiskt-bistand",
          "sha256": "abababababababababababababababababababababababababababababababab",
          "title": {
            "en": "policy (en)",
            "sv": "policy (sv)"
          },
          "version": "1.0.0"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn catalogues_can_be_read_in_brief_and_whole() {
    insta::assert_snapshot!(read("/v1/catalogues").await, @r#"
    {
      "catalogues": [
        {
          "agency": "AF",
          "disclosers": [
            "AF"
          ],
          "elements": 2,
          "encoding": "xml",
          "sha256": "(digest)",
          "version": "1.0.0"
        }
      ]
    }
    "#);
    insta::assert_snapshot!(read("/v1/catalogues/AF").await, @r#"
    {
      "agency": "AF",
      "datasets": [
        {
          "discloser": "AF",
          "help": {
            "en": "everything (en)",
            "sv": "everything (sv)"
          },
          "id": "all",
          "label": {
            "en": "all (en)",
            "sv": "all (sv)"
          }
        }
      ],
      "elements": [
        {
          "help": {
            "en": "help (en)",
            "sv": "help (sv)"
          },
          "kind": "object",
          "label": {
            "en": "SvarMeddelande (en)",
            "sv": "SvarMeddelande (sv)"
          },
          "marksProtection": false,
          "namespace": "",
          "path": "",
          "repeats": false,
          "required": true
        },
        {
          "dataset": "all",
          "help": {
            "en": "help (en)",
            "sv": "help (sv)"
          },
          "kind": "scalar",
          "label": {
            "en": "Fornamn (en)",
            "sv": "Fornamn (sv)"
          },
          "marksProtection": false,
          "namespace": "",
          "path": "Fornamn",
          "repeats": false,
          "required": false,
          "type": "text"
        }
      ],
      "encoding": "xml",
      "sha256": "(digest)",
      "version": "1.0.0"
    }
    "#);
}
