//! The files of a store on this host's disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use ssbtx_open_cases::{NotOpened, SqliteStore};

use crate::place::Place;
use crate::register::{CASE, CONSUMER, OTHER, PERSON, Register, key, later};

#[tokio::test]
async fn no_file_of_the_store_holds_a_name_a_case_or_an_identity_number() {
    let place = Place::folder();
    let Place::Folder(folder) = &place else { panic!("it is a folder") };
    let register = Register::open(&place).await;
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
        let bytes = fs::read(&path).unwrap();
        for secret in [PERSON, OTHER, &PERSON[2..], CASE, CONSUMER, "162020000001"] {
            let holds = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!holds, "{path:?} holds `{secret}`");
        }
        files += 1;
    }
    // The file, its write-ahead log and the index of that.
    assert_eq!(files, 3);
    assert_eq!(fs::metadata(folder.path().join("cases")).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_directory_or_file_that_others_may_read_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("cases");
    drop(SqliteStore::open(&directory, &key()).unwrap());
    let file = directory.join("open-cases.sqlite");
    for (path, mode, right) in [(&file, 0o640, 0o600), (&directory, 0o750, 0o700)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(SqliteStore::open(&directory, &key()), Err(NotOpened::Permissions { .. })), "{path:?}");
        fs::set_permissions(path, fs::Permissions::from_mode(right)).unwrap();
    }
    fs::write(&file, "no store of anything, and longer than the header of one is: ".repeat(40)).unwrap();
    assert!(matches!(SqliteStore::open(&directory, &key()), Err(NotOpened::Sqlite { .. })));
}
