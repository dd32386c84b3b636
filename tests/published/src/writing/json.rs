//! How a document is spelled in JSON.

use super::dice::Dice;
use super::growth::{Content, Grown};
use crate::model::{Kind, ValueType};

/// The document's text.
pub(super) fn written(document: &Grown<'_>, oddness: u8) -> String {
    let mut writer = Writer { out: String::new(), oddness };
    writer.value(document);
    writer.out
}

struct Writer {
    out: String,
    oddness: u8,
}

impl Writer {
    fn value(&mut self, grown: &Grown<'_>) {
        let mut dice = grown.dice;
        match &grown.content {
            Content::Value(value) => {
                let value_type = grown.node.value.as_ref().map(|declared| declared.value_type);
                match value_type {
                    Some(ValueType::Integer | ValueType::Decimal | ValueType::Boolean) => self.out.push_str(value),
                    Some(ValueType::Text | ValueType::Date | ValueType::DateTime) | None => {
                        self.string(value, &mut dice);
                    }
                }
            }
            Content::Members(members) => self.members(grown.node.kind, members, &mut dice),
            Content::Nil => self.out.push_str("null"),
        }
    }

    fn members(&mut self, kind: Kind, members: &[Grown<'_>], dice: &mut Dice) {
        let is_list = kind == Kind::List;
        self.out.push(if is_list { '[' } else { '{' });
        self.space(dice);
        // Members of an object may stand in any order.
        let first =
            if is_list || members.is_empty() || !dice.chance(self.oddness) { 0 } else { dice.below(members.len()) };
        for (place, member) in members.iter().cycle().skip(first).take(members.len()).enumerate() {
            if place > 0 {
                self.out.push(',');
                self.space(dice);
            }
            if !is_list {
                self.string(&member.node.name, &mut dice.of(place));
                self.space(dice);
                self.out.push(':');
                self.space(dice);
            }
            self.value(member);
            self.space(dice);
        }
        self.out.push(if is_list { ']' } else { '}' });
    }

    fn space(&mut self, dice: &mut Dice) {
        if dice.chance(self.oddness / 4) {
            self.out.push_str(dice.pick::<&str>(&[" ", "\n", "\t", "\r\n  "]));
        }
    }

    fn string(&mut self, text: &str, dice: &mut Dice) {
        self.out.push('"');
        for character in text.chars() {
            let is_odd = dice.chance(self.oddness / 4);
            match character {
                _ if is_odd => self.escape(character, dice),
                '"' | '\\' => self.out.extend(['\\', character]),
                _ if character < ' ' => self.escape(character, dice),
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }

    fn escape(&mut self, character: char, dice: &mut Dice) {
        let short = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '/' => "\\/",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => "",
        };
        if !short.is_empty() && dice.chance(50) {
            return self.out.push_str(short);
        }
        let is_upper = dice.chance(50);
        for unit in character.encode_utf16(&mut [0; 2]) {
            let digits = if is_upper { format!("{unit:04X}") } else { format!("{unit:04x}") };
            self.out.push_str("\\u");
            self.out.push_str(&digits);
        }
    }
}
