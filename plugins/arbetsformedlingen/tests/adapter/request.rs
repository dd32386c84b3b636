//! The question in Arbetsförmedlingen's format.

use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_rehearsal::{planned, question};

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let payload = planned::<Arbetsformedlingen>(question(&["identitet"])).payload;
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <FragaMeddelande xmlns="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2">
    <Inkludera ArbetssokandeInfo="false" AkasseInfo="false" BeslutInfo="false"/>
    <Fraga>
    <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare>
    <NamnPaIngivare>Socialnämnden i Exempelstad</NamnPaIngivare>
    <KontonamnForHandlaggare>anna.andersson</KontonamnForHandlaggare>
    <Referensnummer>EB-2026-17</Referensnummer>
    <From>2026-01-01</From>
    <Tom>2026-03-31</Tom>
    <SyfteMedFraga>Ekonomiskt bistånd</SyfteMedFraga>
    <LagParagraf>SoL (2025:400) 15 kap.</LagParagraf>
    <OrganisationsnummerForPersonuppgiftsbitrade>162020000003</OrganisationsnummerForPersonuppgiftsbitrade>
    <NamnPaPersonuppgiftsbitrade>Systemleverantören</NamnPaPersonuppgiftsbitrade>
    <IdentitetsbeteckningFysiskPerson>197701172392</IdentitetsbeteckningFysiskPerson>
    </Fraga>
    </FragaMeddelande>
    "#);
}

#[test]
fn no_block_is_asked_for_that_holds_nothing_wanted() {
    for (wanted, expected) in [
        (&["identitet", "sekretessmarkering"][..], ["false", "false", "false"]),
        (&["inskrivning"], ["true", "false", "false"]),
        (&["sokandekategori"], ["true", "false", "false"]),
        (&["omfattning"], ["true", "false", "false"]),
        (&["aktivitetsrapport"], ["true", "false", "false"]),
        (&["a-kassa"], ["false", "true", "false"]),
        (&["beslut"], ["false", "false", "true"]),
        (&["inskrivning", "beslut", "a-kassa"], ["true", "true", "true"]),
    ] {
        let payload = planned::<Arbetsformedlingen>(question(wanted)).payload;
        let [seekers, fund, decisions] = expected;
        let blocks =
            format!("<Inkludera ArbetssokandeInfo=\"{seekers}\" AkasseInfo=\"{fund}\" BeslutInfo=\"{decisions}\"/>");
        assert!(payload.contains(&blocks), "{payload}");
    }
}
