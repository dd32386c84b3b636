//! Answers of Skatteverket's, and parts to make them of.

use ssbtx_adapter_rehearsal::PERSON;

/// The person whom the question is about, with this in addition.
pub(crate) fn person(content: &str) -> String {
    format!(
        "<s:Personuppgift><f:IdentitetsbeteckningFysiskPerson>{PERSON}</f:IdentitetsbeteckningFysiskPerson>{content}</s:Personuppgift>"
    )
}

/// The document with these persons.
pub(crate) fn answer(content: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><s:SvarBeskattningsuppgifterEnligtSFS2008-975 xmlns:s='{ZG}/instans/standardiseradInformation/1.0' \
         xmlns:f='{ZG}/komponent/infoForFolkbokforing/1.0' xmlns:b='{ZG}/komponent/infoForBeskattning/1.0'>\
         <s:PersonuppgiftLista>{content}</s:PersonuppgiftLista></s:SvarBeskattningsuppgifterEnligtSFS2008-975>"
    )
}

/// The payload with that document in its string.
pub(crate) fn response(content: &str) -> String {
    enclosed(&answer(content))
}

/// The payload with this in its string.
pub(crate) fn enclosed(document: &str) -> String {
    let escaped = document.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<b:BeskattningsuppgifterResponse xmlns:b='{SERVICE}'><svar>{escaped}</svar></b:BeskattningsuppgifterResponse>"
    )
}

/// What a person is called.
pub(crate) const NAME: &str = "<f:Fornamn>Test</f:Fornamn><f:Efternamn>Person</f:Efternamn>";
/// A status, such as it may be: the codes are not published.
pub(crate) const STATUS: &str = "<s:StatusPersonuppgiftKod>7</s:StatusPersonuppgiftKod>";
/// Capital of one year and one refund.
pub(crate) const DATA: &str = "<s:Kapitaluppgift><b:Taxeringsar>2025</b:Taxeringsar><b:SummaIntakterPaKapital>1200.50</b:SummaIntakterPaKapital>\
    <b:OverskottPaKapital>800</b:OverskottPaKapital></s:Kapitaluppgift><s:Skattekontouppgift>\
    <b:AterbetaltBelopp>2400</b:AterbetaltBelopp><b:Aterbetalningsdatum>2025-08-12</b:Aterbetalningsdatum></s:Skattekontouppgift>";
const ZG: &str = "http://xmls.skatteverket.se/se/skatteverket/zg";
/// The namespace of the payload.
pub(crate) const SERVICE: &str = "http://beskattningws.ws.service.bs.zg.rsv.se/";
