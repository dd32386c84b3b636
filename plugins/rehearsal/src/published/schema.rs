//! A schema that an agency has published.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use roxmltree::Document;

use super::lines;

/// The text of a schema, and the file that it came from.
pub(crate) struct Schema {
    file: PathBuf,
    text: String,
}

impl Schema {
    /// Loads a schema in UTF-8 or, with a byte order mark, little-endian UTF-16.
    pub(super) fn load(file: PathBuf) -> Self {
        let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("cannot read `{}`: {error}", file.display()));
        let Some(text) = decoded(&bytes) else { panic!("`{}` is no text", file.display()) };
        Self { file, text }
    }

    /// One line for each element and attribute below the global element of this name, in order; the first is for that element itself.
    pub(crate) fn lines(&self, answer: &str) -> Vec<String> {
        match Document::parse(&self.text) {
            Ok(document) => lines::of_schema(&document, answer),
            Err(error) => panic!("`{}` is no XML: {error}", self.file.display()),
        }
    }

    /// What xmllint has against a document; `Ok` if nothing.
    pub(crate) fn validate(&self, document: &str) -> Result<(), String> {
        let said = self.xmllint(document).unwrap_or_else(|error| panic!("cannot run xmllint: {error}"));
        if said.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&said.stderr).into_owned()) }
    }

    fn xmllint(&self, document: &str) -> std::io::Result<std::process::Output> {
        let mut xmllint = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(&self.file)
            .arg("-")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // Taken, so that it is closed before the wait: xmllint reads to the end.
        if let Some(mut input) = xmllint.stdin.take() {
            input.write_all(document.as_bytes())?;
        }
        xmllint.wait_with_output()
    }
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
