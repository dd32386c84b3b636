//! The `content-type` header, as far as the fronts read it.

use http::{HeaderMap, header};

/// A media type and its charset, in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MediaType {
    name: String,
    charset: Option<String>,
}

impl MediaType {
    /// Reads the header; nothing where it is absent, or there more than once.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::CONTENT_TYPE).iter();
        let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
        let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
        let name = parts.next()?;
        let charset =
            parts.find_map(|parameter| Some(parameter.strip_prefix("charset=")?.trim_matches('"').to_owned()));
        Some(Self { name, charset })
    }

    /// Whether it has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Whether it says UTF-8, or nothing: both fronts then mean UTF-8.
    pub(crate) fn is_utf8(&self) -> bool {
        self.charset.as_deref().is_none_or(|charset| matches!(charset, "utf-8" | "utf8"))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(value: &'static str) -> Option<MediaType> {
        MediaType::of(&HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(value))]))
    }

    #[test]
    fn ok_media_type() {
        for value in
            ["text/xml", "Text/XML; charset=UTF-8", "text/xml;charset=\"utf-8\"", "text/xml; action=\"\"; charset=utf8"]
        {
            let media_type = read(value).unwrap();
            assert!(media_type.is("text/xml") && media_type.is_utf8(), "{value}");
        }
    }

    #[test]
    fn err_media_type() {
        assert_eq!(MediaType::of(&HeaderMap::new()), None);
        assert!(!read("text/xml; charset=iso-8859-1").unwrap().is_utf8());
        assert!(!read("text/xmlish").unwrap().is("text/xml"));
    }
}
