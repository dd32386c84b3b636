//! Questions as the published schemas have them, and ways to spoil them.

use ssbtx_base_services::Agency;

/// A right question to an agency about a person, as the body of a request.
pub(crate) fn question(agency: Agency, person: &str) -> String {
    let (century, rest) = person.split_at(2);
    let payload = match agency {
        Agency::Fk => {
            return format!(
                r#"{{"personnummer":"{person}","period":{{"from":"2026-01-01","tom":"2026-11-30"}},"formansinformation":["FK:SJP"]}}"#
            );
        }
        Agency::Csn => format!(
            r#"<c:SBNUppgEkBistandBegar xmlns:c="http://schema.csn.se/v4.0/kommunfraga" xmlns="http://www.sambruk.se/SBNyttomeddelanden">
            <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare><NamnPaIngivare>Exempelstad</NamnPaIngivare>
            <KontonamnForHandlaggare>handlaggare1</KontonamnForHandlaggare><Referensnummer>2026-000123</Referensnummer>
            <FromDatum>20260101</FromDatum><TomDatum>20261130</TomDatum><Syfte>Prövning av bistånd</Syfte>
            <Lagtext>SFS 2008:975 2 §</Lagtext><Personuppgiftsbitrade><Organisationsnummer>162020000003</Organisationsnummer>
            <Namn>Biträdet</Namn></Personuppgiftsbitrade><Person sekel="{century}" personnummer="{rest}"/></c:SBNUppgEkBistandBegar>"#
        ),
        Agency::Skv => format!(
            r#"<b:BeskattningsuppgifterRequest xmlns:b="http://beskattningws.ws.service.bs.zg.rsv.se/"><forfragan>{}</forfragan>
            </b:BeskattningsuppgifterRequest>"#,
            question_in_a_string(person).replace('&', "&amp;").replace('<', "&lt;")
        ),
        Agency::Tns => format!(
            r#"<t:HamtaUppgifter xmlns:t="http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1"
            xmlns:p="http://schema.transportstyrelsen.se/ssbtek/person/1"><t:identifikation><p:sekel>{century}</p:sekel>
            <p:personnummer>{rest}</p:personnummer></t:identifikation></t:HamtaUppgifter>"#
        ),
        Agency::Af => format!(
            r#"<v2:FragaMeddelande xmlns:v2="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2"><v2:Fraga>
            <v2:OrganisationsnummerForIngivare>162020000001</v2:OrganisationsnummerForIngivare>
            <v2:NamnPaIngivare>Exempelstad &amp; Co</v2:NamnPaIngivare>
            <v2:KontonamnForHandlaggare>handlaggare1</v2:KontonamnForHandlaggare>
            <v2:Referensnummer>2026-000123</v2:Referensnummer><v2:From>2026-01-01</v2:From><v2:Tom>2026-11-30</v2:Tom>
            <v2:SyfteMedFraga>Prövning av bistånd</v2:SyfteMedFraga><v2:LagParagraf>SFS 2008:975 5 §</v2:LagParagraf>
            <v2:OrganisationsnummerForPersonuppgiftsbitrade>162020000003</v2:OrganisationsnummerForPersonuppgiftsbitrade>
            <v2:NamnPaPersonuppgiftsbitrade>Biträdet</v2:NamnPaPersonuppgiftsbitrade>
            <v2:IdentitetsbeteckningFysiskPerson>{person}</v2:IdentitetsbeteckningFysiskPerson>
            </v2:Fraga></v2:FragaMeddelande>"#
        ),
        Agency::So => format!(
            r#"<GetUnemploymentBenefitPaymentRequest xmlns="http://INT014.UBPService.Schemas">
            <OrganisationsnummerIngivare>162020000001</OrganisationsnummerIngivare><NamnIngivare>Exempelstad</NamnIngivare>
            <KontonamnHandlaggare>handlaggare1</KontonamnHandlaggare><Referensnummer>2026-000123</Referensnummer>
            <From>2026-01-01</From><Tom>2026-11-30</Tom><Syfte>Prövning av bistånd</Syfte><Paragraf>SFS 2008:975 4 §</Paragraf>
            <OrganisationsnummerPersonuppgiftsbitrade>162020000003</OrganisationsnummerPersonuppgiftsbitrade>
            <NamnPersonuppgiftsbitrade>Biträdet</NamnPersonuppgiftsbitrade>
            <IdentificationNumber>{person}</IdentificationNumber></GetUnemploymentBenefitPaymentRequest>"#
        ),
        Agency::Miv => format!(
            r#"<m:findByPersonnummer xmlns:m="http://schema.migrationsverket.se/ssbtek/1/"><query>
            <korrelationsid>k-1</korrelationsid><personnummer>{person}</personnummer>
            <ingivare><handlaggare>handlaggare1</handlaggare><namn>Exempelstad</namn>
            <organisationsnummer>162020000001</organisationsnummer></ingivare></query></m:findByPersonnummer>"#
        ),
    };
    format!(
        r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{payload}</s:Body></s:Envelope>"#
    )
}

/// A question to AF with these attributes on `Inkludera`.
pub(crate) fn question_to_af_including(person: &str, attributes: &str) -> String {
    question(Agency::Af, person).replace("<v2:Fraga>", &format!("<v2:Inkludera {attributes}/><v2:Fraga>"))
}

/// The document inside a question to SKV.
pub(crate) fn question_in_a_string(person: &str) -> String {
    const NAMESPACES: &str = "http://xmls.skatteverket.se/se/skatteverket/zg";
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <s:FragaBeskattningsuppgifterEnligtSFS2008-975 xmlns:s="{NAMESPACES}/instans/standardiseradInformation/1.0">
        <s:OrganisationsnummerForIngivare>162020000001</s:OrganisationsnummerForIngivare><s:NamnPaIngivare>A &amp; B</s:NamnPaIngivare>
        <s:KontonamnForHandlaggare>handlaggare1</s:KontonamnForHandlaggare><s:Referensnummer>2026-000123</s:Referensnummer>
        <s:Syfte>Prövning av bistånd</s:Syfte><s:Lagtext>SFS 2008:975 6 §</s:Lagtext>
        <f:IdentitetsbeteckningFysiskPerson xmlns:f="{NAMESPACES}/komponent/infoForFolkbokforing/1.0">{person}</f:IdentitetsbeteckningFysiskPerson>
        </s:FragaBeskattningsuppgifterEnligtSFS2008-975>"#
    )
}
