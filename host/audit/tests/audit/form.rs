//! What a record looks like, and that anybody can follow the chain.

use sha2::{Digest, Sha256};

use crate::records::{Folder, PERSON, now, person, record};
use ssbtx_audit::{CaseChange, CaseChanged, ConsumerName, Refused, RefusedWhy, SubjectKey, verify};
use ssbtx_core::{CaseId, Caseworker, Front, Purpose, QuestionId};

#[tokio::test]
async fn a_record_has_exactly_the_documented_form() {
    let folder = Folder::with(1, 1).await;
    let line = folder.lines().remove(0);
    let record = record_of(&line);
    let [policy, tightening, grant, adapter, mask] =
        ["policy", "tightening", "grant", "adapter", "mask"].map(|of| hex::encode(Sha256::digest(of)));
    let subject: serde_json::Value = serde_json::from_str(record).unwrap();
    let (key, hmac) = (subject["subject"]["key"].as_str().unwrap(), subject["subject"]["hmacSha256"].as_str().unwrap());
    let expected = [
        r#"{"kind":"question","question":"01010101-0101-0101-0101-010101010101","askedAt":"2026-01-01T08:00:00Z","#,
        r#""answeredAt":"2026-01-01T08:00:00.35Z","front":"json-v1","consumer":"Exempelkommun","role":"ekonomiskt-bistand","#,
        r#""requester":"162020000001","caseworker":"Åsa \"Exempel\"","case":"2026-000123","openCase":"inside","#,
        r#""purpose":"Ansökan av [identity number]","#,
        &format!(r#""subject":{{"key":"{key}","hmacSha256":"{hmac}"}},"#),
        r#""context":{"purpose":"arendehandlaggning","relation":"household-adult","consents":["arbetsformedlingen"],"#,
        r#""protectedIdentity":true,"askedOn":"2026-01-01"},"#,
        r#""edition":{"trustVersion":5,"policy":{"name":"ekonomiskt-bistand","version":"1.2.0","#,
        &format!(r#""sha256":"{policy}"}},"tightening":"{tightening}","lifted":null,"grants":{{"AF":"{grant}"}}}},"#),
        r#""acceptedPending":[{"basis":"a-practice","datasets":["AF/inskrivning"]},"#,
        r#"{"basis":"ssbtek-v10-practice","datasets":null}],"agencies":["#,
        r#"{"agency":"AF","asked":true,"state":"answered","disclosers":[{"agency":"AF","state":"answered","disclosed":12}],"#,
        r#""adapter":{"version":"1.0.0","#,
        &format!(r#""sha256":"{adapter}"}},"mask":"{mask}","disclosed":12,"withheld":3,"unknown":1,"elapsedMs":345,"failure":null}},"#),
        r#"{"agency":"MIV","asked":false,"state":"failed","disclosers":[{"agency":"MIV","state":"failed","disclosed":0}],"#,
        r#""adapter":null,"mask":null,"disclosed":0,"withheld":0,"unknown":0,"#,
        r#""elapsedMs":0,"failure":{"source":"SSBT","code":"SSBT-101"}}]}"#,
    ]
    .concat();
    assert_eq!(record, expected);
    assert_eq!((key.len(), hmac.len()), (16, 64));
}

#[tokio::test]
async fn a_refused_question_has_exactly_the_documented_form() {
    for (why, told) in [
        (RefusedWhy::CaseNotOpen, r#""why":"caseNotOpen","unrecorded":0}"#),
        (
            RefusedWhy::Limit { limit: "caseworker-rate", unrecorded: 7 },
            r#""why":"limit:caseworker-rate","unrecorded":7}"#,
        ),
    ] {
        let folder = Folder::new();
        let log = folder.open_with(u64::MAX);
        log.append_refused(refused(why)).await.unwrap();
        drop(log);
        let line = folder.lines().remove(0);
        let record = record_of(&line);
        let value: serde_json::Value = serde_json::from_str(record).unwrap();
        let (key, hmac) = (value["subject"]["key"].as_str().unwrap(), value["subject"]["hmacSha256"].as_str().unwrap());
        let expected = [
            r#"{"kind":"refused","question":"01010101-0101-0101-0101-010101010101","at":"2026-01-01T08:00:00Z","#,
            r#""front":"soap-v10","consumer":"Exempelkommun","role":"ekonomiskt-bistand","requester":"162020000001","#,
            r#""caseworker":"[identity number]","case":"2026-000123","household":"00000000-0000-0000-0000-000000000000","#,
            &format!(r#""purpose":"Ansökan","subject":{{"key":"{key}","hmacSha256":"{hmac}"}},"#),
            told,
        ];
        assert_eq!(record, expected.concat());
        assert!(!line.contains(PERSON));
        verify(&folder.path()).unwrap();
    }
}

#[tokio::test]
async fn what_is_said_of_a_case_has_exactly_the_documented_form() {
    let changed = |change| CaseChanged {
        at: now(),
        consumer: ConsumerName::new("Exempelkommun"),
        role: "ekonomiskt-bistand".parse().unwrap(),
        requester: "162020000001".parse().unwrap(),
        case: CaseId::parse("2026-000123").unwrap(),
        change,
    };
    let folder = Folder::new();
    let log = folder.open_with(u64::MAX);
    log.append_case(changed(CaseChange::Registered { persons: 2, until: now() })).await.unwrap();
    log.append_case(changed(CaseChange::Closed)).await.unwrap();
    drop(log);
    let shared = r#""at":"2026-01-01T08:00:00Z","consumer":"Exempelkommun","role":"ekonomiskt-bistand","requester":"162020000001","case":"2026-000123""#;
    let lines = folder.lines();
    let expected = format!(r#"{{"kind":"caseRegistered",{shared},"persons":2,"until":"2026-01-01T08:00:00Z"}}"#);
    assert_eq!(record_of(&lines[0]), expected);
    assert_eq!(record_of(&lines[1]), format!(r#"{{"kind":"caseClosed",{shared}}}"#));
}

#[tokio::test]
async fn the_hash_is_sha256_over_the_previous_hash_and_the_record_as_it_stands() {
    let folder = Folder::with(3, 2).await;
    let mut previous = "0".repeat(64);
    for line in folder.lines() {
        let mut hashed = hex::decode(&previous).unwrap();
        hashed.extend_from_slice(record_of(&line).as_bytes());
        let hash = hex::encode(Sha256::digest(&hashed));
        assert!(line.contains(&format!(r#""previous":"{previous}","record":"#)), "{line}");
        assert!(line.ends_with(&format!(r#","hash":"{hash}"}}"#)), "{line}");
        previous = hash;
    }
    assert_eq!(verify(&folder.path()).unwrap().head.to_string(), previous);
}

#[tokio::test]
async fn an_identity_number_in_the_askers_words_is_not_written() {
    let folder = Folder::with(1, 1).await;
    assert!(!folder.lines().concat().contains(PERSON));
}

#[test]
fn a_record_does_not_print() {
    let shown = format!("{:?}", record(1));
    assert_eq!(shown, "Record { question: QuestionId([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), .. }");
}

fn refused(why: RefusedWhy) -> Refused {
    Refused {
        question: QuestionId([1; 16]),
        at: now(),
        front: Front::SoapV10,
        consumer: ConsumerName::new("Exempelkommun"),
        role: "ekonomiskt-bistand".parse().unwrap(),
        requester: "162020000001".parse().unwrap(),
        caseworker: Caseworker::parse(PERSON).unwrap(),
        case: CaseId::parse("2026-000123").unwrap(),
        household: Some(uuid::Uuid::nil()),
        purpose: Purpose::parse("Ansökan").unwrap(),
        subject: SubjectKey::from_bytes([7; 32]).subject(&person()),
        why,
    }
}

/// The bytes of a line's record, found without parsing.
fn record_of(line: &str) -> &str {
    let from = line.find(r#""record":"#).unwrap() + r#""record":"#.len();
    let to = line.rfind(r#","hash":""#).unwrap();
    &line[from..to]
}
