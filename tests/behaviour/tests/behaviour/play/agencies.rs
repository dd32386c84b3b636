//! The agencies of a play, which fail the test that let them be asked against their schemas.

use std::ops::Deref;
use std::path::Path;

use ssbtx_base_services::{Agency, BaseServices, Pem, Settings};
use ssbtx_stage::client::Client;
use ssbtx_stage::lefi::AKTORSID;
use ssbtx_stage::pki::Pki;

/// Simulated base services. When a test is over, none may have met a request that breaks its published schema.
pub(crate) struct Agencies {
    services: BaseServices,
    expectation: Expectation,
}

/// What an agency may be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expectation {
    /// Nothing that it must refuse.
    NoBadRequest,
    /// Anything.
    AnyRequest,
}

impl Agencies {
    pub(super) fn start(pki: &Pki, expectation: Expectation) -> Self {
        let file = |path: &Path| Pem::File(path.to_owned());
        let own = &pki.base_services;
        let settings = Settings::new(file(&own.chain), file(&own.key), file(&pki.agency_roots));
        Self { services: BaseServices::start(&settings).unwrap(), expectation }
    }
}

impl Deref for Agencies {
    type Target = BaseServices;

    fn deref(&self) -> &BaseServices {
        &self.services
    }
}

impl Drop for Agencies {
    fn drop(&mut self) {
        // A test that fails already says why.
        if self.expectation == Expectation::AnyRequest || std::thread::panicking() {
            return;
        }
        for agency in Agency::ALL {
            let bad = self.services.bad_requests(agency);
            assert!(bad.is_empty(), "{agency}: {bad:?}");
        }
    }
}

#[tokio::test]
#[should_panic(expected = "FK: [")]
async fn a_request_that_breaks_its_schema_fails_the_test_that_let_it_through() {
    let folder = tempfile::tempdir().unwrap();
    let pki = Pki::create(folder.path()).unwrap();
    let agencies = Agencies::start(&pki, Expectation::NoBadRequest);
    let client = Client::new(agencies.address(Agency::Fk), &pki.agency_roots, Some(&pki.upstream)).unwrap();
    let (_, aktorsid) = AKTORSID[0];
    let path = format!("/lefi-extern-formansinformation/v9/aktorer/{aktorsid}/formansinformation/fraga");
    let received = client.post_json(&path, "{}".to_owned()).await.unwrap();
    assert_eq!(received.status, 400);
}
