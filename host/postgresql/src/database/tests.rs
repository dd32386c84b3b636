use super::*;

#[test]
fn a_connection_that_leaves_the_machine_needs_roots() {
    let database = |host: &str| Database::new(server(host), &DatabaseFiles::default());
    for host in ["/run/postgresql", "127.0.0.1", "::1", "localhost"] {
        assert!(database(host).is_ok(), "{host}");
    }
    for host in ["db.example.se", "192.0.2.1", "localhost.example.se"] {
        assert!(matches!(database(host), Err(SettingsFault::NoRoots { .. })), "{host}");
    }
}

#[test]
fn a_password_is_read_from_a_file_of_its_owner_alone_and_does_not_print() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    let files = DatabaseFiles { password: Some(path.clone()), ..DatabaseFiles::default() };
    let database = || Database::new(server("localhost"), &files);
    assert!(matches!(database(), Err(SettingsFault::Read { .. })));
    fs::write(&path, "sommarvind\n").unwrap();
    for (mode, is_taken) in [(0o600, true), (0o640, false), (0o604, false)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(database().is_ok(), is_taken, "{mode:o}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(!format!("{:?}", database().unwrap()).contains("sommarvind"));
    for text in ["", "\n", "one\ntwo\n"] {
        fs::write(&path, text).unwrap();
        assert!(matches!(database(), Err(SettingsFault::Password { .. })), "{text:?}");
    }
}

fn server(host: &str) -> Server {
    Server { host: host.into(), port: 5432, database: "ssbtx".into(), user: "ssbtx_host".into() }
}
