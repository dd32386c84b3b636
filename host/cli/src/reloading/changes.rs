//! What two configurations differ in, and which of that may change while a host serves.

use std::collections::BTreeMap;

use ssbtx_config_file::Setting;

/// The keys with other values, or whose files hold something else.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that are taken over.
    pub taken: Vec<String>,
    /// Those that take a restart, each with where it stands.
    pub refused: Vec<String>,
}

impl Changes {
    /// Compares what is in force with what would be.
    pub fn between(former: &[Setting], next: &[Setting]) -> Self {
        let by_key = |settings| -> BTreeMap<String, Setting> {
            <[Setting]>::iter(settings).map(|one| (one.key.clone(), one.clone())).collect()
        };
        let mut gone = by_key(former);
        let mut changes = Self::default();
        for one in next {
            let before = gone.remove(&one.key);
            if before.is_some_and(|before| before.is_as(one)) || is_of_consumers(&one.key) {
                continue;
            }
            if TAKEN.contains(&one.key.as_str()) {
                changes.taken.push(one.key.clone());
            } else {
                changes.refused.push(format!("{}: {}: has changed, which takes a restart", one.origin, one.key));
            }
        }
        // A key that may be left out stays among the settings with its default, so only whole tables go away.
        let gone = gone.into_keys().filter(|key| !is_of_consumers(key));
        changes.refused.extend(gone.map(|key| format!("{key}: is gone, which takes a restart")));
        changes
    }
}

/// Whether a key stands in `consumers.toml`: that this has changed is told of `listen.consumers`.
pub fn is_of_consumers(key: &str) -> bool {
    key.starts_with("consumer[")
}

/// What may change while a host serves. Anything else would silently not be in force, so it takes a restart.
const TAKEN: &[&str] = &[
    "listen.certificate-chain",
    "listen.private-key",
    "listen.client-roots",
    "listen.revocation-lists",
    "listen.consumers",
    "listen.drain-ms",
    "admin.certificate-chain",
    "admin.private-key",
    "admin.client-roots",
    "log.filter",
];

#[cfg(test)]
mod tests {
    use ssbtx_config_file::{Origin, Value};

    use super::*;

    fn setting(key: &str, value: i64, line: usize) -> Setting {
        let origin = Origin::File { file: "ssbtx.toml".to_owned(), line };
        Setting { key: key.to_owned(), value: Value::Number(value), origin, content: None }
    }

    #[test]
    fn what_may_change_is_taken_and_what_may_not_is_refused_by_name() {
        let former = [
            setting("listen.drain-ms", 1, 1),
            setting("trust.state", 1, 2),
            setting("audit.directory", 1, 3),
            setting("admin.address", 1, 4),
        ];
        let next = [
            setting("listen.drain-ms", 2, 1),
            // Another line is no change.
            setting("trust.state", 1, 20),
            setting("audit.directory", 2, 30),
            setting("upstream[0].url", 1, 31),
        ];
        let changes = Changes::between(&former, &next);
        assert_eq!(changes.taken, ["listen.drain-ms"]);
        assert_eq!(
            changes.refused,
            [
                "ssbtx.toml:30: audit.directory: has changed, which takes a restart",
                "ssbtx.toml:31: upstream[0].url: has changed, which takes a restart",
                "admin.address: is gone, which takes a restart",
            ]
        );
    }

    #[test]
    fn consumers_are_taken_with_the_file_that_they_stand_in() {
        let former = [setting("listen.consumers", 1, 1), setting("consumer[0].name", 1, 1)];
        let next = [setting("listen.consumers", 2, 1), setting("consumer[1].name", 1, 1)];
        let changes = Changes::between(&former, &next);
        assert_eq!(changes, Changes { taken: vec!["listen.consumers".to_owned()], refused: Vec::new() });
    }
}
