use super::*;

fn element(value_type: &str, help: &str) -> Element {
    let element = serde_json::json!({
        "path": "a", "kind": "scalar", "type": value_type, "label": { "sv": "A" }, "help": { "sv": help }, "marksProtection": false
    });
    serde_json::from_value(element).unwrap()
}

fn words(node: &Node, value_type: &str, help: &str) -> Option<(String, Option<String>)> {
    value(node, &element(value_type, help)).map(|value| (value.text, value.meaning))
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

#[test]
fn a_number_keeps_every_digit_that_the_agency_wrote() {
    for (digits, expected) in
        [("1200.50", "1200,50"), ("-0.0", "-0,0"), ("4.3250E+2", "4.3250E+2"), ("9007199254740993", "9007199254740993")]
    {
        assert_eq!(number(digits), expected);
    }
}

#[test]
fn a_unit_is_the_one_that_the_help_states() {
    let number = Node::Number("412.50".to_owned());
    assert_eq!(words(&number, "decimal", "Ränta, i kronor."), Some(("412,50 kr".to_owned(), None)));
    assert_eq!(words(&text("50"), "text", "0, 20 eller 50 procent av heltid."), Some(("50 %".to_owned(), None)));
    assert_eq!(
        words(&text("-2088"), "text", "I hela kronor: summan i hela kronor."),
        Some(("-2088 kr".to_owned(), None))
    );
    assert_eq!(words(&number, "decimal", "Antal dagar."), Some(("412,50".to_owned(), None)));
}

#[test]
fn a_code_is_told_with_what_the_help_says_of_it() {
    for (help, code, expected) in [
        ("En kod och dess text: 200 lämnad, 500 saknas. Bara 501 räknas.", "500", Some("saknas")),
        ("BIF: bifall. AVS: avslag.", "AVS", Some("avslag")),
        ("AVSLUTAD eller AVSLUTAT: ärendet är avslutat.", "AVSLUTAT", Some("ärendet är avslutat")),
        ("Utbetald (även skrivet UTBETALAD): utbetalt.", "UTBETALAD", Some("utbetalt")),
        ("Sekel: 18, 19 eller 20.", "19", None),
        ("Koderna är inte publicerade.", "7", None),
        ("Blankt: ingen markering. Allt annat: skyddad.", "S", Some("skyddad")),
    ] {
        let meaning = words(&text(code), "text", help).unwrap().1;
        assert_eq!(meaning.as_deref(), expected, "{code} in {help}");
    }
}

#[test]
fn days_and_weeks_without_punctuation_get_it_where_the_help_states_the_notation() {
    let day = "Första dagen. Skrivs yyyyMMdd; 0 betyder att datum saknas.";
    let week = "Första veckan. Skrivs yyyyWW; 0 betyder att vecka saknas.";
    assert_eq!(words(&text("20250901"), "text", day), Some(("2025-09-01".to_owned(), None)));
    assert_eq!(words(&text("202536"), "text", week), Some(("2025 v. 36".to_owned(), None)));
    assert_eq!(words(&text("0"), "text", day), None);
    assert_eq!(words(&text("1 sept"), "text", day), Some(("1 sept".to_owned(), None)));
    assert_eq!(words(&text("20250901"), "text", "Ett nummer."), Some(("20250901".to_owned(), None)));
}

#[test]
fn white_space_is_told_and_null_is_not() {
    assert_eq!(words(&text("  "), "text", "Blankt: ingen markering."), Some(("ingen markering".to_owned(), None)));
    assert_eq!(words(&text(""), "text", "Ett namn."), Some(("(tomt)".to_owned(), None)));
    assert_eq!(words(&Node::Null, "text", "Ett namn."), None);
    assert_eq!(words(&Node::Boolean(false), "boolean", "Sant: ja."), Some(("nej".to_owned(), None)));
}
