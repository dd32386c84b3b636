//! A trace goes on through the host, and what an operator's monitoring gets of a question names nobody.

use std::time::Duration;

use http_body_util::Full;
use ssbtx_base_services::Agency;
use ssbtx_stage::client::Client;
use ssbtx_stage::collector::Collector;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::questions::Asking;
use tokio::time::{sleep, timeout};

use crate::leaks::markers;
use crate::play::{ALVAR, Play, Staging, state};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A collector with a PKI of its own, and the table that names it.
async fn collector(pki: &Pki) -> (Collector, String) {
    let collector = Collector::start(&pki.base_services).await.unwrap();
    let table = format!(
        "[telemetry]\notlp-endpoint = \"{}\"\notlp-roots = \"{}\"\notlp-interval-ms = 50\n",
        collector.endpoint(),
        pki.agency_roots.display()
    );
    (collector, table)
}

/// Asks within the caller's trace, with a `tracestate` that nobody should see.
async fn ask(play: &Play, asking: &Asking) -> String {
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let request = client
        .request(http::Method::POST, "/v1/questions")
        .header("content-type", "application/json")
        .header("traceparent", format!("00-{TRACE}-{CALLER}-01"))
        .header("tracestate", "municipality=zqStateqz")
        .body(Full::from(asking.to_json().to_string()))
        .unwrap();
    let received = client.send(request).await.unwrap();
    assert_eq!(received.status, 200, "{}", received.body);
    let returned = received.headers["traceparent"].to_str().unwrap();
    assert!(returned.contains(TRACE) && !returned.contains(CALLER), "{returned}");
    received.body
}

/// All that the collector has, once it has the spans of so many requests.
async fn exported(collector: &Collector, requests: usize) -> Vec<u8> {
    let all = async {
        loop {
            let bodies: Vec<u8> = collector.exports().iter().flat_map(|export| export.body.to_vec()).collect();
            if String::from_utf8_lossy(&bodies).matches("request").count() >= requests {
                break bodies;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_mins(1), all).await.unwrap()
}

#[tokio::test]
async fn each_base_service_is_told_a_span_of_its_own_and_monitoring_gets_nothing_that_marks_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (collector, further) = collector(&Pki::create(folder.path()).unwrap()).await;
    let play = Play::staged(Staging { further, ..Staging::default() });
    let answer = play.ask(&Asking::about(ALVAR)).await;
    let mut forbidden = vec![ALVAR.to_owned(), ALVAR[2..].to_owned(), "zqStateqz".to_owned()];
    for agency in Agency::ALL {
        assert_eq!(state(&answer, agency.code()), "answered", "{agency}: {answer}");
        let (marked, markers) = markers::marked(agency, &play.agencies.last_answer(agency, ALVAR).unwrap());
        play.agencies.set_answer(agency, ALVAR, &marked);
        forbidden.extend(markers);
    }
    let asking = Asking {
        caseworker: "zqCaseworkerqz".to_owned(),
        case: "zqCaseqz".to_owned(),
        purpose: "zqPurposeqz".to_owned(),
        correlation_id: Some("zqCorrelationqz".to_owned()),
        requester: "zqRequesterqz".to_owned(),
        ..Asking::about(ALVAR)
    };
    forbidden.extend(["Caseworker", "Case", "Purpose", "Correlation", "Requester"].map(|word| format!("zq{word}qz")));
    forbidden.push("Exempelkommun".to_owned());
    assert!(
        ask(&play, &asking).await.contains("zqCSN"),
        "the markers must be in the answer, or this test shows nothing"
    );

    let mut spans: Vec<String> = Vec::new();
    for agency in Agency::ALL {
        let told = play.agencies.last_traceparent(agency).unwrap();
        let [version, trace, span, flags] = told.split('-').collect::<Vec<_>>()[..] else { panic!("{told}") };
        assert_eq!((version, trace, flags), ("00", TRACE, "01"), "{agency}");
        assert!(span != CALLER && !spans.contains(&span.to_owned()), "{agency}: {told}");
        spans.push(span.to_owned());
    }

    // The first question was in no trace of a caller's, and is recorded too: that is the default.
    let exported = exported(&collector, 2).await;
    let text = String::from_utf8_lossy(&exported);
    for said in ["question", "agency call", "exchange", "ekonomiskt-bistand", "json-v1", "CSN", "answered"] {
        assert!(text.contains(said), "`{said}` must be in the spans, or this test shows nothing");
    }
    let address = play.host.admin_address().unwrap();
    let operator = Client::new(address, &play.pki.host_roots, Some(&play.pki.ekonomiskt_bistand)).unwrap();
    let metrics = operator.get("/metrics").await.unwrap().body;
    for said in [
        "ssbtx_questions_total{front=\"json-v1\",role=\"ekonomiskt-bistand\",outcome=\"answered\"} 2",
        "ssbtx_parts_total{agency=\"CSN\",state=\"answered\"} 2",
        "ssbtx_component_call_seconds_count{kind=\"adapter\",name=\"CSN\",function=\"plan\"} ",
        "ssbtx_agency_exchange_seconds_count{agency=\"CSN\"} 2",
        "ssbtx_spans_total{result=\"exported\"}",
    ] {
        assert!(metrics.contains(said), "{said}\n{metrics}");
    }
    for marker in forbidden {
        assert!(!text.contains(&marker), "`{marker}` is in the spans");
        assert!(!metrics.contains(&marker), "`{marker}` is in the metrics");
    }
}
