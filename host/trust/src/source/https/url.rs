//! Where a server's repository is.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// Where a server's repository is: a host, a port and the path that holds `metadata/` and `targets/`.
///
/// # Shape
///
/// `https://`, a host name or IP address, optionally a port and a path, such as `https://tillit.example.se/ssbtx`. A `/` at the end makes no
/// difference. Only `https`: who listens would learn which version a host runs, and who stands between could withhold it unseen.
///
/// # Errors
///
/// Parsing gives [`InvalidRepositoryUrl`], which says what is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct RepositoryUrl {
    authority: Authority,
    path: String,
}

impl RepositoryUrl {
    /// Joins a file's name to this address. `None` where it holds a character that no URI may hold.
    pub(super) fn join(&self, file: &str) -> Option<Uri> {
        let joined: PathAndQuery = format!("{}/{file}", self.path).parse().ok()?;
        Uri::builder().scheme(Scheme::HTTPS).authority(self.authority.clone()).path_and_query(joined).build().ok()
    }
}

impl FromStr for RepositoryUrl {
    type Err = InvalidRepositoryUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A fragment would be dropped without a word.
        if text.contains(['#', '?']) {
            return Err(InvalidRepositoryUrl::QueryOrFragment);
        }
        let uri: Uri = text.parse().map_err(|_| InvalidRepositoryUrl::NoUrl)?;
        if uri.scheme() != Some(&Scheme::HTTPS) {
            return Err(InvalidRepositoryUrl::Scheme);
        }
        let authority =
            uri.authority().filter(|authority| !authority.host().is_empty()).ok_or(InvalidRepositoryUrl::NoUrl)?;
        if authority.as_str().contains('@') {
            return Err(InvalidRepositoryUrl::UserInformation);
        }
        Ok(Self { authority: authority.clone(), path: uri.path().trim_end_matches('/').to_owned() })
    }
}

impl fmt::Display for RepositoryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.authority, self.path)
    }
}

impl fmt::Debug for RepositoryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no address of a repository. It quotes nothing: a password may stand in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRepositoryUrl {
    /// Not an absolute URL with a host.
    #[error("address of the repository is no absolute URL with a host, such as `https://tillit.example.se/ssbtx`")]
    NoUrl,
    /// `http`, or anything else that is not `https`.
    #[error("address of the repository does not begin with `https://`")]
    Scheme,
    /// A name or a password before the host.
    #[error("address of the repository holds a name or password before its host")]
    UserInformation,
    /// `?` or `#`.
    #[error("address of the repository holds a query or a fragment")]
    QueryOrFragment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_below_the_path_of_its_repository_and_keeps_its_name() {
        for (base, file, joined) in [
            ("https://example.org", "metadata/timestamp.json", "https://example.org/metadata/timestamp.json"),
            ("https://example.org:8443/x/", "targets/ab.a/b.wasm", "https://example.org:8443/x/targets/ab.a/b.wasm"),
            ("https://[::1]:8443", "metadata/1.a%2F..%2Fb.json", "https://[::1]:8443/metadata/1.a%2F..%2Fb.json"),
        ] {
            let base: RepositoryUrl = base.parse().unwrap();
            assert_eq!(base.join(file).unwrap().to_string(), joined);
        }
    }

    #[test]
    fn a_name_that_no_uri_may_hold_is_not_joined() {
        let base: RepositoryUrl = "https://example.org".parse().unwrap();
        assert!(base.join("metadata/<a>").is_none());
    }

    #[test]
    fn err_repository_url() {
        for (text, error) in [
            ("", InvalidRepositoryUrl::NoUrl),
            ("https://", InvalidRepositoryUrl::NoUrl),
            ("example.org", InvalidRepositoryUrl::Scheme),
            ("/srv/repository", InvalidRepositoryUrl::Scheme),
            ("http://example.org", InvalidRepositoryUrl::Scheme),
            ("file:///srv/repository", InvalidRepositoryUrl::NoUrl),
            ("https://name:word@example.org/", InvalidRepositoryUrl::UserInformation),
            ("https://example.org/?a", InvalidRepositoryUrl::QueryOrFragment),
            ("https://example.org/#a", InvalidRepositoryUrl::QueryOrFragment),
        ] {
            assert_eq!(text.parse::<RepositoryUrl>(), Err(error), "{text}");
        }
    }
}
