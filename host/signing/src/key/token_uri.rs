//! The name of a key on a token.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A key on a PKCS#11 token, by its name.
///
/// # Shape
///
/// `pkcs11:token=officers;object=anna?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/etc/ssbtx/pin`. Token and object are the
/// labels; both and the module's path must be given. Without `pin-source` somebody has to type the PIN. Bytes that have a meaning are written
/// `%XX`. `pin-value` is refused: others can read a command line.
///
/// # Errors
///
/// Parsing gives [`InvalidTokenUri`].
///
/// # Source
///
/// RFC 7512.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUri {
    module: PathBuf,
    token: String,
    object: String,
    pin_source: Option<PathBuf>,
}

/// A text that names no key on a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTokenUri {
    /// Another scheme.
    #[error("it does not begin with `pkcs11:`")]
    Scheme,
    /// An attribute is missing.
    #[error("attribute `{0}` is missing")]
    Missing(&'static str),
    /// An attribute that this program does not know, or that stands where it does not belong, or twice.
    #[error("attribute `{0}` is not expected here")]
    Unexpected(String),
    /// An attribute that is no text when it is decoded.
    #[error("attribute `{0}` is badly encoded")]
    Encoding(String),
    /// A source of the PIN that is no file.
    #[error("attribute `pin-source` does not begin with `file:`")]
    PinSource,
    /// The PIN itself.
    #[error("attribute `pin-value` may not be used, since others can read a command line; expected `pin-source`")]
    PinValue,
}

impl TokenUri {
    /// Names a key.
    pub fn new(module: PathBuf, token: String, object: String, pin_source: Option<PathBuf>) -> Self {
        Self { module, token, object, pin_source }
    }

    /// The library that speaks to the token.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// The token's label.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The key's label.
    pub fn object(&self) -> &str {
        &self.object
    }

    /// The file whose first line is the PIN.
    pub fn pin_source(&self) -> Option<&Path> {
        self.pin_source.as_deref()
    }
}

impl FromStr for TokenUri {
    type Err = InvalidTokenUri;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix(SCHEME).ok_or(InvalidTokenUri::Scheme)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (mut token, mut object) = (None, None);
        for (name, value) in attributes(path, ';')? {
            match name {
                "token" if token.is_none() => token = Some(value),
                "object" if object.is_none() => object = Some(value),
                // It says of the object what we look for anyway.
                "type" if value == "private" => {}
                other => return Err(InvalidTokenUri::Unexpected(other.to_owned())),
            }
        }
        let (mut module, mut pin_source) = (None, None);
        for (name, value) in attributes(query, '&')? {
            match name {
                "module-path" if module.is_none() => module = Some(PathBuf::from(value)),
                "pin-source" if pin_source.is_none() => pin_source = Some(file(&value)?),
                "pin-value" => return Err(InvalidTokenUri::PinValue),
                other => return Err(InvalidTokenUri::Unexpected(other.to_owned())),
            }
        }
        Ok(Self {
            module: module.ok_or(InvalidTokenUri::Missing("module-path"))?,
            token: token.ok_or(InvalidTokenUri::Missing("token"))?,
            object: object.ok_or(InvalidTokenUri::Missing("object"))?,
            pin_source,
        })
    }
}

impl fmt::Display for TokenUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let module = encoded(&self.module.to_string_lossy());
        write!(f, "{SCHEME}token={};object={}?module-path={module}", encoded(&self.token), encoded(&self.object))?;
        self.pin_source
            .as_ref()
            .map_or(Ok(()), |path| write!(f, "&pin-source=file:{}", encoded(&path.to_string_lossy())))
    }
}

fn attributes(text: &str, separator: char) -> Result<Vec<(&str, String)>, InvalidTokenUri> {
    let parts = text.split(separator).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').ok_or_else(|| InvalidTokenUri::Unexpected(part.to_owned()))?;
            Ok((name, decoded(value).ok_or_else(|| InvalidTokenUri::Encoding(name.to_owned()))?))
        })
        .collect()
}

fn file(value: &str) -> Result<PathBuf, InvalidTokenUri> {
    let path = value.strip_prefix("file:").ok_or(InvalidTokenUri::PinSource)?;
    // `file:///path` and `file:/path` are one file.
    Ok(PathBuf::from(path.strip_prefix("//").filter(|rest| rest.starts_with('/')).unwrap_or(path)))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, others) = others.split_at_checked(2)?;
        bytes.push(
            u8::from_str_radix(
                std::str::from_utf8(digits)
                    .ok()
                    .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?,
                16,
            )
            .ok()?,
        );
        rest = others;
    }
    String::from_utf8(bytes).ok()
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

const SCHEME: &str = "pkcs11:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_as_it_was_written() {
        for text in [
            "pkcs11:token=officers;object=anna?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/etc/pin",
            "pkcs11:token=Officerare%20%C3%A5r%201;object=anna%3B2?module-path=/lib/p11.so",
        ] {
            assert_eq!(text.parse::<TokenUri>().unwrap().to_string(), text);
        }
        let uri: TokenUri =
            "pkcs11:object=a%3Bb;token=t;type=private?pin-source=file%3A///etc/pin&module-path=/m".parse().unwrap();
        assert_eq!((uri.object(), uri.pin_source()), ("a;b", Some(Path::new("/etc/pin"))));
    }

    #[test]
    fn err_token_uri() {
        use InvalidTokenUri::{Encoding, Missing, PinSource, PinValue, Scheme, Unexpected};
        for (text, fault) in [
            ("anna.key", Scheme),
            ("pkcs11:token=t;object=o", Missing("module-path")),
            ("pkcs11:object=o?module-path=/m", Missing("token")),
            ("pkcs11:token=t?module-path=/m", Missing("object")),
            ("pkcs11:token=t;token=u;object=o?module-path=/m", Unexpected("token".to_owned())),
            ("pkcs11:token=t;object=o;serial=1?module-path=/m", Unexpected("serial".to_owned())),
            ("pkcs11:token=t;object?module-path=/m", Unexpected("object".to_owned())),
            ("pkcs11:token=%zz;object=o?module-path=/m", Encoding("token".to_owned())),
            ("pkcs11:token=%+1;object=o?module-path=/m", Encoding("token".to_owned())),
            ("pkcs11:token=%ff;object=o?module-path=/m", Encoding("token".to_owned())),
            ("pkcs11:token=%f", Encoding("token".to_owned())),
            ("pkcs11:token=t;object=o?module-path=/m&pin-source=/etc/pin", PinSource),
            ("pkcs11:token=t;object=o?module-path=/m&pin-value=1234", PinValue),
        ] {
            assert_eq!(text.parse::<TokenUri>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn err_token_uri_in_words() {
        let faults = [
            InvalidTokenUri::Scheme,
            InvalidTokenUri::Missing("token"),
            InvalidTokenUri::Unexpected("serial".to_owned()),
            InvalidTokenUri::Encoding("token".to_owned()),
            InvalidTokenUri::PinSource,
            InvalidTokenUri::PinValue,
        ];
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        it does not begin with `pkcs11:`
        attribute `token` is missing
        attribute `serial` is not expected here
        attribute `token` is badly encoded
        attribute `pin-source` does not begin with `file:`
        attribute `pin-value` may not be used, since others can read a command line; expected `pin-source`
        ");
    }
}
