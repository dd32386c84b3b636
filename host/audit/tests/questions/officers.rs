//! Officers, and what they sign.

use std::sync::OnceLock;

use jiff::Timestamp;
use serde_json::Value;

use crate::place::{clock, person};
use crate::records::PERSON;
use ssbtx_audit::{LookUpRequest, Officers};
use ssbtx_signing::{FileKey, Passphrase, PublicKey, Signer};

/// A request nobody has signed.
pub(crate) fn request_for(number: &str, at: Timestamp) -> LookUpRequest {
    let reason = format!("Begäran enligt artikel 15, {PERSON}").parse().unwrap();
    LookUpRequest::new(&person(number), reason, at).unwrap()
}

/// A request that these have signed.
pub(crate) fn signed(names: &[&str]) -> LookUpRequest {
    let mut request = request_for(PERSON, clock());
    for name in names {
        request.sign(&person(PERSON), officer(name)).unwrap();
    }
    request
}

const KEYS: [(&str, &str); 5] = [
    ("anna", "Anna Exempel"),
    ("anna-2", "anna  exempel"),
    ("bo", "Bo Exempel"),
    ("cia", "Cia Exempel"),
    ("stranger", "Okänd Person"),
];

/// Keys cost what it should cost to guess their passphrase: they are made once.
pub(crate) fn officer(name: &str) -> &'static FileKey {
    static MADE: OnceLock<Vec<FileKey>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("inget att dölja".to_owned());
        KEYS.iter().map(|(name, _)| FileKey::create(&folder.path().join(name), &passphrase).unwrap()).collect()
    });
    &made[KEYS.iter().position(|(known, _)| *known == name).unwrap()]
}

/// All of them but the stranger.
pub(crate) fn officers() -> Officers {
    let public = |(name, holder): &(&str, &str)| {
        PublicKey::of_person(officer(name).public_key(), &holder.parse().unwrap()).unwrap().to_json()
    };
    Officers::parse(Value::from(KEYS[..4].iter().map(public).collect::<Vec<_>>()).to_string().as_bytes()).unwrap()
}
