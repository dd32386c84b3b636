//! The question in Skatteverket's format.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Question;
use ssbtx_adapter_rehearsal::{bare_question, planned, question};
use ssbtx_adapter_skatteverket::Skatteverket;

#[test]
fn the_question_is_a_document_inside_a_string() {
    let payload = planned::<Skatteverket>(question(&["identitet"])).payload;
    let (before, rest) = payload.split_once("<forfragan>").unwrap();
    assert_eq!(before, "<bs:BeskattningsuppgifterRequest xmlns:bs=\"http://beskattningws.ws.service.bs.zg.rsv.se/\">");
    assert!(rest.starts_with("&lt;?xml version=&quot;1.0&quot; encoding=&quot;UTF-8&quot;?&gt;&lt;Fraga"), "{rest}");
    assert!(rest.ends_with(
        "&lt;/FragaBeskattningsuppgifterEnligtSFS2008-975&gt;</forfragan></bs:BeskattningsuppgifterRequest>"
    ));
    insta::assert_snapshot!(document(question(&["identitet"])).replace("><", ">\n<"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <FragaBeskattningsuppgifterEnligtSFS2008-975 xmlns="http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/1.0" xmlns:folko="http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForFolkbokforing/1.0">
    <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare>
    <NamnPaIngivare>Socialnämnden i Exempelstad</NamnPaIngivare>
    <KontonamnForHandlaggare>anna.andersson</KontonamnForHandlaggare>
    <Referensnummer>EB-2026-17</Referensnummer>
    <Syfte>Ekonomiskt bistånd</Syfte>
    <Lagtext>SoL (2025:400) 15 kap.</Lagtext>
    <folko:IdentitetsbeteckningFysiskPerson>197701172392</folko:IdentitetsbeteckningFysiskPerson>
    </FragaBeskattningsuppgifterEnligtSFS2008-975>
    "#);
}

#[test]
fn the_same_is_asked_whatever_is_wanted_and_whatever_the_question_lacks() {
    let everything = document(question(&["identitet", "status", "kapital", "skattekonto-aterbetalning"]));
    assert_eq!(document(question(&["kapital"])), everything);
    assert_eq!(document(bare_question(&[])), everything);
}

#[test]
fn markup_in_the_question_stays_text_in_the_document_and_in_the_string() {
    let mut question = question(&[]);
    question.requester.caseworker = String::from("<Åsa> & \"Bo\"\u{0}]]></forfragan>");
    let document = document(question);
    let document = roxmltree::Document::parse(&document).unwrap();
    let caseworker = document.descendants().find(|node| node.tag_name().name() == "KontonamnForHandlaggare").unwrap();
    assert_eq!(caseworker.text(), Some("<Åsa> & \"Bo\"\u{fffd}]]></forfragan>"));
}

/// The document inside the string of a request.
fn document(question: Question) -> String {
    let payload = planned::<Skatteverket>(question).payload;
    let payload = roxmltree::Document::parse(&payload).unwrap();
    let string = payload.root_element().first_element_child().unwrap();
    assert!(string.has_tag_name("forfragan"));
    string.text().unwrap().to_owned()
}
