//! Certificates that are none for this: the handshake ends, on the consumers' listener and on the operator's.

use ssbtx_stage::client::Client;
use ssbtx_stage::pki::Identity;

use super::watch::GoodClient;
use crate::play::Play;

#[tokio::test]
async fn a_certificate_that_is_not_valid_today_or_not_for_clients_opens_no_connection() {
    let play = Play::begin();
    let good = GoodClient::begin(&play);
    let wrong: [(&str, Option<&Identity>); 5] = [
        ("none", None),
        ("of another issuer", Some(&play.pki.untrusted)),
        ("expired", Some(&play.pki.expired)),
        ("not yet valid", Some(&play.pki.not_yet_valid)),
        ("for servers", Some(&play.pki.for_servers)),
    ];
    for address in [play.host.address(), play.host.admin_address().unwrap()] {
        for (name, identity) in &wrong {
            let client = Client::new(address, &play.pki.host_roots, *identity).unwrap();
            for path in ["/v1/api-info", "/ssbtek/v10?wsdl", "/livez", "/metrics"] {
                assert!(client.get(path).await.is_err(), "{name} at {path}");
            }
        }
    }
    assert!(good.end().await > 0);
}
