use std::path::Path;
use std::time::Duration;

use super::*;
use crate::document::Read;

const KEYS: &[&str] = &["a", "b", "c", "d", "e"];

fn read(text: &str, ask: impl FnOnce(&Table<'_>)) -> Read<()> {
    let document = Document::parse(Path::new("folder/x.toml"), text).unwrap();
    ask(&document.root(KEYS));
    document.end(Some(()))
}

fn faults(read: &Read<()>) -> String {
    read.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn settings(read: &Read<()>) -> String {
    let lines = read.settings.iter().map(|one| format!("{} = {} ({})", one.key, one.value, one.origin));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_place_that_is_no_toml_is_told_with_its_line() {
    let Err(faults) = Document::parse(Path::new("x.toml"), "a = 1\na = 2\nb = [\n[c\n") else { panic!("it is TOML") };
    let told: Vec<_> = faults.iter().map(|fault| fault.line).collect();
    assert!(faults.len() > 1 && told.contains(&2), "{faults:?}");
    assert!(faults[0].to_string().starts_with("x.toml:"), "{}", faults[0]);
}

#[test]
fn what_is_unknown_missing_mistaken_or_refused_is_told_at_once_and_in_order() {
    let text = "z = 1\na = 17\nb = \"x\"\nc = 11\n[[d]]\ny = 1\n[[d]]\na = [\"x\",\n1]\n";
    let read = read(text, |root| {
        let refused = |_: &str| Err::<(), _>("refused");
        root.text("a", "a name", refused);
        root.text("b", "a name", refused);
        root.number("c", &(1..=10_u32), 5);
        root.text("e", "a name", refused);
        for table in root.tables("d", &["a"]) {
            table.list("a", "a list of names", refused);
        }
    });
    insta::assert_snapshot!(faults(&read), @r"
    folder/x.toml:1: z: unknown key, expected one of `a`, `b`, `c`, `d`, `e`
    folder/x.toml:1: e: missing, expected a name
    folder/x.toml:2: a: found a number, expected a name
    folder/x.toml:3: b: refused
    folder/x.toml:4: c: `11` is not 1 to 10
    folder/x.toml:6: d[0].y: unknown key, expected one of `a`
    folder/x.toml:8: d[1].a[0]: refused
    folder/x.toml:9: d[1].a[1]: found a number, expected a text
    ");
    assert!(read.value.is_none());
}

#[test]
fn what_is_read_is_told_with_its_origin_and_what_is_left_out_with_its_default() {
    let text = "a = \"one\"\nb = 1_000\n\n[d]\na = \"file\"\n";
    let read = read(text, |root| {
        assert_eq!(root.choice("a", [("two", 2), ("one", 1)]), Some(1));
        assert_eq!(
            root.time("b", Unit::Milliseconds, &(Duration::ZERO..=Duration::from_hours(1)), Duration::ZERO),
            Duration::from_secs(1)
        );
        assert_eq!(root.choice("c", [("two", 2), ("one", 1)]), Some(2));
        assert_eq!(root.number("e", &(1..=10_usize), 5), 5);
        let table = root.table("d", &["a", "b"]);
        assert_eq!(table.path("a", "a folder").unwrap(), Path::new("folder/file"));
        assert!(table.optional_file("b", "a file").unwrap().is_none());
    });
    assert_eq!(faults(&read), "");
    insta::assert_snapshot!(settings(&read), @r#"
    a = "one" (folder/x.toml:1)
    b = 1000 (folder/x.toml:2)
    c = "two" (default)
    e = 5 (default)
    d.a = "folder/file" (folder/x.toml:5)
    d.b = – (default)
    "#);
}

#[test]
fn a_file_that_is_named_is_another_when_it_holds_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let of = |content: &str| {
        std::fs::write(folder.path().join("held"), content).unwrap();
        let document = Document::parse(&folder.path().join("x.toml"), "a = \"held\"").unwrap();
        let held = document.root(KEYS).file("a", "a file").unwrap();
        assert_eq!(held.bytes.as_slice(), content.as_bytes());
        document.end(Some(())).settings.remove(0)
    };
    let (first, again, other) = (of("1"), of("1"), of("2"));
    assert!(first.is_as(&again) && !first.is_as(&other));
    assert_eq!(first.value, other.value);
}

#[test]
fn a_list_of_files_is_another_when_one_of_them_holds_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let of = |first: &str, second: &str| {
        std::fs::write(folder.path().join("first"), first).unwrap();
        std::fs::write(folder.path().join("second"), second).unwrap();
        let text = "a = [\"first\", \"second\"]";
        let document = Document::parse(&folder.path().join("x.toml"), text).unwrap();
        let held = document.root(KEYS).files("a", "a list of files").unwrap();
        assert_eq!(
            held.iter().map(|file| file.bytes.as_slice()).collect::<Vec<_>>(),
            [first.as_bytes(), second.as_bytes()]
        );
        document.end(Some(())).settings.remove(0)
    };
    let (first, again) = (of("1", "23"), of("1", "23"));
    assert!(first.is_as(&again));
    for other in [of("1", "24"), of("2", "23"), of("23", "1"), of("12", "3")] {
        assert!(!first.is_as(&other) && first.value == other.value);
    }
}

#[test]
fn a_list_of_files_is_empty_where_it_is_left_out_and_told_where_one_cannot_be_read() {
    let read = read("a = [\"absent\"]\n", |root| {
        assert!(root.files("a", "a list of files").is_none());
        assert!(root.files("b", "a list of files").unwrap().is_empty());
    });
    insta::assert_snapshot!(faults(&read), @"folder/x.toml:1: a[0]: `folder/absent` cannot be read: No such file or directory (os error 2)");
}

#[test]
fn a_secret_that_may_be_left_out_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let held = folder.path().join("held");
    std::fs::write(&held, "secret").unwrap();
    let document = Document::parse(&folder.path().join("x.toml"), "a = \"held\"").unwrap();
    let root = document.root(KEYS);
    assert!(root.optional_private_file("b", "a key").unwrap().is_none());
    for (mode, is_taken) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false)] {
        std::fs::set_permissions(&held, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(root.optional_private_file("a", "a key").is_some(), is_taken, "{mode:o}");
    }
}

#[test]
fn a_table_that_must_be_there_or_is_none_is_told_once() {
    let read = read("a = 1\nd = [1]\n", |root| {
        assert!(root.required_table("a", &[]).is_none() && root.required_table("b", &[]).is_none());
        assert!(root.optional_table("c", &[]).is_none());
        assert!(root.tables("d", &[]).is_empty() && root.tables("e", &[]).is_empty());
    });
    insta::assert_snapshot!(faults(&read), @r"
    folder/x.toml:1: a: found a number, expected a table
    folder/x.toml:1: b: missing, expected a table `[b]`
    folder/x.toml:2: d[0]: found a number, expected a table
    ");
}
