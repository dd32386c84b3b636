//! What is read in the schemas.

use std::collections::BTreeSet;

use ssbtx_published::{Contracts, LEFI_ANSWER};

use crate::{JSON_DOCUMENTS, XML_ANSWERS};

#[test]
fn every_published_answer_is_read_with_all_that_it_imports() {
    let Some(contracts) = Contracts::find() else { return };
    let told: Vec<String> = XML_ANSWERS
        .iter()
        .chain(&JSON_DOCUMENTS)
        .map(|document_type| {
            let declarations = contracts.schema(document_type).declarations();
            let namespaces: BTreeSet<&str> = declarations
                .iter()
                .filter(|declared| !declared.path.contains('@'))
                .map(|declared| declared.namespace.as_str())
                .collect();
            format!("{}: {} in {} namespaces", document_type.name, declarations.len(), namespaces.len())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    SvarMeddelande: 41 in 1 namespaces
    CSNSvar: 214 in 8 namespaces
    GetUnemploymentBenefitPaymentResponse: 29 in 1 namespaces
    HamtaUppgifterResponse: 12 in 2 namespaces
    findByPersonnummerResponse: 24 in 2 namespaces
    LefiExternFormansinformationSvar: 1872 in 1 namespaces
    LefiExternFormansinformationFraga: 17 in 1 namespaces
    LefiExternTillgangligaInformationstyper: 25 in 1 namespaces
    ");
}

#[test]
fn csn_repeats_persons_because_the_sequence_around_them_does() {
    let Some(contracts) = Contracts::find() else { return };
    let lines: Vec<String> =
        contracts.schema(&ssbtx_published::CSN_ANSWER).declarations().iter().map(ToString::to_string).collect();
    for line in [
        "/CSNSvar object 1 in http://schema.csn.se/v4.0/kommunfraga",
        "@schemaVersion decimal 1",
        "GemensamtFragaEkbistand object 1 in http://schema.csn.se/v4.0/kommunfraga",
        "Personer/Person object 0..n in http://schema.csn.se/v4.0/kommunfraga",
        "Personer/Person/@sekretess text 0..1",
        "Personer/Person/Studiemedel object 1 in http://schema.csn.se/v4.0/person",
        "Personer/Person/Studiemedel/Arenden/Arende/@lopnummer text 1",
        "Personer/Person/Studiemedel/Arenden/Arende/UtbetalningsPlan/Utbetalning object 0..n in http://schema.csn.se/v4.0/studiemedel",
        "Personer/Person/Studiemedel/Arenden/Arende/UtbetalningsPlan/Utbetalning/totbelopp text 1 in http://schema.csn.se/v4.0/csntyper",
    ] {
        assert!(lines.iter().any(|published| published == line), "{line}\n{}", lines.join("\n"));
    }
}

#[test]
fn lefi_is_read_in_the_order_of_the_file() {
    let Some(contracts) = Contracts::find() else { return };
    let declarations = contracts.schema(&LEFI_ANSWER).declarations();
    let at_the_top: Vec<String> = declarations
        .iter()
        .filter(|declared| !declared.path.trim_start_matches('/').contains('/'))
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(at_the_top.join("\n"), @r"
    /LefiExternFormansinformationSvar object 1
    utlamnare list 0..1
    avvikelser object 0..1
    formansinformation object 0..1
    ansprak list 0..1
    beslut list 0..1
    preliminaraUtbetalningar list 0..1
    utbetalningar list 0..1
    ovrigInformation list 0..1
    ");
}
