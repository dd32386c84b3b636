//! What is particular to Transportstyrelsen.

use ssbtx_base_services::Agency;

use crate::client::{Client, Protocol};
use crate::pki::Authority;
use crate::questions::question;

#[tokio::test]
async fn every_vehicle_is_told_and_a_person_without_any_has_an_empty_list() {
    let authority = Authority::new();
    let services = authority.start();
    let client = Client::of(&authority, Protocol::Http1);
    for (person, vehicles) in [("197909262391", 2), ("197701172392", 1), ("198804202383", 0), ("191401682396", 0)] {
        let answer = client.ask(&services, Agency::Tns, &question(Agency::Tns, person)).await;
        assert!(answer.body.contains("<tns:resultat>OK</tns:resultat>"));
        assert_eq!(answer.body.matches("<frdn:fordon>").count(), vehicles, "{person}");
    }
}

#[tokio::test]
async fn a_person_born_in_the_1800s_cannot_be_asked_about() {
    let authority = Authority::new();
    let services = authority.start();
    let client = Client::of(&authority, Protocol::Http1);
    let answer = client.ask(&services, Agency::Tns, &question(Agency::Tns, "189001019802")).await;
    assert_eq!(answer.status, 500);
    assert_eq!(services.bad_requests(Agency::Tns).len(), 1);
}
