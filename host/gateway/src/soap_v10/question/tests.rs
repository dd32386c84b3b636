use std::fmt::Write as _;

use super::*;
use crate::sample::{QUESTION, admission, assert_follows_the_published_schema};
use crate::soap_v10::envelope;

fn read(message: &str) -> Result<(Question, Echo), Fault> {
    let document = envelope::parse(message)?;
    let (_, operation) = envelope::operation(&document)?;
    parse(operation, &admission())
}

fn fault(from: &str, to: &str) -> String {
    assert!(QUESTION.contains(from), "{from}");
    read(&QUESTION.replacen(from, to, 1))
        .err()
        .map_or_else(|| "accepted".to_owned(), |fault| format!("{} {fault}", fault.code()))
}

#[test]
fn the_sample_question_follows_the_published_schema() {
    assert_follows_the_published_schema(QUESTION);
}

#[test]
fn a_question_is_read_whole() {
    let (question, _) = read(QUESTION).unwrap();
    assert_eq!(question.person.reveal(), "197701172392");
    assert_eq!(question.period, Period::new(day("2026-01-01"), day("2026-02-28")).unwrap());
    assert_eq!(question.requester.organisation.number.as_str(), "162020000001");
    assert_eq!(question.requester.organisation.name, "Exempelkommun & nämnden");
    assert_eq!(question.requester.caseworker.as_str(), "hand01");
    assert_eq!(question.case.as_str(), "2026-0017");
    assert_eq!(question.correlation_id.as_ref().map(CorrelationId::as_str), Some("abc-123"));
    let included: Vec<_> = question.include.keys().map(ToString::to_string).collect();
    assert_eq!(included, ["AF", "FK", "MIV", "SO"]);
    assert_eq!(
        question.include[&AgencyId::AF].period,
        Some(Period::new(day("2025-12-01"), day("2026-02-28")).unwrap())
    );
    let parameters: Vec<_> =
        question.include[&AgencyId::FK].parameters.iter().map(|p| (p.name, p.value.as_str())).collect();
    assert_eq!(parameters, [("version", "v9"), ("aktorsid", "A1"), ("lefi-json-fraga", "e30=")]);
}

#[test]
fn processors_are_in_the_order_of_their_numbers() {
    let (question, _) = read(QUESTION).unwrap();
    let names: Vec<_> = question.requester.processors.iter().map(|processor| processor.name.as_str()).collect();
    assert_eq!(names, ["Första ombudet", "Andra ombudet"]);
}

#[test]
fn an_empty_purpose_is_said_to_be_none() {
    assert_eq!(read(QUESTION).unwrap().0.purpose.as_str(), "Ej angivet");
}

#[test]
fn the_question_is_echoed_only_where_the_asker_wants_it() {
    let (_, echo) = read(QUESTION).unwrap();
    assert_eq!(echo.asked_at.as_deref(), Some("2026-03-01T08:30:00.123+01:00"));
    assert_eq!(echo.correlation_id.as_deref(), Some("abc-123"));
    let echoed = echo.question.unwrap();
    assert!(
        echoed.starts_with(
            "<ssbt:fraga><ssbt:generellaFrageparametrar><ssbt:frageTidpunkt>2026-03-01T08:30:00.123+01:00</"
        )
    );
    assert!(echoed.contains("<ssbt:namn>Exempelkommun &amp; nämnden</ssbt:namn>"));
    assert!(echoed.contains("<ssbt:CSN inkludera=\"0\"></ssbt:CSN>"));
    for silent in ["false", " 0 ", ""] {
        let message = QUESTION.replacen(">true</ns:fragan", &format!(">{silent}</ns:fragan"), 1);
        assert_eq!(read(&message).unwrap().1.question, None);
    }
}

#[test]
fn ok_questions_that_the_schema_allows_in_another_shape() {
    for (from, to) in [
        ("<ns:frageTidpunkt>2026-03-01T08:30:00.123+01:00</ns:frageTidpunkt>", ""),
        ("<ns:korrelationsid>abc-123</ns:korrelationsid>", ""),
        ("<ns:korrelationsid>abc-123<", "<ns:korrelationsid><"),
        ("162020000001</", "\n 162020000001\n</"),
        ("<ns:ordningsnummer>2</ns:ordningsnummer>", ""),
        ("<ns:version>v9</ns:version>", ""),
        ("197701172392", "1977011<!-- a comment -->72392"),
        ("hand01", "<![CDATA[hand01]]>"),
        ("<ns:syfte></ns:syfte>", "<ns:syfte>Ekonomiskt bistånd</ns:syfte>"),
        ("<soapenv:Header/>", ""),
        ("<soapenv:Header/>", "<soapenv:Header><x mustUnderstand='1'/></soapenv:Header>"),
        (
            "<soapenv:Header/>",
            "<soapenv:Header><x soapenv:mustUnderstand='1' soapenv:actor='urn:other'/></soapenv:Header>",
        ),
    ] {
        assert_eq!(fault(from, to), "accepted", "{from}");
    }
}

#[test]
fn err_question() {
    let table = [
        ("</soapenv:Envelope>", ""),
        ("<soapenv:Envelope", "<!DOCTYPE x [<!ENTITY e 'x'>]><soapenv:Envelope"),
        ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"),
        ("<soapenv:Header/>", "<soapenv:Header><x soapenv:mustUnderstand='1'/></soapenv:Header>"),
        ("<soapenv:Header/>", "<soapenv:Footer/>"),
        ("ssbt/10\"", "ssbt/9\""),
        ("<ns:generellaFrageparametrar>", "<ns:generellaFrageparametrar extra=''>"),
        ("<ns:generellaFrageparametrar>", "<ns:generellaFrageparametrar>text"),
        ("<ns:frageTidpunkt>2026-03-01T", "<ns:frageTidpunkt>2026-03-01 "),
        (">abc-123<", &format!(">{}<", "x".repeat(257))),
        (">true</ns:fragan", ">ja</ns:fragan"),
        ("<ns:organisationsnummer>162020000001</ns:organisationsnummer>", ""),
        ("162020000001", "162000000001"),
        ("<ns:namn>Exempelkommun &amp; nämnden</ns:namn>", "<ns:namn> </ns:namn>"),
        (">hand01<", "><ns:namn/><"),
        (">hand01<", "><"),
        ("197701172392", "19770117-2392"),
        ("197701172392", "197701172393"),
        (">2026-0017<", "><"),
        ("2026-01-01", "2026-13-01"),
        ("2026-02-28+01:00", "igår"),
        ("2026-02-28+01:00", "2025-12-31"),
        ("<ns:ordningsnummer>2<", "<ns:ordningsnummer>två<"),
        ("<ns:lagtext>SoL 15 kap.</ns:lagtext>", ""),
        ("<ns:AF inkludera=\"true\"", "<ns:AF"),
        ("<ns:AF inkludera=\"true\"", "<ns:AF inkludera=\"ja\""),
        ("<ns:CSN inkludera=\"0\"/>", ""),
        ("<ns:CSN inkludera=\"0\"/>", "<CSN inkludera=\"0\"/>"),
        ("<ns:CSN inkludera=\"0\"/>", "<ns:BOLV inkludera=\"0\"/>"),
        ("<ns:MIV inkludera=\"true\"/>", "<ns:MIV inkludera=\"true\"><ns:tidsperiod/></ns:MIV>"),
        ("e30=", "{}"),
        ("</ns:specifikaFrageparametrar>", "</ns:specifikaFrageparametrar><ns:specifikaFrageparametrar/>"),
    ];
    let faults = table.into_iter().fold(String::new(), |mut faults, (from, to)| {
        let _ = writeln!(faults, "{}", fault(from, to));
        faults
    });
    insta::assert_snapshot!(faults, @r"
    SSBT-201 request is not well-formed XML without a document type declaration, at line 1, column 1
    SSBT-201 request is not well-formed XML without a document type declaration, at line 1, column 1
    SSBT-203 request is of another SOAP version, expected SOAP 1.1
    SSBT-204 request has a header that must be understood, and no header is
    SSBT-202 request is no SOAP message: expected a `Body`
    SSBT-205 body holds another element, expected `hamtaBastjanstInformation` or `testaBastjanstInformation` of SSBTEK v10
    SSBT-206 `generellaFrageparametrar` has an attribute that the contract does not have
    SSBT-206 `generellaFrageparametrar` has text between its elements, expected elements alone
    SSBT-207 value of `frageTidpunkt` is not as it should be, expected `yyyy-MM-ddThh:mm:ss`, with or without fractions and zone
    SSBT-207 value of `korrelationsid` is not as it should be, expected at most 256 bytes without control characters
    SSBT-207 value of `fraganSkallInkluderasISvaret` is not as it should be, expected `true`, `false`, `1` or `0`
    SSBT-206 `ingivare` has `namn`, expected `organisationsnummer`
    SSBT-207 value of `organisationsnummer` is not as it should be, expected 12 digits of which the fifth is 2 to 9
    SSBT-207 value of `namn` is not as it should be, expected 1 to 256 bytes that are not all white space, without control characters
    SSBT-206 `handlaggare` has elements, expected text alone
    SSBT-207 value of `handlaggare` is not as it should be, expected 1 to 256 bytes that are not all white space, without control characters
    SSBT-207 value of `personidentitet` is not as it should be, expected twelve digits with a date and a right check digit
    SSBT-207 value of `personidentitet` is not as it should be, expected twelve digits with a date and a right check digit
    SSBT-207 value of `arendeidentitet` is not as it should be, expected 1 to 256 bytes that are not all white space, without control characters
    SSBT-207 value of `fromDatum` is not as it should be, expected a date `yyyy-MM-dd`
    SSBT-207 value of `tomDatum` is not as it should be, expected a date `yyyy-MM-dd`
    SSBT-207 value of `tomDatum` is not as it should be, expected a day that is not before `fromDatum`
    SSBT-207 value of `ordningsnummer` is not as it should be, expected a whole number from -32768 to 32767
    SSBT-206 `generellaFrageparametrar` has nothing more, expected `lagtext`
    SSBT-206 `AF` has no attribute `inkludera`
    SSBT-207 value of `inkludera` is not as it should be, expected `true`, `false`, `1` or `0`
    SSBT-206 `specifikaFrageparametrar` has `FK`, expected `CSN`
    SSBT-206 `specifikaFrageparametrar` has `CSN` in another namespace, expected `CSN`
    SSBT-206 `specifikaFrageparametrar` has an element that the contract does not have, expected `CSN`
    SSBT-206 `MIV` has `tidsperiod`, expected nothing more
    SSBT-207 value of `lefiJsonFraga` is not as it should be, expected base64
    SSBT-206 `hamtaBastjanstInformation` has `specifikaFrageparametrar`, expected nothing more
    ");
}

#[test]
fn a_fault_never_quotes_what_the_asker_wrote() {
    for (from, to) in [
        ("197701172392", "marker-17"),
        (">hand01<", "><marker-17/><"),
        ("<ns:CSN inkludera=\"0\"/>", "<marker-17/>"),
        ("<ns:AF inkludera=\"true\"", "<ns:AF inkludera=\"marker-17\""),
        ("<ns:generellaFrageparametrar>", "<ns:generellaFrageparametrar marker-17=''>"),
        ("<ns:generellaFrageparametrar>", "<ns:generellaFrageparametrar>marker-17"),
        ("</soapenv:Envelope>", "</marker-17>"),
        ("&amp;", "&marker-17;"),
    ] {
        let fault = fault(from, to);
        assert!(fault.starts_with("SSBT-2") && !fault.contains("marker"), "{fault}");
    }
}

#[test]
fn a_message_of_many_or_deep_elements_is_refused_and_stops_nothing() {
    let nested = format!("{}{}", "<x>".repeat(20_000), "</x>".repeat(20_000));
    assert!(matches!(read(&nested), Err(Fault::NoSoapMessage(_))));
    assert!(matches!(read(&format!("<x>{}</x>", "<y/>".repeat(20_000))), Err(Fault::MalformedXml { .. })));
}

#[test]
fn the_test_operation_has_no_content() {
    let message = |content: &str| {
        format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><testaBastjanstInformation \
             xmlns='http://schema.forsakringskassan.se/integration/ssbt/10'>{content}</testaBastjanstInformation></e:Body></e:Envelope>"
        )
    };
    let read = |message: &str| {
        let document = envelope::parse(message)?;
        let (_, operation) = envelope::operation(&document)?;
        parse_test(operation)
    };
    assert_eq!(read(&message("  ")), Ok(()));
    insta::assert_snapshot!(read(&message("<AF/>")).unwrap_err(), @"`testaBastjanstInformation` has `AF`, expected nothing more");
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}
