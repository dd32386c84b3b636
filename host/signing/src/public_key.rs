//! A public key, as the metadata describes it.

use std::fmt;

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};
use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;

use ssbtx_trust::{InvalidPerson, Person};

/// A public key with its holder, as root and targets list it.
///
/// # Shape
///
/// In JSON, `{"keytype":"ed25519","scheme":"ed25519","keyval":{"public":"<64 hexadecimal digits>"},"x-ssbtx-person":"Anna Exempel"}`. The name
/// is part of the description and so of the key id. A key of snapshot or timestamp, which is a machine's, has none.
///
/// # Errors
///
/// Parsing gives [`InvalidPublicKey`].
#[derive(Debug, Clone)]
pub struct PublicKey {
    key: Key,
    id: KeyId,
    point: [u8; 32],
    person: Option<Person>,
}

/// The id of a key: the digest of its description, in 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

/// A text that describes no key that may sign.
#[derive(Debug, thiserror::Error)]
pub enum InvalidPublicKey {
    /// Not in the format of TUF.
    #[error("it is no description of a TUF key")]
    Malformed(#[source] serde_json::Error),
    /// Another kind of key.
    #[error("it is not an Ed25519 key of 32 bytes")]
    Kind,
    /// A holder that cannot be.
    #[error("its holder is no person")]
    Person(#[source] InvalidPerson),
}

impl PublicKey {
    /// A person's key.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`] where the framework does not take the key.
    pub fn of_person(point: [u8; 32], person: &Person) -> Result<Self, InvalidPublicKey> {
        Self::described(json!({
            "keytype": "ed25519",
            "scheme": "ed25519",
            "keyval": { "public": hex::encode(point) },
            PERSON: person.name(),
        }))
    }

    /// A machine's key, for snapshot or timestamp.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`] where the framework does not take the key.
    pub fn of_machine(point: [u8; 32]) -> Result<Self, InvalidPublicKey> {
        let public = hex::encode(point);
        Self::described(json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } }))
    }

    /// Reads a description.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`], which says what is wrong with it.
    pub fn parse(json: &[u8]) -> Result<Self, InvalidPublicKey> {
        Self::described(serde_json::from_slice(json).map_err(InvalidPublicKey::Malformed)?)
    }

    /// The description, as [`PublicKey::parse`] reads it.
    pub fn to_json(&self) -> Value {
        // A key that was read from JSON can be written as JSON.
        serde_json::to_value(&self.key).unwrap_or_default()
    }

    /// The key id.
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    /// Who holds it.
    pub fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    /// The holder's name, or what stands for it where a machine holds the key.
    pub fn holder(&self) -> String {
        self.person.as_ref().map_or_else(|| format!("key {}", self.id.short()), Person::to_string)
    }

    /// The key itself.
    pub fn point(&self) -> &[u8; 32] {
        &self.point
    }

    /// Whether a signature is this key's over a message.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.point).verify(message, signature).is_ok()
    }

    /// As the framework has it.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    pub(crate) fn of_key(key: &Key) -> Result<Self, InvalidPublicKey> {
        Self::described(serde_json::to_value(key).map_err(InvalidPublicKey::Malformed)?)
    }

    fn described(description: Value) -> Result<Self, InvalidPublicKey> {
        let person = description.get(PERSON).map(|name| {
            let name = name.as_str().ok_or(InvalidPublicKey::Person(InvalidPerson))?;
            name.parse().map_err(InvalidPublicKey::Person)
        });
        let person = person.transpose()?;
        let key: Key = serde_json::from_value(description).map_err(InvalidPublicKey::Malformed)?;
        let Key::Ed25519 { keyval, .. } = &key else { return Err(InvalidPublicKey::Kind) };
        let point = keyval.public.as_ref().try_into().map_err(|_| InvalidPublicKey::Kind)?;
        // The framework refuses to write only what it could not read.
        let id = KeyId::of(&key.key_id().map_err(|_| InvalidPublicKey::Kind)?);
        Ok(Self { key, id, point, person })
    }
}

impl KeyId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }

    pub(crate) fn of(id: &Decoded<Hex>) -> Self {
        Self(hex::encode(id))
    }

    pub(crate) fn decoded(&self) -> Decoded<Hex> {
        hex::decode(&self.0).unwrap_or_default().into()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const PERSON: &str = "x-ssbtx-person";

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Person {
        "Anna Exempel".parse().unwrap()
    }

    #[test]
    fn a_key_is_read_back_as_it_was_described() {
        let key = PublicKey::of_person([7; 32], &anna()).unwrap();
        let again = PublicKey::parse(key.to_json().to_string().as_bytes()).unwrap();
        assert_eq!(again.id(), key.id());
        assert_eq!(again.person(), Some(&anna()));
        assert_eq!(again.point(), &[7; 32]);
        assert_eq!(PublicKey::of_key(key.key()).unwrap().id(), key.id());
    }

    #[test]
    fn the_holder_is_part_of_the_id() {
        let bo = PublicKey::of_person([7; 32], &"Bo Exempel".parse().unwrap()).unwrap();
        let machine = PublicKey::of_machine([7; 32]).unwrap();
        let anna = PublicKey::of_person([7; 32], &anna()).unwrap();
        assert!(anna.id() != bo.id() && bo.id() != machine.id());
        assert_eq!(machine.person(), None);
        assert!(machine.holder().starts_with("key "));
    }

    #[test]
    fn err_public_key() {
        let key = |public: &str, person: Value| {
            json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public }, PERSON: person })
                .to_string()
        };
        let read = |text: &str| PublicKey::parse(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(read("{"), "it is no description of a TUF key");
        assert_eq!(read(&key("ab", json!("Anna"))), "it is not an Ed25519 key of 32 bytes");
        assert_eq!(read(&key(&"ab".repeat(32), json!(7))), "its holder is no person");
        assert_eq!(read(&key(&"ab".repeat(32), json!(""))), "its holder is no person");
    }
}
