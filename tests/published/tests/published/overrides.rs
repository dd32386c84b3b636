//! What a test fixes is fixed in every document.

use ssbtx_published::{CSN_ANSWER, Contracts, LEFI_ANSWER, Overrides, TNS_ANSWER};

use crate::{XML_ANSWERS, samples};

#[test]
fn a_fixed_value_stands_wherever_its_place_is() {
    let Some(contracts) = Contracts::find() else { return };
    let fixed = Overrides::default()
        .fixed("GemensamtSvarEkbistand/Resultat/ResultatKod", "0")
        .present("Personer/Person")
        .fixed("Personer/Person/@personnummer", "7701172392")
        .present("Personer/Person/@sekel")
        .fixed("Personer/Person/@sekel", "19")
        .absent("Personer/Person/@sekretess");
    for document in samples(&contracts.schema(&CSN_ANSWER).strategy(&fixed), 100) {
        let parsed = roxmltree::Document::parse(&document).unwrap();
        let code = parsed.descendants().find(|node| node.tag_name().name() == "ResultatKod").unwrap();
        let texts: String = code.children().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect();
        assert_eq!(texts, "0", "{document}");
        let persons: Vec<_> = parsed.descendants().filter(|node| node.tag_name().name() == "Person").collect();
        assert!(!persons.is_empty(), "{document}");
        for person in persons {
            assert_eq!(person.attribute("personnummer"), Some("7701172392"), "{document}");
            assert_eq!(person.attribute("sekel"), Some("19"), "{document}");
            assert_eq!(person.attribute("sekretess"), None, "{document}");
        }
    }
}

#[test]
fn a_fixed_value_in_json_is_written_as_its_type_demands() {
    let Some(contracts) = Contracts::find() else { return };
    let fixed = Overrides::default()
        .present("utlamnare")
        .present("utlamnare/item")
        .present("utlamnare/item/tillstand")
        .present("utlamnare/item/tillstand/kod")
        .fixed("utlamnare/item/tillstand/kod", "OK")
        .present("formansinformation")
        .present("formansinformation/generellPersoninformation")
        .present("formansinformation/generellPersoninformation/item")
        .present("formansinformation/generellPersoninformation/item/skyddad")
        .fixed("formansinformation/generellPersoninformation/item/skyddad", "false");
    for document in samples(&contracts.schema(&LEFI_ANSWER).strategy(&fixed), 50) {
        let answer: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(answer["utlamnare"][0]["tillstand"]["kod"], "OK", "{document}");
        assert_eq!(answer["formansinformation"]["generellPersoninformation"][0]["skyddad"], false, "{document}");
    }
}

#[test]
fn an_answer_of_success_is_about_the_person_and_valid() {
    let Some(contracts) = Contracts::find() else { return };
    for document_type in XML_ANSWERS.into_iter().chain([LEFI_ANSWER]) {
        let schema = contracts.schema(&document_type);
        let success = Overrides::of_success(&document_type, "200002292399");
        let complete = schema.complete(&success, 1);
        assert_eq!(schema.validate(&complete), Ok(()));
        assert_eq!(complete.contains("0002292399"), document_type != TNS_ANSWER, "{complete}");
        for document in samples(&schema.strategy(&success), 10) {
            assert_eq!(schema.validate(&document), Ok(()), "{document}");
        }
    }
}

#[test]
#[should_panic(expected = "an override names `Personer/Person/@kön`, which is not declared")]
fn an_override_of_what_is_not_declared_is_refused() {
    match Contracts::find() {
        Some(contracts) => {
            drop(contracts.schema(&CSN_ANSWER).strategy(&Overrides::default().present("Personer/Person/@kön")));
        }
        None => {
            panic!("an override names `Personer/Person/@kön`, which is not declared: not shown, there are no contracts")
        }
    }
}
