//! What is particular to CSN.

use ssbtx_base_services::{Agency, BaseServices};

use crate::client::{Client, Protocol};
use crate::pki::Authority;
use crate::questions::question;

async fn answers(persons: &[&str]) -> Vec<String> {
    let authority = Authority::new();
    let services: BaseServices = authority.start();
    let client = Client::of(&authority, Protocol::Http1);
    let mut answers = Vec::new();
    for person in persons {
        answers.push(client.ask(&services, Agency::Csn, &question(Agency::Csn, person)).await.body);
    }
    answers
}

#[tokio::test]
async fn a_protected_identity_is_said_in_an_attribute_that_is_two_spaces_for_others() {
    let [protected, other] = answers(&["197701192390", "197701172392"]).await.try_into().unwrap();
    assert!(protected.contains(r#" sekretess="S ""#));
    assert!(other.contains(r#" Status="          " sekretess="  " sekel="19""#));
}

#[tokio::test]
async fn everything_asked_for_is_well_also_where_nobody_is_found() {
    for answer in answers(&["197701172392", "198804202383", "189001019802"]).await {
        assert!(answer.contains("<csn:ResultatKod>0</csn:ResultatKod>"));
        assert!(answer.contains("<csn:GemensamtFragaEkbistand></csn:GemensamtFragaEkbistand>"));
    }
}

#[tokio::test]
async fn a_person_whose_number_the_schema_has_no_room_for_is_nowhere_in_the_answer() {
    let [answer] = answers(&["191401682396"]).await.try_into().unwrap();
    assert!(answer.contains("<csn:Personer></csn:Personer>"));
}

#[tokio::test]
async fn the_cast_has_cases_of_every_form_of_support_with_weeks_dates_and_totals() {
    let all =
        answers(&["197701172392", "200306062381", "200607092384", "198404152392", "198404162383", "198804212382"]);
    let all = all.await.concat();
    for says in [
        "<csnsm:stodform>GRUND</csnsm:stodform>",
        "<csnsh:stodform>INACK</csnsh:stodform>",
        "<csnhut:stodform>HUT</csnhut:stodform>",
        "<csnsss:stodform>SSSTÖD</csnsss:stodform>",
        "<csnoss:stodform>OSS</csnoss:stodform>",
        "<csngem:starttid>202636</csngem:starttid>",
        "<csngem:utbetdatum>20261125</csngem:utbetdatum><csngem:utbetstatus>Planerad</csngem:utbetstatus>",
        "<csngem:totbelopp>71760</csngem:totbelopp>",
        "<csngem:gr_takt>100</csngem:gr_takt>",
        "<csngem:soktlan>J</csngem:soktlan>",
        "<csngem:soktlan> </csngem:soktlan>",
    ] {
        assert!(all.contains(says), "{says}");
    }
}
