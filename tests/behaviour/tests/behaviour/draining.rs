//! A host that is told to stop says so first, answers whoever still asks, and ends when nothing is under way.

use std::time::Duration;

use http::Method;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play};

#[tokio::test]
async fn a_host_that_drains_is_not_ready_answers_on_and_ends_with_every_question_recorded() {
    let mut play = Play::begin();
    // Longer than any test: it is cut short by a signal below.
    play.change("ssbtx.toml", "drain-ms = 0", "drain-ms = 300000");
    play.host.kill().unwrap();
    play.start_again().unwrap();
    let operator = play.operator(&play.pki.host_roots);
    let post = |path: &str| operator.send(operator.request(Method::POST, path).body(<_>::default()).unwrap());
    let (kept, late) = (play.client(&play.pki.ekonomiskt_bistand), play.client(&play.pki.ekonomiskt_bistand));
    let asking = Asking::about(ALVAR).to_json().to_string();
    assert!(!kept.post_json("/v1/questions", asking.clone()).await.unwrap().headers.contains_key("connection"));

    play.agencies.set_fault(Agency::Miv, Some(Fault::Delay(Duration::from_millis(1500))));
    let under_way = {
        let (client, asking) = (play.client(&play.pki.ekonomiskt_bistand), asking.clone());
        tokio::spawn(async move { client.post_json("/v1/questions", asking).await.unwrap() })
    };
    let asked = play.agencies.requests(Agency::Miv);
    while play.agencies.requests(Agency::Miv) == asked {
        tokio::task::yield_now().await;
    }
    assert_eq!(post("/admin/drain").await.unwrap().status, 202);
    let ready = operator.get("/readyz").await.unwrap();
    assert_eq!((ready.status.as_u16(), ready.body.as_str()), (503, "not ready: draining\n"));
    assert_eq!(operator.get("/livez").await.unwrap().status, 200);
    assert_eq!(post("/admin/reload").await.unwrap().status, 503);
    play.agencies.set_fault(Agency::Miv, None);
    // Who has a connection is asked to leave it, and who comes late is answered as well.
    for client in [&kept, &late] {
        let answer = client.post_json("/v1/questions", asking.clone()).await.unwrap();
        assert_eq!((answer.status.as_u16(), &answer.headers["connection"]), (200, &"close".parse().unwrap()));
    }
    // Nobody has to wait for the rest of the time.
    play.host.terminate().unwrap();
    let answered = under_way.await.unwrap();
    assert_eq!(answered.status, 200, "{}", answered.body);
    play.host.end().unwrap();
    assert_eq!(play.records().len(), 4);
}
