//! What LEFI may write in JSON that has no equal in XML.

use ssbtx_base_services::Agency;

use super::passage::Passage;

/// Whether answers with this beside the state of both disclosers leave both fronts as they were sent.
async fn assert_kept(passage: &Passage, content: &str) {
    let answer = format!("{{{STATES}{content}}}");
    assert_eq!(passage.keeps(Agency::Fk, &answer).await, Ok(()), "{answer}");
}

#[tokio::test]
async fn an_empty_list_an_empty_object_null_and_what_is_absent_stay_four_things() {
    let passage = Passage::begin();
    let told = r#","formansinformation":{"programjobdagar":[{"antalForbrukade":1}]}"#;
    for avvikelser in ["[]", "{}", "null", r#"{"ansprak":[]}"#, r#"{"ansprak":null,"beslut":[]}"#] {
        assert_kept(&passage, &format!(r#"{told},"avvikelser":{avvikelser}"#)).await;
        assert_kept(&passage, &format!(r#","avvikelser":{avvikelser}{told}"#)).await;
    }
    for content in [
        told,
        "",
        r#","formansinformation":null,"beslut":[],"ansprak":null"#,
        r#","formansinformation":{}"#,
        r#","formansinformation":{"programjobdagar":[{},{"antalForbrukade":null}],"sjukpenningarende":[]}"#,
        r#","formansinformation":{"programjobdagar":[],"sjukpenningarende":null}"#,
    ] {
        assert_kept(&passage, content).await;
    }
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let passage = Passage::begin();
    for number in
        ["1200.50", "1200.5", "-0.0", "0", "1e3", "1E-2", "9223372036854775808", "0.1000000000000000055511151231257827"]
    {
        let days = format!(r#","formansinformation":{{"programjobdagar":[{{"antalForbrukade":{number}}}]}}"#);
        assert_kept(&passage, &days).await;
    }
}

/// Both disclosers say that they could answer: where one does not, its silence would be a failure.
const STATES: &str = r#""utlamnare":[{"utlamnare":{"kod":"FK"},"tillstand":{"kod":"OK","beskrivning":null}},{"utlamnare":{"kod":"PM"},"tillstand":{"kod":"OK"}}]"#;
