//! A changed configuration is taken over while the host serves: all of it, or nothing, and then it says why.

use std::fs;
use std::path::Path;

use http::Method;
use serde_json::{Value, json};
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::pki::Pki;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play};

impl Play {
    /// A client of the admin listener that trusts these roots.
    pub(crate) fn operator(&self, roots: &Path) -> Client {
        let address = self.host.admin_address().unwrap();
        Client::new(address, roots, Some(&self.pki.ekonomiskt_bistand)).unwrap()
    }

    /// Has the host read its configuration anew, and gives the status and what it says.
    pub(crate) async fn reload(&self) -> (u16, Value) {
        let operator = self.operator(&self.pki.host_roots);
        let request = operator.request(Method::POST, "/admin/reload").body(<_>::default()).unwrap();
        let received = operator.send(request).await.unwrap();
        (received.status.as_u16(), serde_json::from_str(&received.body).unwrap())
    }

    async fn configuration(&self) -> Value {
        let received = self.operator(&self.pki.host_roots).get("/admin/configuration").await.unwrap();
        serde_json::from_str(&received.body).unwrap()
    }

    /// Changes a file of the configuration; a part of it by another.
    pub(crate) fn change(&self, file: &str, part: &str, by: &str) {
        let path = self.folder().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(part), "`{part}` is not in\n{text}");
        fs::write(path, text.replacen(part, by, 1)).unwrap();
    }
}

async fn asked(client: &Client) -> Received {
    client.post_json("/v1/questions", Asking::about(ALVAR).including(&["AF"]).to_json().to_string()).await.unwrap()
}

#[tokio::test]
async fn who_may_ask_changes_without_a_restart() {
    let play = Play::begin();
    let (kept, newcomer) = (play.client(&play.pki.ekonomiskt_bistand), play.client(&play.pki.unregistered));
    assert_eq!((asked(&kept).await.status.as_u16(), asked(&newcomer).await.status.as_u16()), (200, 403));

    let (old, new) = (&play.pki.arbetsmarknad.fingerprint, &play.pki.unregistered.fingerprint);
    play.change("consumers.toml", old, new);
    assert_eq!(play.reload().await, (200, json!({ "result": "taken", "changed": ["listen.consumers"] })));
    assert_eq!(asked(&newcomer).await.status, 200);
    assert_eq!(asked(&play.client(&play.pki.arbetsmarknad)).await.status, 403);

    // The other way is a signal.
    play.change("consumers.toml", new, old);
    play.host.hang_up().unwrap();
    while asked(&play.client(&play.pki.arbetsmarknad)).await.status != 200 {}
    // Its open connection ends now or has ended: what it would be told on that depends on who is first.
    assert_eq!(asked(&play.client(&play.pki.unregistered)).await.status, 403);
    assert_eq!(asked(&kept).await.status, 200);
}

#[tokio::test]
async fn a_bad_configuration_changes_nothing_and_every_fault_is_told_with_file_and_line() {
    let play = Play::begin();
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let (configuration, consumers) = ["ssbtx.toml", "consumers.toml"]
        .map(|file| (play.folder().join(file), fs::read_to_string(play.folder().join(file)).unwrap()))
        .into();
    let folder = format!("{}/", play.folder().display());

    play.change("ssbtx.toml", "[listen]", "[listen]\nadress = 1\ndrain-ms = \"soon\"");
    play.change("ssbtx.toml", "drain-ms = 0\n", "");
    play.change("consumers.toml", &play.pki.ekonomiskt_bistand.fingerprint, "no fingerprint");
    let (status, told) = play.reload().await;
    let faults: Vec<_> = told["faults"].as_array().unwrap().iter().map(|fault| fault.as_str().unwrap()).collect();
    assert_eq!((status, &told["result"]), (422, &json!("refused")));
    let faults = faults.join("\n").replace(&folder, "");
    insta::assert_snapshot!(faults, @r"
    ssbtx.toml:4: listen.adress: unknown key, expected one of `address`, `certificate-chain`, `private-key`, `client-roots`, `revocation-lists`, `consumers`, `max-body-bytes`, `max-connections`, `header-timeout-ms`, `drain-ms`
    ssbtx.toml:5: listen.drain-ms: found a text, expected a whole number, 0 to 300000
    consumers.toml:17: consumer[0].certificate[0].fingerprint: digest is not 64 lower-case hexadecimal digits
    ");
    assert_eq!(asked(&client).await.status, 200);

    // What is in order but cannot be taken over is not silently left out.
    fs::write(&configuration.0, configuration.1.replace("deadline-ms = 4000", "deadline-ms = 4001")).unwrap();
    fs::write(&consumers.0, consumers.1.replace(&play.pki.ekonomiskt_bistand.fingerprint, &"0".repeat(64))).unwrap();
    let (status, told) = play.reload().await;
    let fault = told["faults"][0].as_str().unwrap();
    assert!(status == 422 && fault.ends_with("question.deadline-ms: has changed, which takes a restart"), "{told}");
    assert_eq!(asked(&client).await.status, 200);

    let shown = play.configuration().await;
    assert_eq!(
        (&shown["refused"], &shown["taken"], &shown["lastRefused"]["faults"]),
        (&json!(2), &json!(0), &told["faults"])
    );
    let deadline = shown["keys"].as_array().unwrap().iter().find(|one| one["key"] == "question.deadline-ms").unwrap();
    assert_eq!(deadline["value"], 4000);
    assert!(play.host.logged().unwrap().contains("configuration stays as it was"));
}

#[tokio::test]
async fn a_certificate_is_replaced_while_a_connection_is_open() {
    let play = Play::begin();
    let kept = play.client(&play.pki.ekonomiskt_bistand);
    assert_eq!(asked(&kept).await.status, 200);
    // Another authority's, so that a client that trusts it has seen the new one.
    let other = Pki::create(&play.folder().join("other-pki")).unwrap();
    fs::copy(&other.host.chain, &play.pki.host.chain).unwrap();
    fs::copy(&other.host.key, &play.pki.host.key).unwrap();
    let (status, told) = play.reload().await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(asked(&kept).await.status, 200);
    let new = Client::new(play.host.address(), &other.host_roots, Some(&play.pki.ekonomiskt_bistand)).unwrap();
    assert_eq!(asked(&new).await.status, 200);
    assert_eq!(play.operator(&other.host_roots).get("/readyz").await.unwrap().status, 200);
    let old = play.client(&play.pki.ekonomiskt_bistand);
    assert!(old.get("/v1/api-info").await.is_err());
    let metrics = play.operator(&other.host_roots).get("/metrics").await.unwrap().body;
    assert!(
        metrics.contains("ssbtx_certificate_expires_timestamp_seconds{which=\"listen.certificate-chain\"}"),
        "{metrics}"
    );
    assert!(metrics.contains("ssbtx_configuration_reloads_total{result=\"taken\"} 1"), "{metrics}");
}
