//! What is refused.

use http::Method;
use ssbtx_base_services::{Agency, BaseServices, Fault};

use crate::client::{Client, Protocol, question_to, whole};
use crate::pki::Authority;
use crate::questions::{question, question_to_af_including};

const PERSON: &str = "197701172392";

fn stage() -> (BaseServices, Client) {
    let authority = Authority::new();
    (authority.start(), Client::of(&authority, Protocol::Http1))
}

fn reasons(services: &BaseServices, agency: Agency) -> Vec<String> {
    services.bad_requests(agency).iter().map(ToString::to_string).collect()
}

/// A right question about [`PERSON`] with one text in place of another.
fn spoiled(agency: Agency, from: &str, to: &str) -> (Agency, String) {
    let right = question(agency, PERSON);
    assert!(right.contains(from), "{from}");
    (agency, right.replace(from, to))
}

/// Asks each and shows that it gets a fault of the client, and that the reason is kept.
async fn are_refused<const N: usize>(cases: [((Agency, String), &str); N]) {
    let (services, client) = stage();
    for ((agency, question), reason) in cases {
        services.reset();
        let answer = client.ask(&services, agency, &question).await;
        assert_eq!((answer.status.as_u16(), answer.content_type.as_str()), (500, "text/xml; charset=utf-8"));
        assert!(answer.body.contains("<faultcode>soap:Client</faultcode>"), "{}", answer.body);
        assert_eq!(reasons(&services, agency), [reason]);
        assert_eq!(services.requests(agency), 1);
    }
}

#[tokio::test]
async fn a_question_that_breaks_the_schema_gets_a_fault_that_says_why() {
    are_refused([
        (
            spoiled(Agency::Af, "<v2:LagParagraf>SFS 2008:975 5 §</v2:LagParagraf>", ""),
            "found `OrganisationsnummerForPersonuppgiftsbitrade` in `Fraga`, expected `LagParagraf`",
        ),
        (spoiled(Agency::Af, PERSON, "7701172392"), "value of `IdentitetsbeteckningFysiskPerson` is not twelve digits"),
        (
            spoiled(Agency::Af, "162020000001", "1620"),
            "value of `OrganisationsnummerForIngivare` is not 10 to 12 characters",
        ),
        (spoiled(Agency::Af, "2026-11-30", "2026-11-31"), "value of `Tom` is not a date"),
        (
            spoiled(Agency::Af, "ersattningsstod/v2", "ersattningsstod/v3"),
            "found `{http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v3}FragaMeddelande` in `Body`, expected `FragaMeddelande`",
        ),
        (
            (Agency::Af, question_to_af_including(PERSON, r#"Allt="true""#)),
            "attribute `Allt` on `Inkludera` is not in the schema",
        ),
        (
            (Agency::Af, question_to_af_including(PERSON, r#"AkasseInfo="ja""#)),
            "value of `AkasseInfo` is not a truth value",
        ),
        (
            spoiled(Agency::So, "<Syfte>Prövning av bistånd</Syfte>", ""),
            "found `Paragraf` in `GetUnemploymentBenefitPaymentRequest`, expected `Syfte`",
        ),
        (
            spoiled(Agency::So, "</IdentificationNumber>", "</IdentificationNumber><Mer/>"),
            "found `Mer` in `GetUnemploymentBenefitPaymentRequest`, expected `nothing more`",
        ),
        (
            spoiled(Agency::Miv, "<query>", r#"<query xmlns="http://schema.migrationsverket.se/ssbtek/1/">"#),
            "found `{http://schema.migrationsverket.se/ssbtek/1/}query` in `findByPersonnummer`, expected `query`",
        ),
        (
            spoiled(Agency::Miv, "<handlaggare>handlaggare1</handlaggare>", ""),
            "found `namn` in `ingivare`, expected `handlaggare`",
        ),
        (spoiled(Agency::Miv, "</s:Envelope>", ""), "body is not well-formed XML in UTF-8 without DOCTYPE"),
        (
            spoiled(Agency::Miv, "<s:Envelope", "<!DOCTYPE s><s:Envelope"),
            "body is not well-formed XML in UTF-8 without DOCTYPE",
        ),
        (
            spoiled(Agency::Miv, "schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope"),
            "found `{http://www.w3.org/2003/05/soap-envelope}Envelope` in ``, expected `Envelope`",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_question_to_csn_is_held_to_the_content_that_ssbtx_gives_it() {
    are_refused([
        (
            spoiled(Agency::Csn, "2026-000123", &"x".repeat(32)),
            "value of `Referensnummer` is not at most 31 characters",
        ),
        (spoiled(Agency::Csn, "20261130", "2026-11-30"), "value of `TomDatum` is not a date of eight digits"),
        (spoiled(Agency::Csn, r#"sekel="19""#, r#"sekel="21""#), "value of `sekel` is not `18`, `19` or `20`"),
        (spoiled(Agency::Csn, r#"sekel="19" "#, ""), "found `nothing` in `Person`, expected `sekel`"),
        (spoiled(Agency::Csn, "7701172392", PERSON), "value of `personnummer` is not ten digits"),
        (
            spoiled(Agency::Csn, "<Namn>Biträdet</Namn>", ""),
            "found `nothing` in `Personuppgiftsbitrade`, expected `Namn`",
        ),
        (
            spoiled(Agency::Csn, "http://www.sambruk.se/SBNyttomeddelanden", "urn:annan"),
            "found `{urn:annan}OrganisationsnummerForIngivare` in `SBNUppgEkBistandBegar`, expected `OrganisationsnummerForIngivare`",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_question_to_skatteverket_is_read_inside_its_string_too() {
    are_refused([
        (
            spoiled(
                Agency::Skv,
                "<b:BeskattningsuppgifterRequest xmlns:b=",
                "<b:BeskattningsuppgifterRequest xmlns='urn:x' xmlns:b=",
            ),
            "found `{urn:x}forfragan` in `BeskattningsuppgifterRequest`, expected `forfragan`",
        ),
        (spoiled(Agency::Skv, "&lt;?xml version=\"1.0\" encoding=\"UTF-8\"?>", ""), DOCUMENT_IN_A_STRING),
        (spoiled(Agency::Skv, "&lt;/s:Frag", "&lt;/s:Svar"), DOCUMENT_IN_A_STRING),
        (spoiled(Agency::Skv, "encoding=\"UTF-8\"?>", "?>&lt;!DOCTYPE s>"), DOCUMENT_IN_A_STRING),
        (
            spoiled(Agency::Skv, "standardiseradInformation/1.0", "standardiseradInformation/2.0"),
            "found `{http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/2.0}FragaBeskattningsuppgifterEnligtSFS2008-975` in ``, expected `FragaBeskattningsuppgifterEnligtSFS2008-975`",
        ),
        (
            spoiled(Agency::Skv, "&lt;s:Syfte>Prövning av bistånd&lt;/s:Syfte>", ""),
            "found `Lagtext` in `FragaBeskattningsuppgifterEnligtSFS2008-975`, expected `Syfte`",
        ),
        (
            spoiled(Agency::Skv, PERSON, "7701172392"),
            "value of `IdentitetsbeteckningFysiskPerson` is not twelve digits",
        ),
    ])
    .await;
}

const DOCUMENT_IN_A_STRING: &str =
    "value of `forfragan` is not a well-formed XML document with a declaration and without DOCTYPE";

#[tokio::test]
async fn a_question_to_transportstyrelsen_holds_nothing_but_a_person_of_its_centuries() {
    are_refused([
        (spoiled(Agency::Tns, ">19<", ">18<"), "value of `sekel` is not `19` or `20`"),
        (spoiled(Agency::Tns, "7701172392", PERSON), "value of `personnummer` is not ten digits"),
        (
            spoiled(Agency::Tns, "ssbtek/person/1", "ssbtek/fordon/1"),
            "found `{http://schema.transportstyrelsen.se/ssbtek/fordon/1}sekel` in `identifikation`, expected `sekel`",
        ),
        (
            spoiled(Agency::Tns, "</t:HamtaUppgifter>", "<mer xmlns='urn:mer'/></t:HamtaUppgifter>"),
            "found `{urn:mer}mer` in `HamtaUppgifter`, expected `nothing more`",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_request_that_is_no_soap_question_is_refused() {
    let (services, client) = stage();
    let agency = Agency::Af;
    let right = || question_to(agency, &question(agency, PERSON));
    let mut requests = Vec::new();
    let mut request = right();
    *request.method_mut() = Method::PUT;
    requests.push((request, 405, "method is `PUT`, expected `POST`"));
    let mut request = right();
    *request.uri_mut() = "/ersattningsstod/v2?person=1".parse().unwrap();
    requests.push((request, 404, "path is not `/ersattningsstod/v2`"));
    let mut request = right();
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    requests.push((request, 415, "header `content-type` is not `text/xml; charset=utf-8`"));
    let mut request = right();
    request.headers_mut().remove("soapaction");
    requests.push((request, 415, r#"header `soapaction` is not `""`"#));
    for (request, status, reason) in requests {
        services.reset();
        let answer = whole(client.send(services.address(agency), request).await.unwrap()).await.unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(reasons(&services, agency), [reason]);
    }
}

#[tokio::test]
async fn a_bad_question_is_refused_whatever_goes_wrong_besides() {
    let (services, client) = stage();
    services.set_fault(Agency::So, Some(Fault::Hang));
    let answer = client.ask(&services, Agency::So, "<?").await;
    assert_eq!(answer.status, 500);
    assert_eq!(services.bad_requests(Agency::So).len(), 1);
}

#[tokio::test]
async fn a_question_of_more_than_a_mebibyte_is_refused() {
    let (services, client) = stage();
    let answer = client.ask(&services, Agency::So, &" ".repeat((1 << 20) + 1)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(reasons(&services, Agency::So), ["body is broken off or too large"]);
}
