//! Tables within tables.

use super::Table;
use crate::tree::Node;

impl<'d> Table<'d> {
    /// Opens a table that must be there. Every key in it that is not among these is a fault.
    pub fn required_table(&self, key: &str, keys: &[&str]) -> Option<Table<'d>> {
        if !self.has(key) {
            self.missing(key, &format!("a table `[{}]`", self.path_of(key)));
            return None;
        }
        self.optional_table(key, keys)
    }

    /// Opens a table that may be left out: then, and where it is no table, there is none.
    pub fn optional_table(&self, key: &str, keys: &[&str]) -> Option<Table<'d>> {
        let found = self.find(key)?;
        let Node::Table(entries) = &found.node else {
            self.mistaken(key, found, "a table");
            return None;
        };
        Some(Table::open(self.document, self.path_of(key), found.line, Some(entries), keys))
    }

    /// Opens a table of which all keys have defaults; one that is left out is empty.
    #[must_use]
    pub fn table(&self, key: &str, keys: &[&str]) -> Table<'d> {
        let absent = || Table::open(self.document, self.path_of(key), self.line, None, keys);
        self.optional_table(key, keys).unwrap_or_else(absent)
    }

    /// Opens every table of a list; none where it is left out.
    pub fn tables(&self, key: &str, keys: &[&str]) -> Vec<Table<'d>> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Node::List(items) = &found.node else {
            self.mistaken(key, found, "a list of tables");
            return Vec::new();
        };
        let tables = items.iter().enumerate().filter_map(|(position, item)| {
            let path = format!("{}[{position}]", self.path_of(key));
            if let Node::Table(entries) = &item.node {
                return Some(Table::open(self.document, path, item.line, Some(entries), keys));
            }
            self.fault_at(item.line, path, format_args!("found {}, expected a table", item.node.found()));
            None
        });
        tables.collect()
    }
}
