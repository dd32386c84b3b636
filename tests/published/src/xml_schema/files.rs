//! A schema's files: the one that is named, and all that it imports and includes.

use std::path::{Path, PathBuf};

use roxmltree::Document;

use super::XS;

/// The texts of a schema's files, the named one first.
///
/// Files are in UTF-8 or, with a byte order mark, in little-endian UTF-16.
pub(super) fn texts(file: &Path) -> Vec<String> {
    let mut files = vec![found(file)];
    let mut texts: Vec<String> = Vec::new();
    while let Some(file) = files.get(texts.len()).cloned() {
        let text = text(&file);
        for named in referred(&file, &text) {
            if !files.contains(&named) {
                files.push(named);
            }
        }
        texts.push(text);
    }
    texts
}

/// The document in a file's text.
pub(super) fn parsed<'a>(file: &Path, text: &'a str) -> Document<'a> {
    Document::parse(text).unwrap_or_else(|error| panic!("`{}`, or what it imports, is no XML: {error}", file.display()))
}

fn referred(file: &Path, text: &str) -> Vec<PathBuf> {
    let document = parsed(file, text);
    let referring =
        |node: &roxmltree::Node<'_, '_>| node.has_tag_name((XS, "import")) || node.has_tag_name((XS, "include"));
    let folder = file.parent().unwrap_or(Path::new(""));
    let locations = document.root_element().children().filter(referring);
    locations
        .filter_map(|node| node.attribute("schemaLocation"))
        .map(|location| found(&folder.join(location)))
        .collect()
}

fn found(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|error| panic!("cannot find `{}`: {error}", file.display()))
}

fn text(file: &Path) -> String {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("cannot read `{}`: {error}", file.display()));
    decoded(&bytes).unwrap_or_else(|| panic!("`{}` is no text", file.display()))
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let text = match bytes.strip_prefix(&[0xff, 0xfe]) {
        Some(units) => {
            let units: Option<Vec<u16>> =
                units.chunks(2).map(|pair| pair.try_into().ok().map(u16::from_le_bytes)).collect();
            String::from_utf16(&units?).ok()?
        }
        None => String::from_utf8(bytes.to_vec()).ok()?,
    };
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_schema_is_read_in_both_of_the_encodings_that_agencies_publish_in() {
        let utf16: Vec<u8> = "\u{feff}<å/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [utf16.as_slice(), "\u{feff}<å/>".as_bytes(), "<å/>".as_bytes()] {
            assert_eq!(decoded(bytes).as_deref(), Some("<å/>"));
        }
        assert_eq!(decoded(b"<\xe5/>"), None);
        assert_eq!(decoded(&utf16[..utf16.len() - 1]), None);
    }
}
