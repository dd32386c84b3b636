//! How a document is spelled in XML.

mod scope;
mod spelling;

use super::dice::Dice;
use super::growth::{Content, Grown};
use crate::model::Kind;

use scope::Scope;
use spelling::{attribute_value, text};

/// The document's text: one element, without an XML declaration, so that it may stand in a SOAP Body.
pub(super) fn written(document: &Grown<'_>, oddness: u8) -> String {
    let is_indented = oddness > 0 && document.dice.of(0).chance(50);
    let mut writer = Writer { out: String::new(), scope: Scope::new(oddness), oddness, is_indented, depth: 0 };
    writer.element(document);
    writer.out
}

struct Writer {
    out: String,
    scope: Scope,
    oddness: u8,
    is_indented: bool,
    depth: usize,
}

impl Writer {
    fn element(&mut self, grown: &Grown<'_>) {
        let mut dice = grown.dice;
        self.scope.enter();
        let prefix = self.scope.element_prefix(&grown.node.namespace, &mut dice);
        let name = if prefix.is_empty() { grown.node.name.clone() } else { format!("{prefix}:{}", grown.node.name) };
        let nil = matches!(grown.content, Content::Nil).then(|| self.scope.attribute_prefix(XSI, &mut dice));
        self.out.push('<');
        self.out.push_str(&name);
        for (prefix, namespace) in self.scope.declared_here() {
            let name = if prefix.is_empty() { String::from("xmlns") } else { format!("xmlns:{prefix}") };
            let namespace = attribute_value(&namespace, &mut dice, self.oddness);
            self.attribute(&name, &namespace, &mut dice);
        }
        if let Some(prefix) = nil {
            let value = *dice.pick(&["true", "1"]);
            self.attribute(&format!("{prefix}:nil"), value, &mut dice);
        }
        for (node, value, mut dice) in grown.attributes() {
            let value = attribute_value(value, &mut dice, self.oddness);
            self.attribute(&node.name, &value, &mut dice);
        }
        self.content(grown, &name, &mut dice);
        self.scope.leave();
    }

    fn attribute(&mut self, name: &str, value: &str, dice: &mut Dice) {
        let gap = if dice.chance(self.oddness / 5) { *dice.pick(&["\n  ", "  ", "\t"]) } else { " " };
        let equals = if dice.chance(self.oddness / 10) { " = " } else { "=" };
        let quote = if dice.chance(self.oddness / 2) { "'" } else { "\"" };
        for part in [gap, name, equals, quote, value, quote] {
            self.out.push_str(part);
        }
    }

    fn content(&mut self, grown: &Grown<'_>, name: &str, dice: &mut Dice) {
        let before = self.out.len();
        self.out.push('>');
        let after_tag = self.out.len();
        match &grown.content {
            Content::Nil => {}
            Content::Value(value) => self.out.push_str(&text(value, dice, self.oddness)),
            Content::Members(members) => self.members(members, dice),
        }
        if self.out.len() == after_tag && !dice.chance(self.oddness / 2) {
            self.out.truncate(before);
            return self.out.push_str(if dice.chance(self.oddness / 2) { " />" } else { "/>" });
        }
        self.out.push_str("</");
        self.out.push_str(name);
        if dice.chance(self.oddness / 10) {
            self.out.push(' ');
        }
        self.out.push('>');
    }

    fn members(&mut self, members: &[Grown<'_>], dice: &mut Dice) {
        self.depth += 1;
        for member in members.iter().filter(|member| member.node.kind != Kind::Attribute) {
            self.between(dice);
            self.element(member);
        }
        self.depth -= 1;
        self.between(dice);
    }

    /// What may stand between elements without meaning anything.
    fn between(&mut self, dice: &mut Dice) {
        if dice.chance(self.oddness / 20) {
            self.out.push_str("<!-- mellan -->");
        }
        if self.is_indented {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.depth));
        }
    }
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
