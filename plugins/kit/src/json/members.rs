//! An object's members as they stand, for what must be read to the letter: nothing is dropped, not even a name that comes twice.

use std::fmt::{self, Formatter};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{MOST_LEVELS, Undecodable, decode, is_deeper};

/// One member of an object. Holds what somebody wrote, so it cannot be printed.
pub struct Member<'j> {
    /// Its name, unescaped.
    pub name: String,
    /// Its value, a JSON text as it was written.
    pub value: &'j str,
}

/// The members of the object that these bytes are, in order.
///
/// # Errors
///
/// [`Undecodable`], with [`Undecodable::NotAnObject`] for another JSON value.
pub fn members(bytes: &[u8]) -> Result<Vec<Member<'_>>, Undecodable> {
    let text = decode(bytes)?;
    if is_deeper(text, MOST_LEVELS) {
        return Err(Undecodable::TooDeep);
    }
    let whole: &RawValue = serde_json::from_str(text)?;
    if !whole.get().starts_with('{') {
        return Err(Undecodable::NotAnObject);
    }
    let mut json = serde_json::Deserializer::from_str(whole.get());
    Ok(json.deserialize_map(Object)?)
}

struct Object;

impl<'j> Visitor<'j> for Object {
    type Value = Vec<Member<'j>>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            members.push(Member { name, value: value.get() });
        }
        Ok(members)
    }
}
