use std::collections::BTreeMap;
use std::time::Duration;

use super::super::sequence::Found;
use super::*;
use crate::limits::{Limit, Measure, Whose};
use crate::sample::assert_follows_the_published_schema;

fn every_fault() -> Vec<Fault> {
    vec![
        Fault::MalformedXml { line: 3, column: 14 },
        Fault::NotUtf8,
        Fault::NoSoapMessage("a `Body`"),
        Fault::SoapVersion,
        Fault::MustUnderstand,
        Fault::UnknownOperation,
        Fault::Misplaced(Misplaced::Expected { parent: "ingivare", found: Found::Nothing, expected: "namn" }),
        Fault::Value { element: "fromDatum", expected: "a date `yyyy-MM-dd`" },
        Fault::ContentType,
        Fault::TooLarge(262_144),
        Fault::NotWhole,
        Fault::NotRegistered,
        Fault::NotYourOrganisation,
        Fault::RoleWithoutPolicy("arbetsmarknad".parse().unwrap()),
        Fault::NotRecorded,
        Fault::BrokenOff,
        Fault::Closed(Closed::TrustExpired),
        Fault::CaseNotOpen,
        Fault::CasesUnavailable,
        Fault::Limit(LimitReached {
            limit: Limit { whose: Whose::Caseworker, measure: Measure::Rate },
            retry_after: Duration::from_secs(12),
            refusals: 1,
        }),
    ]
}

#[test]
fn every_fault_has_a_stable_code_and_text() {
    let table: Vec<_> =
        every_fault().iter().map(|fault| format!("{} {} | {fault}", fault.told().code, fault.told().message)).collect();
    insta::assert_snapshot!(table.join("\n"), @r"
    SSBT-201 Anropet är inte välformad XML i UTF-8. | request is not well-formed XML without a document type declaration, at line 3, column 14
    SSBT-201 Anropet är inte välformad XML i UTF-8. | request is not encoded in UTF-8
    SSBT-202 Anropet är inget SOAP-meddelande. | request is no SOAP message: expected a `Body`
    SSBT-203 Anropet måste följa SOAP 1.1. | request is of another SOAP version, expected SOAP 1.1
    SSBT-204 Anropet har ett huvud som tjänsten inte hanterar. | request has a header that must be understood, and no header is
    SSBT-205 Tjänsten har ingen sådan operation. | body holds another element, expected `hamtaBastjanstInformation` or `testaBastjanstInformation` of SSBTEK v10
    SSBT-206 Ett element saknas eller hör inte hemma i frågan. | `ingivare` has nothing more, expected `namn`
    SSBT-207 Ett värde i frågan är felaktigt. | value of `fromDatum` is not as it should be, expected a date `yyyy-MM-dd`
    SSBT-208 Anropet måste ha innehållstypen text/xml i UTF-8. | content type is another, expected `text/xml` in UTF-8
    SSBT-209 Anropet är för stort. | request is larger than 262144 bytes
    SSBT-210 Anropet kom inte fram helt och i tid. | request did not arrive whole and in time
    SSBT-211 Certifikatet hör inte till någon registrerad konsument. | certificate belongs to no registered consumer
    SSBT-212 Konsumenten får inte fråga för ingivarens räkning. | `organisationsnummer` in `ingivare` is neither the certificate's nor one that it is registered to act for, or `aktorsid` is another's
    SSBT-213 Rollen saknar regler, därför lämnas inga uppgifter. | no policy is loaded for role `arbetsmarknad`
    SSBT-214 Frågan kunde inte loggas, därför lämnas inga uppgifter. | question could not be recorded
    SSBT-215 Frågan avbröts av ett fel i tjänsten. | question was broken off
    SSBT-216 Tjänstens regler har gått ut, därför lämnas inga uppgifter. | signed repository has expired, and so has the time to go on without a newer one
    SSBT-218 Personen finns inte i något pågående ärende med denna ärendeidentitet, därför ställs ingen fråga. | person is not registered in an open case with this `arendeidentitet` and organisation
    SSBT-219 Pågående ärenden kan inte läsas just nu, därför ställs ingen fråga. | open cases cannot be read at present
    SSBT-217 Gränsen för antalet frågor är nådd, därför ställs ingen fråga. | limit `caseworker-rate` is reached, ask again in 12 s
    ");
}

#[test]
fn a_code_has_one_meaning() {
    let mut meanings: BTreeMap<_, &str> = BTreeMap::new();
    for fault in every_fault() {
        let told = fault.told();
        assert_eq!(*meanings.entry(told.code).or_insert(told.message), told.message);
    }
}

#[test]
fn every_code_is_in_the_vendors_documentation() {
    let documentation = include_str!("../../../../../docs/soap-v10.md");
    for code in
        every_fault().iter().map(Fault::code).chain(ssbtx_core::BrokerFault::ALL.map(ssbtx_core::BrokerFault::code))
    {
        assert!(documentation.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn a_fault_is_written_as_published() {
    let fault = Fault::Value { element: "fromDatum", expected: "a date `yyyy-MM-dd`" };
    insta::assert_snapshot!(fault.write(Operation::Ask), @r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>SSBT-207 Ett värde i frågan är felaktigt.</faultstring><detail><ssbt:hamtaBastjanstInformationFault xmlns:ssbt="http://schema.forsakringskassan.se/integration/ssbt/10"><ssbt:felkod>SSBT-207</ssbt:felkod><ssbt:felmeddelande>Ett värde i frågan är felaktigt.</ssbt:felmeddelande><ssbt:felmeddelande>value of `fromDatum` is not as it should be, expected a date `yyyy-MM-dd`</ssbt:felmeddelande></ssbt:hamtaBastjanstInformationFault></detail></soap:Fault></soap:Body></soap:Envelope>"#);
    insta::assert_snapshot!(Fault::MustUnderstand.write(Operation::Ask), @r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:MustUnderstand</faultcode><faultstring>SSBT-204 Anropet har ett huvud som tjänsten inte hanterar.</faultstring></soap:Fault></soap:Body></soap:Envelope>"#);
}

#[test]
fn the_detail_of_every_fault_follows_the_published_schema() {
    for fault in every_fault() {
        for operation in [Operation::Ask, Operation::Test] {
            let message = fault.write(operation);
            if let Some((_, detail)) = message.split_once("<detail>") {
                let (detail, _) = detail.split_once("</detail>").unwrap();
                assert_follows_the_published_schema(&format!("<Envelope><Body>{detail}</Body></Envelope>"));
            }
        }
    }
}
