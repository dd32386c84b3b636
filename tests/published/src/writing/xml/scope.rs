//! Which prefix stands for which namespace, and where that is said.

use crate::writing::dice::Dice;

/// The declarations that are in force, innermost last, one list for each open element.
pub(super) struct Scope {
    open: Vec<Vec<(String, String)>>,
    oddness: u8,
}

impl Scope {
    pub(super) fn new(oddness: u8) -> Self {
        Self { open: Vec::new(), oddness }
    }

    /// Begins an element, which declares nothing yet.
    pub(super) fn enter(&mut self) {
        self.open.push(Vec::new());
    }

    /// Ends the element that was begun last.
    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    /// What the element that was begun last declares.
    pub(super) fn declared_here(&self) -> Vec<(String, String)> {
        self.open.last().cloned().unwrap_or_default()
    }

    /// A prefix for the name of the element that was begun last, empty for none. It is declared there unless one is in force.
    pub(super) fn element_prefix(&mut self, namespace: &str, dice: &mut Dice) -> String {
        let mut known = self.prefixes_of(namespace);
        if namespace.is_empty() && self.namespace_of("").is_empty() {
            known.push(String::new());
        }
        let is_declared_anew = known.is_empty() || self.open.len() > 1 && dice.chance(self.oddness / 8);
        if !is_declared_anew {
            return dice.pick(&known).clone();
        }
        // A name without namespace has no prefix.
        let has_prefix = !namespace.is_empty() && dice.chance(self.oddness);
        let prefix = if has_prefix { *dice.pick(&PREFIXES) } else { "" };
        self.declare(prefix, namespace)
    }

    /// A prefix for an attribute of the element that was begun last. It is declared there unless one is in force.
    pub(super) fn attribute_prefix(&mut self, namespace: &str, dice: &mut Dice) -> String {
        let known: Vec<String> = self.prefixes_of(namespace).into_iter().filter(|prefix| !prefix.is_empty()).collect();
        if known.is_empty() { self.declare("xsi", namespace) } else { dice.pick(&known).clone() }
    }

    fn declare(&mut self, prefix: &str, namespace: &str) -> String {
        if let Some(here) = self.open.last_mut() {
            here.push((prefix.to_owned(), namespace.to_owned()));
        }
        prefix.to_owned()
    }

    fn prefixes_of(&self, namespace: &str) -> Vec<String> {
        let declared = self.open.iter().flatten().filter(|(_, declared)| declared == namespace);
        let mut prefixes: Vec<String> = declared.map(|(prefix, _)| prefix.clone()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        prefixes.retain(|prefix| self.namespace_of(prefix) == namespace);
        prefixes
    }

    fn namespace_of(&self, prefix: &str) -> &str {
        let declared = self.open.iter().flatten().rev().find(|(declared, _)| declared == prefix);
        declared.map_or("", |(_, namespace)| namespace)
    }
}

/// Prefixes that agencies use, and some that none does. Two namespaces may have the same, one inside the other.
const PREFIXES: [&str; 6] = ["q", "ns1", "soap", "_", "å", "S-1.x"];
