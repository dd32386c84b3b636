use jiff::civil::Date;

use super::*;
use crate::legal_basis::Standing;
use crate::specimens::bilingual;

#[test]
fn a_grant_is_read_back_as_it_was_written() {
    let grant = grant(vec![entry("AF/a"), GrantEntry { basis: name("practice"), ..entry("AF/b") }]);
    assert_eq!(Grant::parse(&grant.to_json()), Ok(grant));
}

#[test]
fn equal_grants_are_equal_bytes_in_whatever_order_they_were_made() {
    let (one, other) = (entry("AF/a"), entry("AF/b"));
    let turned = GrantEntry {
        relations: vec![Relation::HouseholdChild, Relation::Subject],
        protected_identity: vec![true, false],
        consents: vec![name("two"), name("one")],
        ..entry("AF/c")
    };
    let sorted = GrantEntry {
        relations: vec![Relation::Subject, Relation::HouseholdChild],
        protected_identity: vec![false, true],
        consents: vec![name("one"), name("two")],
        ..entry("AF/c")
    };
    let first = grant(vec![one.clone(), other.clone(), turned]);
    let mut bases = bases();
    bases.reverse();
    let second = Grant::new(AgencyId::AF, role(), bases, vec![sorted, other, one]).unwrap();
    assert_eq!(first.to_json(), second.to_json());
}

#[test]
fn a_grant_has_one_form() {
    let bytes = grant(vec![entry("AF/Svar/Inskrivning"), entry("AF/Svar/@kod")]).to_json();
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap(), @r#"
    {
      "kind": "ssbtx-grant",
      "version": 1,
      "agency": "AF",
      "role": "arbetsmarknad",
      "bases": [
        {
          "id": "law",
          "act": "Act law",
          "provision": "1 §",
          "item": "Regulation 5 § 1",
          "from": "2025-07-01",
          "until": null,
          "pending": false
        },
        {
          "id": "practice",
          "act": "Practice",
          "provision": "",
          "item": null,
          "from": null,
          "until": null,
          "pending": true
        }
      ],
      "entries": [
        {
          "basis": "law",
          "relations": [
            "subject"
          ],
          "protectedIdentity": [
            false
          ],
          "consents": [],
          "elements": [
            "AF/Svar/@kod"
          ]
        },
        {
          "basis": "law",
          "relations": [
            "subject"
          ],
          "protectedIdentity": [
            false
          ],
          "consents": [],
          "elements": [
            "AF/Svar/Inskrivning"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn an_element_is_covered_for_its_role_on_its_basis_and_in_its_contexts() {
    let granted = entry("AF/a");
    let grant = grant(vec![GrantEntry { consents: vec![name("consent")], ..granted }]);
    let covers = |path: &str, basis: &LegalBasis, context: &Context| grant.covers(AgencyId::AF, path, basis, context);
    let context = Context { consents: vec![name("another"), name("consent")], ..context() };
    assert!(covers("a", &law(), &context));
    assert!(!covers("b", &law(), &context));
    assert!(!grant.covers(AgencyId::CSN, "a", &law(), &context), "another base service");
    for refused in [
        Context { role: "ekonomiskt-bistand".parse().unwrap(), ..context.clone() },
        Context { relation: Relation::HouseholdChild, ..context.clone() },
        Context { protected_identity: true, ..context.clone() },
        Context { consents: vec![name("another")], ..context.clone() },
    ] {
        assert!(!covers("a", &law(), &refused), "{refused:?}");
    }
}

#[test]
fn a_basis_that_changed_in_anything_but_its_title_is_not_the_granted_one() {
    let grant = grant(vec![entry("AF/a")]);
    let covers = |basis: &LegalBasis| grant.covers(AgencyId::AF, "a", basis, &context());
    assert!(covers(&LegalBasis { title: bilingual("another title"), ..law() }));
    let from = Date::constant(2025, 7, 1);
    for changed in [
        LegalBasis { id: name("practice"), ..law() },
        LegalBasis { act: "Another act".to_owned(), ..law() },
        LegalBasis { provision: "2 §".to_owned(), ..law() },
        LegalBasis { item: None, ..law() },
        LegalBasis { standing: Standing::Pending, ..law() },
        LegalBasis { standing: Standing::InForce { from, until: Some(from) }, ..law() },
    ] {
        assert!(!covers(&changed), "{changed:?}");
    }
}

#[test]
fn a_basis_keeps_all_but_its_title() {
    let basis = GrantedBasis::from(&law());
    assert_eq!(basis.untitled(), LegalBasis { title: bilingual(""), ..law() });
}

#[test]
fn err_grant() {
    let mut told = Vec::new();
    let mut refused = |file: String| told.push(Grant::parse(file.as_bytes()).unwrap_err().to_string());
    let good = String::from_utf8(grant(vec![entry("AF/a")]).to_json()).unwrap();
    refused(" ".repeat(Grant::MAX_BYTES + 1));
    refused("grant".to_owned());
    refused(good.replace("ssbtx-grant", "ssbtx-lifted"));
    refused(good.replace(r#""version": 1"#, r#""version": 2"#));
    refused(good.replacen('{', r#"{"extra`\u001b": 1,"#, 1));
    refused(good.replacen(r#""agency": "AF","#, "", 1));
    refused(good.replacen(r#""agency": "AF","#, r#""agency": "AF", "agency": "AF","#, 1));
    refused(good.replacen(r#""item": "Regulation 5 § 1","#, "", 1));
    refused(good.replacen(r#""agency": "AF""#, r#""agency": "af""#, 1));
    refused(good.replacen("arbetsmarknad", "Arbetsmarknad", 1));
    refused(good.replacen(r#""from": "2025-07-01""#, r#""from": "2025-7-1""#, 1));
    refused(good.replacen(r#""from": "2025-07-01""#, r#""from": null"#, 1));
    refused(good.replacen(r#""until": null"#, r#""until": "2025-06-30""#, 1));
    refused(good.replacen(r#""pending": true"#, r#""pending": false"#, 1));
    refused(good.replacen(r#""act": "Act law""#, r#""act": """#, 1));
    refused(good.replacen(r#""id": "practice""#, r#""id": "law""#, 1));
    refused(good.replacen(r#""basis": "law""#, r#""basis": "other""#, 1));
    refused(good.replacen(r#""subject""#, r#""person-197701172392""#, 1));
    refused(good.replacen(r#""subject""#, r#""subject", "subject""#, 1));
    refused(good.replacen(r#""AF/a""#, r#""AF/a", "AF/a""#, 1));
    refused(good.replacen(r#""AF/a""#, "", 1));
    for element in ["a", "af/a", "AF/\\u0000", &"A/".repeat(3000)] {
        refused(good.replacen("AF/a", element, 1));
    }
    refused(good.replacen(r#""consents": []"#, r#""consents": ["åäö"]"#, 1));
    insta::assert_snapshot!(told.join("\n"), @r"
    file has 4194305 bytes, expected at most 4194304
    text is no JSON at line 1, column 1
    file is not `ssbtx-grant` of version 1
    file is not `ssbtx-grant` of version 1
    unknown field `extra`\u{1b}` at line 1, column 15
    missing field `agency` at line 41, column 1
    duplicate field `agency` at line 4, column 26
    missing field `item` at line 15, column 5
    `agency` is not of its form
    `role` is not of its form
    `bases[0].from` is not of its form
    basis `law` has no act, a text that is over 4096 bytes or holds a control character, or days that do not fit
    basis `law` has no act, a text that is over 4096 bytes or holds a control character, or days that do not fit
    basis `practice` has no act, a text that is over 4096 bytes or holds a control character, or days that do not fit
    basis `law` has no act, a text that is over 4096 bytes or holds a control character, or days that do not fit
    basis `law` is listed twice
    entry 0 rests on basis `other`, which the grant does not list
    `entries[0].relations[0]` is not of its form
    entry 0 has an empty or repeating `relations`
    entry 0 has an empty or repeating `elements`
    entry 0 has an empty or repeating `elements`
    entry 0 names an element that is not `<base service>/<path>`
    entry 0 names an element that is not `<base service>/<path>`
    entry 0 names an element that is not `<base service>/<path>`
    entry 0 names an element that is not `<base service>/<path>`
    `entries[0].consents[0]` is not of its form
    ");
}

#[test]
fn a_grant_is_bounded_in_bases_entries_and_elements() {
    let told = |bases, entries| Grant::new(AgencyId::AF, role(), bases, entries).unwrap_err().to_string();
    let many = |count: usize| (0..count).map(|number| format!("AF/{number}")).collect();
    assert_eq!(told(vec![GrantedBasis::from(&law()); 1025], Vec::new()), "grant has 1025 bases, expected at most 1024");
    assert_eq!(told(bases(), vec![entry("AF/a"); 1025]), "grant has 1025 entries, expected at most 1024");
    assert_eq!(
        told(bases(), vec![GrantEntry { elements: many(65_537), ..entry("AF/a") }]),
        "grant has 65537 elements, expected at most 65536"
    );
}

fn name(text: &str) -> BasisId {
    text.parse().unwrap()
}

fn role() -> Role {
    "arbetsmarknad".parse().unwrap()
}

fn law() -> LegalBasis {
    LegalBasis {
        id: name("law"),
        act: "Act law".to_owned(),
        provision: "1 §".to_owned(),
        item: Some("Regulation 5 § 1".to_owned()),
        standing: Standing::InForce { from: Date::constant(2025, 7, 1), until: None },
        title: bilingual("law"),
    }
}

fn bases() -> Vec<GrantedBasis> {
    let practice = LegalBasis {
        id: name("practice"),
        act: "Practice".to_owned(),
        provision: String::new(),
        item: None,
        standing: Standing::Pending,
        title: bilingual("practice"),
    };
    vec![GrantedBasis::from(&law()), GrantedBasis::from(&practice)]
}

fn entry(element: &str) -> GrantEntry {
    GrantEntry {
        basis: name("law"),
        relations: vec![Relation::Subject],
        protected_identity: vec![false],
        consents: Vec::new(),
        elements: [element.to_owned()].into(),
    }
}

fn grant(entries: Vec<GrantEntry>) -> Grant {
    Grant::new(AgencyId::AF, role(), bases(), entries).unwrap()
}

fn context() -> Context {
    Context {
        role: role(),
        purpose: "arendehandlaggning".parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: Date::constant(2026, 6, 1),
    }
}
