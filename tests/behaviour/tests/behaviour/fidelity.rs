//! With every element disclosed, what leaves is what the agency wrote.

mod answers;
mod canonicaliser;
mod generated;
mod json_of_xml;
mod lefi;
mod passage;
mod tokens;

use ssbtx_base_services::{Agency, Person};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, part};

use passage::Passage;

#[tokio::test]
async fn every_persons_documents_leave_as_the_agency_wrote_them() {
    let passage = Passage::begin();
    let agencies = &passage.play.agencies;
    // The odd person's documents hold an element that no catalogue knows, which never passes: see below.
    let persons = agencies.cast().persons().iter().filter(|person| !person.is_odd());
    for person in persons.map(Person::identity) {
        let asking = Asking::about(person);
        let (soap, json) = (passage.play.ask_soap(&asking).await.body, passage.json(&asking).await);
        // Transportstyrelsen cannot be asked about everybody.
        for agency in Agency::ALL {
            let Some(sent) = agencies.last_answer(agency, person) else { continue };
            assert_eq!(passage.same_in_soap(agency, &soap, &sent), Ok(()));
            assert_eq!(passage.same_in_json(agency, &json, &sent), Ok(()));
        }
    }
    for agency in Agency::ALL {
        assert!(agencies.last_answer(agency, ALVAR).is_some(), "{agency}");
    }
}

#[tokio::test]
async fn what_agencies_really_write_passes_verbatim() {
    let passage = Passage::begin();
    let person = ALVAR;
    let namespace = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2";
    // Another prefix, a zoned date, CDATA, character references, no `LagParagraf`, no `AktivetetsRapportDatum`.
    let payload = format!(
        "<q:SvarMeddelande xmlns:q=\"{namespace}\"><q:Fraga><q:OrganisationsnummerForIngivare>162020000001</q:OrganisationsnummerForIngivare>\
         <q:IdentitetsbeteckningFysiskPerson>{person}</q:IdentitetsbeteckningFysiskPerson></q:Fraga><Svar xmlns=\"{namespace}\">\
         <Schemaversion>2</Schemaversion><Referensnummer>  1 </Referensnummer><IdentitetsbeteckningFysiskPerson>{person}</IdentitetsbeteckningFysiskPerson>\
         <Fornamn><![CDATA[A & B <c>]]></Fornamn><Efternamn>&#197;&lt;&gt;&quot;&#13;</Efternamn><ArbetssokandeInfo>\
         <Arbetssokande>1</Arbetssokande><ArbetssokandeRegistrerad>2016-11-18+01:00</ArbetssokandeRegistrerad></ArbetssokandeInfo>\
         <StatusSokandeinformationKod>0</StatusSokandeinformationKod><StatusSokandeinformationKodText/></Svar></q:SvarMeddelande>"
    );
    assert_eq!(passage.keeps(Agency::Af, &payload).await, Ok(()));
}

#[tokio::test]
async fn an_element_that_no_catalogue_lists_never_passes_and_is_counted() {
    let play = Play::begin();
    let odd = play.agencies.cast().persons().iter().find(|person| person.is_odd()).unwrap().identity().to_owned();
    let answer = play.ask(&Asking::about(&odd)).await;
    let unknown: u64 =
        ["AF", "SO", "MIV"].iter().filter_map(|agency| part(&answer, agency)["unknownElements"].as_u64()).sum();
    assert!(unknown > 0, "{answer}");
}
