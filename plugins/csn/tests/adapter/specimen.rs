//! An answer of CSN's with every element in it once, and parts to change it with.

use ssbtx_adapter_rehearsal::PERSON;

/// The answer with this result code, about these persons, as version 4.0 writes it.
pub(crate) fn answer(code: &str, persons: &str) -> String {
    format!(
        "<k:CSNSvar xmlns:k='{V4}kommunfraga' xmlns:p='{V4}person' xmlns:t='{V4}csntyper' schemaVersion='4.0'>\
         <k:GemensamtSvarEkbistand><k:Resultat><k:ResultatKod>{code}</k:ResultatKod>\
         <k:ResultatText>Allt OK, inget att rapportera</k:ResultatText></k:Resultat></k:GemensamtSvarEkbistand>\
         <k:GemensamtFragaEkbistand/><k:Personer>{persons}</k:Personer></k:CSNSvar>"
    )
}

/// The person with these further attributes and every element of every kind of support once.
pub(crate) fn person(attributes: &str) -> String {
    let cases = |support: &str, case: &str| format!("<p:{support}><p:Arenden>{case}</p:Arenden></p:{support}>");
    format!(
        "<k:Person personnummer='{}' {attributes}>{LIST}{}{}{}{}{}</k:Person>",
        &PERSON[2..],
        cases("Studiemedel", &case("studiemedel", "GRUND", RELATED)),
        cases("Studiehjalp", &case("studiehjalp", "SH", RELATED)),
        cases("HemutrustningsLan", &loan()),
        cases("Studiestartsstod", &case("studiestartsstod", "SSSTÖD", RELATED)),
        cases("Omstallningsstudiestod", &case("omstallningsstudiestod", "OSS", "")),
    )
}

fn case(namespace: &str, form: &str, related: &str) -> String {
    format!(
        "<p:Arende xmlns='{V4}{namespace}' lopnummer='1'><stodform>{form}</stodform><klartext>Stöd</klartext>\
         <status>BESLUTAD</status>{related}<soktaTider><soktTid><t:soktfrom>20260112</t:soktfrom>\
         <t:sokttom>20260607</t:sokttom><t:soktomfattning>100</t:soktomfattning><t:soktlan>J</t:soktlan></soktTid></soktaTider>\
         <BeviljadeTider><BeviljadTid><t:starttid>202603</t:starttid><t:sluttid>202623</t:sluttid><t:takt>100</t:takt>\
         <t:gr_takt>0</t:gr_takt><t:Beloppen>{AMOUNT}</t:Beloppen><t:totbelopp>21000</t:totbelopp></BeviljadTid></BeviljadeTider>\
         <UtbetalningsPlan><Utbetalning>{PAYMENT}</Utbetalning></UtbetalningsPlan></p:Arende>"
    )
}

fn loan() -> String {
    format!(
        "<p:Arende xmlns='{V4}hemutrustningslan' lopnummer='1234567' medlanare='197701182383'><stodform>HUT</stodform>\
         <klartext>Hemutrustningslån</klartext><status>BESLUTAT</status>\
         <UtbetalningsPlan><Utbetalning>{PAYMENT}</Utbetalning></UtbetalningsPlan></p:Arende>"
    )
}

const LIST: &str = "<p:Studiestodstypforteckning><t:studiemedel>J</t:studiemedel><t:studiehjalp>J</t:studiehjalp>\
    <t:hemutrustningslan>J</t:hemutrustningslan><t:studiestartsstod>J</t:studiestartsstod>\
    <t:omstallningsstudiestod>J</t:omstallningsstudiestod></p:Studiestodstypforteckning>";
const RELATED: &str = "<relarende>2</relarende>";
const AMOUNT: &str = "<t:Belopp><t:beloppstyp>GRUNDB</t:beloppstyp><t:klartext>Bidrag</t:klartext><t:belopp>1050</t:belopp>\
    <t:totbelopp>21000</t:totbelopp></t:Belopp>";
const PAYMENT: &str = "<t:utbetdatum>20260123</t:utbetdatum><t:utbetstatus>Utbetald</t:utbetstatus><t:Utbetaldatider>\
    <t:Utbetaldtid><t:startvecka>202603</t:startvecka><t:slutvecka>202606</t:slutvecka><t:Beloppen><t:Belopp>\
    <t:beloppstyp>GRUNDB</t:beloppstyp><t:klartext>Bidrag</t:klartext><t:belopp>1050</t:belopp><t:totbelopp>4200</t:totbelopp>\
    </t:Belopp></t:Beloppen><t:totbelopp>4200</t:totbelopp></t:Utbetaldtid></t:Utbetaldatider><t:totbelopp>4200</t:totbelopp>";
const V4: &str = "http://schema.csn.se/v4.0/";
