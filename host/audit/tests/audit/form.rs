//! What a record looks like, and that anybody can follow the chain.

use sha2::{Digest, Sha256};

use crate::records::{Folder, PERSON, record};
use ssbtx_audit::verify;

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
        r#""requester":"162020000001","caseworker":"Åsa \"Exempel\"","case":"2026-000123","#,
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

/// The bytes of a line's record, found without parsing.
fn record_of(line: &str) -> &str {
    let from = line.find(r#""record":"#).unwrap() + r#""record":"#.len();
    let to = line.rfind(r#","hash":""#).unwrap();
    &line[from..to]
}
