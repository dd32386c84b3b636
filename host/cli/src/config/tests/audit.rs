//! What the files hold that `[audit]` names is a part of the configuration, and what they hold is judged with it.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::demonstration::Allowed;
use crate::operating::InForce;
use crate::reloading::judge;

#[test]
fn a_reload_after_a_file_of_the_audit_log_has_changed_is_refused_by_name() {
    let written = with_every_file();
    for (changed, keys) in [
        (&[("password", "another\n")][..], &["audit.postgresql.password"][..]),
        (&[("roots.pem", "pki/consumer-roots.pem")], &["audit.postgresql.roots"]),
        (
            &[("own.pem", "pki/host.pem"), ("own.key", "pki/host.key")],
            &["audit.postgresql.certificate-chain", "audit.postgresql.private-key"],
        ),
        (&[("overlapping.key", OTHER_KEY)], &["audit.overlapping-subject-key"]),
        (&[("second.key", OTHER_KEY)], &["audit.earlier-subject-keys"]),
    ] {
        let former = in_force(written.load().unwrap());
        assert!(judge(written.load(), &former).is_ok(), "what has not changed is taken");
        for (file, content) in changed {
            written.put(file, content);
        }
        let Err(refused) = judge(written.load(), &former) else { panic!("{keys:?} is silently not in force") };
        assert_eq!(refused.len(), keys.len(), "{refused:?}");
        for (told, key) in refused.iter().zip(keys) {
            assert!(told.ends_with(&format!(": {key}: has changed, which takes a restart")), "{told}");
        }
    }
}

#[test]
fn a_subject_key_that_cannot_be_read_hides_no_other_fault() {
    let rest = "subject-key = \"absent.key\"\nearlier-subject-keys = [\"earlier.key\"]\n\
                officers = \"officers.toml\"\nretention-days = 1";
    let written = Written::new()
        .with("subject-key = \"subject.key\"", rest)
        .with("[log]", "[audit.misuse]\nvolume-factor = 1\n[log]");
    insta::assert_snapshot!(written.faults(), @r"
    5 faults:
      …/ssbtx.toml:26: audit.subject-key: `…/absent.key` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:27: audit.earlier-subject-keys[0]: `…/earlier.key` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:28: audit.officers: `…/officers.toml` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:29: audit.retention-days: `1` is not 30 to 36525
      …/ssbtx.toml:39: audit.misuse.volume-factor: `1` is not 2 to 100
    ");
}

#[test]
fn certificates_towards_a_database_are_among_those_whose_end_is_told() {
    let certificates = with_every_file().load().unwrap().certificates;
    for which in ["audit.postgresql.roots", "audit.postgresql.certificate-chain"] {
        assert!(certificates.iter().any(|one| one.which == which && one.is_of_the_demo), "{which}");
    }
}

/// A configuration whose audit log is in a database, and which names every file that it may.
fn with_every_file() -> Written {
    let written = in_a_database(
        "host = \"db.example.se\"\npassword = \"password\"\nroots = \"roots.pem\"\ncertificate-chain = \"own.pem\"\n\
         private-key = \"own.key\"",
    );
    let keys = "subject-key = \"subject.key\"\noverlapping-subject-key = \"overlapping.key\"\n\
                earlier-subject-keys = [\"first.key\", \"second.key\"]";
    let written = written.with("subject-key = \"subject.key\"", keys);
    for (file, content) in [
        ("password", "one\n"),
        ("roots.pem", "pki/agency-roots.pem"),
        ("own.pem", "pki/upstream.pem"),
        ("own.key", "pki/upstream.key"),
        ("overlapping.key", KEY),
        ("first.key", KEY),
        ("second.key", KEY),
    ] {
        written.put(file, content);
    }
    written
}

impl Written {
    /// Writes a file that its owner alone may read: this text, or what another file holds.
    fn put(&self, name: &str, content: &str) {
        let path = self.folder.path().join(name);
        match content.strip_prefix("pki/") {
            Some(of) => fs::write(&path, fs::read(self.folder.path().join("pki").join(of)).unwrap()).unwrap(),
            None => fs::write(&path, content).unwrap(),
        }
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn in_force(config: Config) -> InForce {
    let Config { listen, settings, certificates, .. } = config;
    let (tls, drain, path) = (listen.tls, listen.drain, PathBuf::new());
    InForce { path, settings, tls, certificates, drain, demonstration: Allowed(true) }
}

const KEY: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const OTHER_KEY: &str = "0202020202020202020202020202020202020202020202020202020202020202";
