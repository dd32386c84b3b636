use super::*;
use crate::catalogue::{Element, Kind};
use crate::specimens::{bilingual, catalogue, element, root};

#[test]
fn a_list_is_read_back_as_it_was_written() {
    let list = Tightening::new(vec![
        entry("1-agency", Tightened::Agency(AgencyId::AF)),
        entry("2-dataset", Tightened::Dataset(AgencyId::AF, "inskrivning".parse().unwrap())),
        entry("3-element", Tightened::Element(AgencyId::FK, "svar/@kod".to_owned())),
        TightenedEntry {
            roles: Some(["a", "b"].map(|role| role.parse().unwrap()).into()),
            ..entry("4-adapter", Tightened::Adapter(Sha256Digest::of(b"adapter")))
        },
    ]);
    let list = list.unwrap();
    assert_eq!(Tightening::parse(&list.to_json()), Ok(list));
}

#[test]
fn equal_lists_are_equal_bytes_in_whatever_order_they_were_made() {
    let (one, other) = (entry("a", Tightened::Agency(AgencyId::AF)), entry("b", Tightened::Agency(AgencyId::FK)));
    let first = Tightening::new(vec![one.clone(), other.clone()]).unwrap();
    let second = Tightening::new(vec![other, one]).unwrap();
    assert_eq!(first.to_json(), second.to_json());
}

#[test]
fn a_list_has_one_form() {
    let what = Tightened::Dataset(AgencyId::AF, "inskrivning".parse().unwrap());
    let roles = Some(["arbetsmarknad".parse().unwrap()].into());
    let list = Tightening::new(vec![TightenedEntry { roles, ..entry("2026-11-22-af", what) }]).unwrap();
    insta::assert_snapshot!(String::from_utf8(list.to_json()).unwrap(), @r#"
    {
      "kind": "ssbtx-tightening",
      "version": 1,
      "withheld": [
        {
          "id": "2026-11-22-af",
          "since": "2026-11-22",
          "reason": {
            "sv": "Fel i data",
            "en": "Fel i data"
          },
          "what": {
            "agency": "AF",
            "dataset": "inskrivning"
          },
          "roles": [
            "arbetsmarknad"
          ]
        }
      ]
    }
    "#);
}

const REASON: &str = r#""reason":{"sv":"Fel i data","en":"Wrong data"}"#;

#[test]
fn err_tightening() {
    let mut told = Vec::new();
    let mut refused = |file: String| told.push(Tightening::parse(file.as_bytes()).unwrap_err().to_string());
    let good = |what: &str| {
        format!(
            r#"{{"kind":"ssbtx-tightening","version":1,"withheld":[{{"id":"2026-11-22-af","since":"2026-11-22",{REASON},"what":{what},"roles":["arbetsmarknad"]}}]}}"#
        )
    };
    let agency = good(r#"{"agency":"AF"}"#);
    assert!(Tightening::parse(agency.as_bytes()).is_ok());
    refused(" ".repeat(Tightening::MAX_BYTES + 1));
    refused("[]".to_owned());
    refused(agency.replace("tightening", "grant"));
    refused(agency.replace(r#""since""#, r#""sense""#));
    refused(agency.replace("2026-11-22-af", "2026_11_22"));
    refused(agency.replace(r#""since":"2026-11-22""#, r#""since":"2026-02-30""#));
    refused(agency.replace("Wrong data", " "));
    refused(agency.replace("Wrong data", "Wrong\\u0000data"));
    refused(agency.replace("Fel i data", "Fel om 19770117-2392"));
    refused(agency.replace(r#"["arbetsmarknad"]"#, "[]"));
    refused(agency.replace(r#"["arbetsmarknad"]"#, r#"["arbetsmarknad","arbetsmarknad"]"#));
    refused(agency.replace(r#"["arbetsmarknad"]"#, r#"["Arbetsmarknad"]"#));
    for what in [
        "{}",
        r#"{"dataset":"inskrivning"}"#,
        r#"{"agency":"AF","dataset":"inskrivning","element":"a"}"#,
        r#"{"agency":"AF","adapter":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}"#,
        r#"{"agency":"AF","field":"a"}"#,
        r#"{"agency":"af"}"#,
        r#"{"agency":"AF","dataset":"Inskrivning"}"#,
        r#"{"agency":"AF","element":""}"#,
        r#"{"agency":"AF","element":"/a"}"#,
        r#"{"adapter":"9F86"}"#,
    ] {
        refused(good(what));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    file has 1048577 bytes, expected at most 1048576
    value is of another type at line 1, column 2
    file is not `ssbtx-tightening` of version 1
    unknown field `sense` at line 1, column 80
    `withheld[0].id` is not of its form
    `withheld[0].since` is not of its form
    entry `2026-11-22-af` has a reason that is empty, over 1024 bytes or holds a control character
    entry `2026-11-22-af` has a reason that is empty, over 1024 bytes or holds a control character
    entry `2026-11-22-af` has a reason that holds an identity number
    entry `2026-11-22-af` has an empty or repeating list of roles
    entry `2026-11-22-af` has an empty or repeating list of roles
    `withheld[0].roles` is not of its form
    entry `2026-11-22-af` withholds neither an agency, a dataset, an element nor an adapter
    entry `2026-11-22-af` withholds neither an agency, a dataset, an element nor an adapter
    entry `2026-11-22-af` withholds neither an agency, a dataset, an element nor an adapter
    entry `2026-11-22-af` withholds neither an agency, a dataset, an element nor an adapter
    unknown field `field` at line 1, column 170
    `withheld[0].what.agency` is not of its form
    `withheld[0].what.dataset` is not of its form
    entry `2026-11-22-af` names an element by a path that none can have
    entry `2026-11-22-af` names an element by a path that none can have
    `withheld[0].what.adapter` is not of its form
    ");
}

#[test]
fn an_id_is_listed_once_and_entries_are_bounded() {
    let one = || entry("a", Tightened::Agency(AgencyId::AF));
    assert_eq!(Tightening::new(vec![one(), one()]), Err(InvalidTightening::Twice("a".parse().unwrap())));
    assert_eq!(Tightening::new(vec![one(); 1025]), Err(InvalidTightening::TooMany(1025)));
}

#[test]
fn what_is_lifted_holds_no_longer() {
    let list = ["a", "b"].map(|id| entry(id, Tightened::Agency(AgencyId::AF)));
    let list = Tightening::new(list.into()).unwrap();
    let lifted = Lifted::new(["a", "of-an-earlier-list"].map(|id| id.parse().unwrap()).into()).unwrap();
    assert_eq!(list.without(&lifted).map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn lifted_ids_are_read_back_as_they_were_written() {
    let lifted = Lifted::new(["b", "a"].map(|id| id.parse().unwrap()).into()).unwrap();
    let bytes = lifted.to_json();
    insta::assert_snapshot!(String::from_utf8(bytes.clone()).unwrap(), @r#"
    {
      "kind": "ssbtx-lifted",
      "version": 1,
      "lifted": [
        "a",
        "b"
      ]
    }
    "#);
    assert_eq!(Lifted::parse(&bytes), Ok(lifted));
}

#[test]
fn err_lifted() {
    let told = |version, ids: &str| {
        let file = format!(r#"{{"kind":"ssbtx-lifted","version":{version},"lifted":[{ids}]}}"#);
        Lifted::parse(file.as_bytes()).unwrap_err().to_string()
    };
    let many: Vec<String> = (0..4097).map(|number| format!(r#""{number}""#)).collect();
    let told = [told(2, ""), told(1, r#""a","a""#), told(1, r#""A""#), told(1, &many.join(","))];
    insta::assert_snapshot!(told.join("\n"), @r"
    file is not `ssbtx-lifted` of version 1
    id `a` is listed twice
    `lifted[0]` is not of its form
    list has 4097 ids, expected at most 4096
    ");
}

#[test]
fn an_entry_touches_what_a_catalogue_lists_and_nothing_else() {
    let technical = Element { scope: Scope::Technical, ..element(0, "status", Kind::Scalar) };
    let catalogue =
        catalogue(vec![root(), element(0, "object", Kind::Object), element(1, "x", Kind::Scalar), technical]);
    let adapter = Sha256Digest::of(b"adapter");
    let path = |path: &str| Tightened::Element(AgencyId::AF, path.to_owned());
    for (what, touches) in [
        (Tightened::Agency(AgencyId::AF), true),
        (Tightened::Agency(AgencyId::FK), false),
        (Tightened::Dataset(AgencyId::AF, "a".parse().unwrap()), true),
        (Tightened::Dataset(AgencyId::AF, "b".parse().unwrap()), false),
        (Tightened::Dataset(AgencyId::FK, "a".parse().unwrap()), false),
        (path("object/x"), true),
        (path("object"), true),
        (path("status"), true),
        (path("x"), false),
        (Tightened::Element(AgencyId::FK, "object".to_owned()), false),
        (Tightened::Adapter(adapter), true),
        (Tightened::Adapter(Sha256Digest::of(b"another")), false),
    ] {
        assert_eq!(what.touches(&catalogue, adapter), touches, "{what:?}");
    }
}

fn entry(id: &str, what: Tightened) -> TightenedEntry {
    let since = Date::constant(2026, 11, 22);
    TightenedEntry { id: id.parse().unwrap(), since, reason: bilingual("Fel i data"), what, roles: None }
}
