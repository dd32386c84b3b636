//! A host that serves takes over what is published, and tells its operator.

use serde_json::Value;
use ssbtx_stage::client::Client;
use ssbtx_stage::host::Host;

use crate::place::Place;

/// Waits until the host's operator reads what should stand there.
async fn until(client: &Client, reads: impl Fn(&Value) -> bool) -> Value {
    loop {
        let received = client.get("/admin/editions").await.unwrap();
        assert_eq!(received.status, 200, "{}", received.body);
        let editions = serde_json::from_str(&received.body).unwrap();
        if reads(&editions) {
            return editions;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_is_taken_over_without_a_restart_and_what_is_wrong_is_not() {
    let mut place = Place::new();
    let configuration = place.configuration(Some("127.0.0.1:8443".parse().unwrap()));
    let host = Host::start(&configuration, &place.path().join("host.log")).unwrap();
    let (address, pki) = (host.admin_address().unwrap(), &place.pki);
    let operator = Client::new(address, &pki.host_roots, Some(&pki.ekonomiskt_bistand)).unwrap();
    let begun = until(&operator, |editions| editions["source"]["watch"] == "running").await;
    assert_eq!(begun["active"]["trustVersion"], 1);

    let grants = place.repository.targets_of("af").unwrap().clone();
    place.repository.remove("adapters/af/ekonomiskt-bistand.grant.json").unwrap();
    let refused = until(&operator, |editions| editions["attempts"][0]["result"] == "refused").await;
    assert_eq!((&refused["attempts"][0]["stage"], &refused["active"]["trustVersion"]), (&"tested".into(), &1.into()));

    *place.repository.targets_of("af").unwrap() = grants;
    place.repository.publish_next(&["af"]).unwrap();
    let active = until(&operator, |editions| editions["attempts"][0]["result"] == "active").await;
    assert_eq!(active["active"]["trustVersion"], 3);
    tokio::task::spawn_blocking(|| host.stop()).await.unwrap().unwrap();
}
