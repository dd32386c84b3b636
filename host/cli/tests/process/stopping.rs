//! A host that is told to stop ends the questions under way, and records them.

use std::path::Path;

use ssbtx_base_services::{Agency, BaseServices, Fault, Pem, Settings};
use ssbtx_stage::client::Client;
use ssbtx_stage::host::Host;
use ssbtx_stage::questions::Asking;

use crate::place::Place;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_under_way_is_answered_and_recorded_before_the_host_ends() {
    let place = Place::new();
    let pki = &place.pki;
    let file = |path: &Path| Pem::File(path.to_owned());
    let settings = Settings::new(file(&pki.base_services.chain), file(&pki.base_services.key), file(&pki.agency_roots));
    let agencies = BaseServices::start(&settings).unwrap();
    agencies.set_fault(Agency::Af, Some(Fault::Hang));
    let configuration = place.configuration(Some(agencies.address(Agency::Af)));
    let host = Host::start(&configuration, &place.path().join("host.log")).unwrap();

    let client = Client::new(host.address(), &pki.host_roots, Some(&pki.ekonomiskt_bistand)).unwrap();
    let question = Asking::about("197701172392").including(&["AF"]).to_json().to_string();
    let asking = tokio::spawn(async move { client.post_json("/v1/questions", question).await });
    while agencies.requests(Agency::Af) == 0 {
        tokio::task::yield_now().await;
    }
    // The agency has the question and hangs: now the host is told to stop.
    tokio::task::spawn_blocking(|| host.stop()).await.unwrap().unwrap();
    let received = asking.await.unwrap().unwrap();
    assert_eq!(received.status, 200, "{}", received.body);
    assert!(received.body.contains("\"state\":\"timed-out\""), "{}", received.body);
    assert_eq!(ssbtx_audit::verify(&place.audit_folder()).unwrap().records, 1);
}
