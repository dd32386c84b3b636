//! One person is one key.

use std::collections::{BTreeMap, HashMap};

use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;

use crate::not_trusted::SignatureFault;

/// Refuses a list of keys in which one public key could count as two.
///
/// `tough` counts signatures by key id. A key id is the digest of the key's whole description, so a description with one field more gives the
/// same public key a second id and its holder a second vote. Only Ed25519 is taken, because there a public key has one encoding: the
/// other kinds would need the same care with each of theirs.
pub(crate) fn are_distinct(role: &str, keys: &HashMap<Decoded<Hex>, Key>) -> Result<(), SignatureFault> {
    let mut ids: BTreeMap<&[u8], String> = BTreeMap::new();
    // In the order of ids, so that the error is the same every time.
    for (id, key) in keys.iter().map(|(id, key)| (hex::encode(id), key)).collect::<BTreeMap<_, _>>() {
        let Key::Ed25519 { keyval, .. } = key else {
            return Err(SignatureFault::KeyKind { role: role.to_owned(), key_id: id });
        };
        if let Some(first) = ids.insert(&keyval.public, id.clone()) {
            return Err(SignatureFault::OneKeyTwoIds { role: role.to_owned(), first, second: id });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(descriptions: &[serde_json::Value]) -> HashMap<Decoded<Hex>, Key> {
        let keys = descriptions.iter().map(|description| serde_json::from_value::<Key>(description.clone()).unwrap());
        keys.map(|key| (key.key_id().unwrap(), key)).collect()
    }

    fn ed25519(public: &str, note: &str) -> serde_json::Value {
        json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public }, "note": note })
    }

    #[test]
    fn two_keys_are_two() {
        assert_eq!(
            are_distinct("root", &keys(&[ed25519(&"ab".repeat(32), ""), ed25519(&"cd".repeat(32), "")])),
            Ok(())
        );
    }

    #[test]
    fn one_key_is_one_however_it_is_described() {
        for (public, note) in [("ab", "again"), ("AB", ""), ("Ab", "again")] {
            let twice = keys(&[ed25519(&"ab".repeat(32), ""), ed25519(&public.repeat(32), note)]);
            assert_eq!(twice.len(), 2, "`tough` takes them for two");
            assert!(
                matches!(are_distinct("root", &twice), Err(SignatureFault::OneKeyTwoIds { .. })),
                "{public} {note}"
            );
        }
    }

    #[test]
    fn a_key_of_another_kind_is_refused() {
        let ecdsa = json!({
            "keytype": "ecdsa",
            "scheme": "ecdsa-sha2-nistp256",
            "keyval": { "public": format!("04{}", "ab".repeat(64)) },
        });
        assert!(matches!(are_distinct("root", &keys(&[ecdsa])), Err(SignatureFault::KeyKind { .. })));
    }
}
