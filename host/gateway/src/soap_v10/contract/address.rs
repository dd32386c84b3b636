//! The address of this front, as the client that asks for the contract must write it.
//!
//! The host may stand behind names that it does not know. The client knows the one that it used, and gets that one back: nothing is stored on
//! the way (`cache-control: no-store`), so no client is ever given another's.

use http::uri::Authority;
use http::{HeaderMap, Uri, header};

/// A request that does not say which host it was sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvalidHost {
    /// No `Host`, or more than one.
    #[error("request names {0} hosts, expected one")]
    Count(usize),
    /// A `Host` that is none.
    #[error("request names a host that is none, expected a name or an address, and a port where it is not 443")]
    Shape,
}

/// The address of a request.
///
/// # Errors
///
/// [`InvalidHost`] where the request does not say which host it was sent to.
///
/// # Source
///
/// RFC 9112, section 3.2, and RFC 9113, section 8.3.1: an authority in the request's target stands before the header.
pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Result<String, InvalidHost> {
    let authority = match uri.authority() {
        Some(authority) => authority.clone(),
        None => in_header(headers)?,
    };
    if is_plain(&authority) { Ok(format!("https://{authority}{PATH}")) } else { Err(InvalidHost::Shape) }
}

fn in_header(headers: &HeaderMap) -> Result<Authority, InvalidHost> {
    let mut named = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        return Err(InvalidHost::Count(headers.get_all(header::HOST).iter().count()));
    };
    host.to_str().ok().and_then(|text| text.parse().ok()).ok_or(InvalidHost::Shape)
}

/// A host without user and without any character that a name, an address or a port does not have.
fn is_plain(authority: &Authority) -> bool {
    let text = authority.as_str();
    let port = text.strip_prefix(authority.host()).unwrap_or_default();
    !authority.host().is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
        && (port.is_empty() || authority.port_u16().is_some())
}

const PATH: &str = "/ssbtek/v10";

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn with(hosts: &[&'static str]) -> Result<String, InvalidHost> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, HeaderValue::from_static(host));
        }
        of(&Uri::from_static("/ssbtek/v10?wsdl"), &headers)
    }

    #[test]
    fn ok_host() {
        for host in ["localhost:8443", "ssbtx.exempel.se", "127.0.0.1", "[::1]:8443"] {
            assert_eq!(with(&[host]), Ok(format!("https://{host}/ssbtek/v10")));
        }
    }

    #[test]
    fn err_host() {
        assert_eq!(with(&[]).unwrap_err().to_string(), "request names 0 hosts, expected one");
        assert_eq!(with(&["a", "b"]), Err(InvalidHost::Count(2)));
        for host in ["", "a@b", "a/b", "a:b", "a:99999", "a\"b", "a&b", "a b", ":1"] {
            assert_eq!(with(&[host]), Err(InvalidHost::Shape), "{host}");
        }
    }

    #[test]
    fn an_authority_in_the_target_stands_before_the_header() {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, HeaderValue::from_static("other"));
        let address = of(&Uri::from_static("https://ssbtx.exempel.se/ssbtek/v10?wsdl"), &headers);
        assert_eq!(address.as_deref(), Ok("https://ssbtx.exempel.se/ssbtek/v10"));
    }
}
