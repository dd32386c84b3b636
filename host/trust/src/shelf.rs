//! The repository's files, read with limits.

use std::io;

use futures::stream;
use tough::{Bytes, Transport, TransportError, TransportErrorKind, TransportStream};
use url::Url;

use crate::files::Files;
use crate::journal::Journal;
use crate::settings::RepositoryLimits;
use crate::source::{ReadFault, Source};

/// The files of one source, as `tough` asks for them.
///
/// It stands in place of `tough`'s own file transport for three reasons: a length that the metadata promises is not trusted before it was
/// compared with the host's limit; a file that exists but cannot be read is an error and not an absence, which for a new root would mean
/// to go on with the old one in silence; and what was read is held, for the checks that `tough` does not make and for the last good copy.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    source: Source,
    limits: RepositoryLimits,
    journal: Journal,
    files: Files,
}

impl Shelf {
    pub(crate) fn new(source: Source, limits: RepositoryLimits, journal: Journal, files: Files) -> Self {
        Self { source, limits, journal, files }
    }

    async fn read(&self, url: &Url) -> Result<Bytes, ReadFault> {
        let file = file(url).ok_or(ReadFault::Io(io::ErrorKind::InvalidFilename))?;
        let metadata = file.strip_prefix(METADATA);
        let limit = metadata.map_or(self.limits.max_component_bytes, |_| self.limits.max_metadata_bytes);
        let bytes = self.source.read(file, limit).await?;
        if let Some(name) = metadata {
            let max_files = self.limits.max_metadata_files;
            self.journal
                .enter(name.to_owned(), bytes.clone(), max_files)
                .map_err(|_| ReadFault::TooMany { limit: max_files })?;
        }
        self.files.add(file.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

#[async_trait::async_trait]
impl Transport for Shelf {
    async fn fetch(&self, url: Url) -> Result<TransportStream, TransportError> {
        // An error goes into the stream: of an error here, `tough` makes "there is no newer root".
        let result = self.read(&url).await.map_err(|fault| {
            let kind = if fault.is_absence() { TransportErrorKind::FileNotFound } else { TransportErrorKind::Other };
            TransportError::new_with_cause(kind, &url, fault)
        });
        Ok(Box::pin(stream::iter([result])))
    }
}

/// The URL under which the shelf's files of one kind are known to `tough`.
///
/// It names no directory: `tough` sees only names inside the repository.
pub(crate) fn metadata_url() -> Result<Url, url::ParseError> {
    Url::parse(BASE)?.join(METADATA)
}

/// As [`metadata_url`], for components.
pub(crate) fn targets_url() -> Result<Url, url::ParseError> {
    Url::parse(BASE)?.join(TARGETS)
}

/// The file that a URL names, relative to the repository.
///
/// The path is taken as it stands: `%2F` in a role's name stays these three characters and never becomes a separator.
pub(crate) fn file(url: &Url) -> Option<&str> {
    let file = url.as_str().strip_prefix(BASE)?;
    let inside = file.starts_with(METADATA) || file.starts_with(TARGETS);
    let plain = !file.contains(['?', '#', '\\']) && file.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
    (inside && plain).then_some(file)
}

const BASE: &str = "file:///";
pub(crate) const METADATA: &str = "metadata/";
pub(crate) const TARGETS: &str = "targets/";
pub(crate) const TIMESTAMP: &str = "metadata/timestamp.json";

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(name: &str) -> Option<String> {
        file(&metadata_url().unwrap().join(name).unwrap()).map(str::to_owned)
    }

    #[test]
    fn a_file_is_found_by_its_name() {
        assert_eq!(joined("1.governance.json").as_deref(), Some("metadata/1.governance.json"));
        assert_eq!(joined("1.a%2F..%2Fb.json").as_deref(), Some("metadata/1.a%2F..%2Fb.json"));
    }

    #[test]
    fn no_name_leads_out_of_the_repository() {
        for name in [
            "../secret",
            "../../etc/passwd",
            "/etc/passwd",
            "//host/file",
            "https://host/metadata/x",
            "a//b",
            "x?y",
            "x#y",
        ] {
            assert_eq!(joined(name), None, "{name}");
        }
    }
}
