//! One place in the document: what the catalogue has there meets what the agency wrote there.

use std::fmt::{self, Formatter};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::bindings::exports::ssbtx::adapter::translation::Value;
use crate::bindings::exports::ssbtx::catalogue::types::{Kind, ValueType};

use super::reader::{Known, Reader};

/// Where the next value belongs.
pub(super) struct Place<'r, 'c> {
    reader: &'r mut Reader<'c>,
    known: Known,
    depth: u16,
}

impl<'r, 'c> Place<'r, 'c> {
    /// Where the whole document belongs.
    pub(super) fn root(reader: &'r mut Reader<'c>) -> Self {
        Self { reader, known: Known { first: 0, second: None }, depth: 0 }
    }

    /// A place one level deeper.
    fn below(&mut self, known: Known) -> Place<'_, 'c> {
        Place { reader: self.reader, known, depth: self.depth.saturating_add(1) }
    }

    /// A number keeps its digits, so it is taken as it is written.
    fn number<E: Error>(self, raw: &str) -> Result<(), E> {
        let value = match raw.as_bytes().first() {
            Some(b'n') => Value::Null,
            Some(b'-' | b'0'..=b'9') => Value::Number(raw.to_owned()),
            _ => {
                self.reader.pass(raw, self.depth).map_err(E::custom)?;
                return self.drop_value();
            }
        };
        self.reader.push(self.known.first, self.depth, value);
        Ok(())
    }

    /// A value of the kind that belongs here, or one that does not.
    fn scalar<E: Error>(self, belongs: impl Fn(ValueType) -> bool, value: impl FnOnce() -> Value) -> Result<(), E> {
        match self.reader.element(self.known.first) {
            Some(element) if element.kind == Kind::Scalar && belongs(element.value_type) => {
                self.reader.push(self.known.first, self.depth, value());
                Ok(())
            }
            _ => self.drop_value(),
        }
    }

    /// Goes past a value one level deeper.
    fn pass_below<E: Error>(&mut self, value: &RawValue) -> Result<(), E> {
        self.reader.pass(value.get(), self.depth.saturating_add(1)).map_err(E::custom)
    }

    /// Drops a value of a kind that does not belong here.
    fn drop_value<E: Error>(self) -> Result<(), E> {
        self.reader.drop_value(Some(self.known)).map_err(E::custom)
    }
}

impl<'j> DeserializeSeed<'j> for Place<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<(), D::Error> {
        match self.reader.element(self.known.first) {
            Some(element) if matches!(element.value_type, ValueType::Integer | ValueType::Decimal) => {
                self.number(<&RawValue>::deserialize(json)?.get())
            }
            _ => json.deserialize_any(self),
        }
    }
}

/// What stands where the catalogue has anything but a number.
impl<'j> Visitor<'j> for Place<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'j>>(mut self, mut map: A) -> Result<(), A::Error> {
        let Some(element) = self.reader.of_kind(self.known, Kind::Object) else {
            while let Some((IgnoredAny, value)) = map.next_entry::<_, &RawValue>()? {
                self.pass_below(value)?;
            }
            return self.drop_value();
        };
        self.reader.push(element, self.depth, Value::Structure);
        let object = self.reader.open_object();
        let mut next = 0;
        while let Some(known) =
            map.next_key_seed(MemberName { reader: self.reader, object: element, next: &mut next })?
        {
            match known {
                Some(known) if self.reader.is_first(known, object) => map.next_value_seed(self.below(known))?,
                _ => {
                    self.pass_below(map.next_value()?)?;
                    self.reader.drop_value(known).map_err(A::Error::custom)?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'j>>(mut self, mut list: A) -> Result<(), A::Error> {
        let known = self.reader.of_kind(self.known, Kind::List);
        let Some((element, item)) = known.and_then(|id| Some((id, self.reader.item_of(id)?))) else {
            while let Some(value) = list.next_element()? {
                self.pass_below(value)?;
            }
            return self.drop_value();
        };
        self.reader.push(element, self.depth, Value::Structure);
        while list.next_element_seed(self.below(item))?.is_some() {}
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.reader.push(self.known.first, self.depth, Value::Null);
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(|value_type| value_type == ValueType::Boolean, || Value::Boolean(value))
    }

    fn visit_i64<E: Error>(self, _value: i64) -> Result<(), E> {
        self.drop_value()
    }

    fn visit_u64<E: Error>(self, _value: u64) -> Result<(), E> {
        self.drop_value()
    }

    fn visit_f64<E: Error>(self, _value: f64) -> Result<(), E> {
        self.drop_value()
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let is_text = |value_type| matches!(value_type, ValueType::Text | ValueType::Date | ValueType::DateTime);
        self.scalar(is_text, || Value::Text(value.to_owned()))
    }
}

/// Where the name of a member of this object comes next: gives what the catalogue knows by it.
struct MemberName<'r, 'c> {
    reader: &'r Reader<'c>,
    object: u16,
    /// Where the search begins.
    next: &'r mut usize,
}

impl<'j> DeserializeSeed<'j> for MemberName<'_, '_> {
    type Value = Option<Known>;

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<Option<Known>, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName<'_, '_> {
    type Value = Option<Known>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<Known>, E> {
        Ok(self.reader.members_named(self.object, name, self.next))
    }
}
