//! The `accept` header: in which media types a client wants its answer.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};

use crate::json_v1::Problem;

/// The media ranges that a client accepts.
///
/// A client that says nothing, or nothing that can be read, accepts everything.
///
/// # Source
///
/// RFC 9110, section 12.5.1.
#[derive(Debug)]
pub(crate) struct Accept(Vec<Range>);

/// One media range in lower case, such as `application/*`, and its weight.
#[derive(Debug)]
struct Range {
    name: String,
    weight: u16,
}

impl Accept {
    /// Reads the header, however often it is there.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        Self(values.flat_map(|value| value.split(',')).filter_map(Range::parse).collect())
    }

    /// Whether an answer of this media type, in lower case, is accepted at all.
    pub(crate) fn admits(&self, media_type: &str) -> bool {
        self.weight(media_type) > 0
    }

    /// How much an answer of this media type is wanted, in thousandths: what the most specific range says, 0 where none fits.
    pub(crate) fn weight(&self, media_type: &str) -> u16 {
        if self.0.is_empty() {
            return MOST;
        }
        let best = self.0.iter().filter_map(|range| range.fits(media_type).map(|fit| (fit, range.weight))).max();
        best.map_or(0, |(_, weight)| weight)
    }
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
        let name = parts.next().filter(|name| name.contains('/'))?;
        let weight = parts.find_map(|parameter| parameter.strip_prefix("q=").map(str::to_owned));
        let weight = weight.map_or(Some(MOST), |text| thousandths(&text))?;
        Some(Self { name, weight })
    }

    /// How closely it fits a media type, if it does.
    fn fits(&self, media_type: &str) -> Option<Fit> {
        let Some(kind) = self.name.strip_suffix("/*") else {
            return (self.name == media_type).then_some(Fit::Whole);
        };
        match kind {
            "*" => Some(Fit::Anything),
            kind => media_type.split('/').next().filter(|of| *of == kind).map(|_| Fit::Kind),
        }
    }
}

/// From the loosest to the closest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Anything,
    Kind,
    Whole,
}

/// A weight from 0 to 1 with at most three decimals, in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, decimals) {
        ("0", decimals) => Some(decimals),
        ("1", 0) => Some(MOST),
        _ => None,
    }
}

/// A request whose answer may be JSON; any other is refused before it is looked at.
pub(crate) struct AcceptsJson;

impl<S: Sync> FromRequestParts<S> for AcceptsJson {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if Accept::of(&parts.headers).admits(JSON) { Ok(Self) } else { Err(Problem::NotAcceptable) }
    }
}

/// The media type of every answer that is no problem.
pub(crate) const JSON: &str = "application/json";

const MOST: u16 = 1000;

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn accept(values: &[&'static str]) -> Accept {
        let values = values.iter().map(|value| (header::ACCEPT, HeaderValue::from_static(value)));
        Accept::of(&values.collect())
    }

    #[test]
    fn ok_accept() {
        for (values, weight) in [
            (&[][..], 1000),
            (&["application/json"], 1000),
            (&["Application/JSON; charset=utf-8; Q=0.5"], 500),
            (&["text/html, application/*;q=0.25"], 250),
            (&["*/*;q=0.1", "text/html"], 100),
            (&["*/*;q=0, application/json;q=0.001"], 1),
            (&["nonsense"], 1000),
            (&["text/html;q=nonsense"], 1000),
        ] {
            assert_eq!(accept(values).weight(JSON), weight, "{values:?}");
        }
    }

    #[test]
    fn err_accept() {
        for value in
            ["text/html", "application/json;q=0", "application/json;q=0, */*", "text/*, application/xml", "applic/*"]
        {
            assert!(!accept(&[value]).admits(JSON), "{value}");
        }
    }

    #[tokio::test]
    async fn a_request_that_accepts_no_json_is_refused_before_it_is_looked_at() {
        for (value, refusal) in [("text/html", Some(Problem::NotAcceptable)), ("text/html, */*;q=0.1", None)] {
            let (mut parts, ()) = http::Request::get("/").header(header::ACCEPT, value).body(()).unwrap().into_parts();
            assert_eq!(AcceptsJson::from_request_parts(&mut parts, &()).await.err(), refusal, "{value}");
        }
    }
}
