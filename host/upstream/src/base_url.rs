//! Where an upstream is.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// The address of an upstream: a host, a port and the path below which every request stays.
///
/// # Shape
///
/// `https://`, a host name or IP address, optionally a port and a path, such as `https://bastjanst.example.se:8443/ssbtek`. A `/` at the end
/// makes no difference. Only `https`: there is no switch that lets a question leave in the clear.
///
/// # Errors
///
/// Parsing gives [`InvalidBaseUrl`], which says what is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    authority: Authority,
    path: String,
}

impl BaseUrl {
    /// Joins a request's path and query to this address. `None` where they hold a character that no URI may hold.
    pub(crate) fn join(&self, path_and_query: &str) -> Option<Uri> {
        let joined: PathAndQuery = format!("{}{path_and_query}", self.path).parse().ok()?;
        Uri::builder().scheme(Scheme::HTTPS).authority(self.authority.clone()).path_and_query(joined).build().ok()
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A fragment would be dropped without a word.
        if text.contains(['#', '?']) {
            return Err(InvalidBaseUrl::QueryOrFragment);
        }
        let uri: Uri = text.parse().map_err(|_| InvalidBaseUrl::NoUrl)?;
        if uri.scheme() != Some(&Scheme::HTTPS) {
            return Err(InvalidBaseUrl::Scheme);
        }
        let authority =
            uri.authority().filter(|authority| !authority.host().is_empty()).ok_or(InvalidBaseUrl::NoUrl)?;
        if authority.as_str().contains('@') {
            return Err(InvalidBaseUrl::UserInformation);
        }
        Ok(Self { authority: authority.clone(), path: uri.path().trim_end_matches('/').to_owned() })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.authority, self.path)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no address of an upstream. It quotes nothing: a password may stand in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBaseUrl {
    /// Not an absolute URL with a host.
    #[error("address of an upstream is no absolute URL with a host, such as `https://bastjanst.example.se/ssbtek`")]
    NoUrl,
    /// `http`, or anything else that is not `https`.
    #[error("address of an upstream does not begin with `https://`")]
    Scheme,
    /// A name or a password before the host.
    #[error("address of an upstream holds a name or password before its host")]
    UserInformation,
    /// `?` or `#`.
    #[error("address of an upstream holds a query or a fragment")]
    QueryOrFragment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_stays_below_the_path_of_its_upstream() {
        for (base, path, joined) in [
            ("https://example.org", "/", "https://example.org/"),
            ("https://example.org/", "/a?b=c", "https://example.org/a?b=c"),
            ("https://example.org:8443/x/y", "/a/b", "https://example.org:8443/x/y/a/b"),
            ("https://[::1]:8443/x/", "/a", "https://[::1]:8443/x/a"),
        ] {
            let base: BaseUrl = base.parse().unwrap();
            assert_eq!(base.join(path).unwrap().to_string(), joined);
        }
    }

    #[test]
    fn a_path_that_no_uri_may_hold_is_not_joined() {
        let base: BaseUrl = "https://example.org".parse().unwrap();
        assert!(base.join("/<a>").is_none());
    }

    #[test]
    fn err_base_url() {
        for (text, error) in [
            ("", InvalidBaseUrl::NoUrl),
            ("https://", InvalidBaseUrl::NoUrl),
            ("example.org", InvalidBaseUrl::Scheme),
            ("/a", InvalidBaseUrl::Scheme),
            ("http://example.org", InvalidBaseUrl::Scheme),
            ("ftp://example.org/", InvalidBaseUrl::Scheme),
            ("https://name:word@example.org/", InvalidBaseUrl::UserInformation),
            ("https://example.org/?a", InvalidBaseUrl::QueryOrFragment),
            ("https://example.org/#a", InvalidBaseUrl::QueryOrFragment),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(error), "{text}");
        }
    }
}
