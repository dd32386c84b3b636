//! A threshold of keys is a threshold of persons.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;
use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;

use crate::not_trusted::SignatureFault;
use crate::person::{MEMBER, Person};

/// Refuses keys of one role of which one has no named holder, or two have the same.
///
/// Who holds a key stands in the key's description and so in its key id: nobody can change it without the signatures of those who hand out
/// the role.
pub(crate) fn are_distinct(
    role: &str,
    key_ids: &[Decoded<Hex>],
    keys: &HashMap<Decoded<Hex>, Key>,
) -> Result<(), SignatureFault> {
    let mut holders: BTreeMap<Person, String> = BTreeMap::new();
    // In the order of ids, and each once, so that the error is the same every time.
    for id in key_ids.iter().collect::<BTreeSet<_>>() {
        let key_id = hex::encode(id);
        let Some(person) = keys.get(id).and_then(holder) else {
            return Err(SignatureFault::NoPerson { role: role.to_owned(), key_id });
        };
        if let Some(first) = holders.insert(person, key_id.clone()) {
            return Err(SignatureFault::SamePerson { role: role.to_owned(), first, second: key_id });
        }
    }
    Ok(())
}

/// Refuses a list of keys in which one has no named holder, whether or not a role uses it.
pub(crate) fn are_named(role: &str, keys: &HashMap<Decoded<Hex>, Key>) -> Result<(), SignatureFault> {
    let nameless = keys.iter().filter(|(_, key)| holder(key).is_none()).map(|(id, _)| hex::encode(id)).min();
    nameless.map_or(Ok(()), |key_id| Err(SignatureFault::NoPerson { role: role.to_owned(), key_id }))
}

fn holder(key: &Key) -> Option<Person> {
    let (Key::Rsa { _extra: members, .. }
    | Key::Ed25519 { _extra: members, .. }
    | Key::Ecdsa { _extra: members, .. }
    | Key::EcdsaOld { _extra: members, .. }) = key;
    members.get(MEMBER).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(public: &str, person: Option<&str>) -> (Decoded<Hex>, Key) {
        let mut description =
            json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public.repeat(32) } });
        if let Some(person) = person {
            description[MEMBER] = person.into();
        }
        let key: Key = serde_json::from_value(description).unwrap();
        (key.key_id().unwrap(), key)
    }

    fn judged(keys: &[(Decoded<Hex>, Key)]) -> Result<(), SignatureFault> {
        let ids: Vec<_> = keys.iter().map(|(id, _)| id.clone()).collect();
        are_distinct("governance", &ids, &keys.iter().cloned().collect())
    }

    #[test]
    fn two_persons_are_two() {
        assert_eq!(judged(&[key("ab", Some("Anna Exempel")), key("cd", Some("Bertil Exempel"))]), Ok(()));
    }

    #[test]
    fn a_person_with_two_keys_is_one() {
        let fault = judged(&[key("ab", Some("Anna Exempel")), key("cd", Some(" anna EXEMPEL"))]);
        assert!(matches!(fault, Err(SignatureFault::SamePerson { .. })));
    }

    #[test]
    fn one_key_that_a_role_names_twice_is_no_fault() {
        let (id, key) = key("ab", Some("Anna Exempel"));
        let keys = HashMap::from([(id.clone(), key)]);
        assert_eq!(are_distinct("governance", &[id.clone(), id], &keys), Ok(()));
    }

    #[test]
    fn a_key_that_nobody_is_said_to_hold_is_refused() {
        for person in [None, Some(""), Some("\u{200b}")] {
            let fault = judged(&[key("ab", Some("Anna Exempel")), key("cd", person)]);
            assert!(matches!(fault, Err(SignatureFault::NoPerson { .. })), "{person:?}");
        }
    }

    #[test]
    fn a_key_that_is_named_but_not_described_is_refused() {
        let (id, _) = key("ab", Some("Anna Exempel"));
        assert!(matches!(are_distinct("governance", &[id], &HashMap::new()), Err(SignatureFault::NoPerson { .. })));
    }
}
