//! Names in kebab case: roles, datasets, legal bases and tightenings.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A text that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`")]
pub struct InvalidName;

fn parse(text: &str) -> Result<Arc<str>, InvalidName> {
    let shaped = (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if shaped { Ok(Arc::from(text)) } else { Err(InvalidName) }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// # Shape
        ///
        /// 1 to 64 characters `a`–`z`, `0`–`9` and `-`.
        ///
        /// # Errors
        ///
        /// Parsing gives [`InvalidName`] for anything else.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// What an asker acts as, such as `ekonomiskt-bistand` or `arbetsmarknad`.
    Role
}
name! {
    /// A dataset (informationsmängd) of one catalogue, such as `aktivitetsrapport`.
    DatasetId
}
name! {
    /// A legal basis of one policy, such as `ssbtek-v10-practice`.
    BasisId
}
name! {
    /// One entry of the tightening list, such as `2026-11-22-af`.
    TighteningId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_name() {
        for text in ["", "Arbetsmarknad", "a b", "a_b", "å", &"a".repeat(65)] {
            assert_eq!(text.parse::<Role>(), Err(InvalidName), "{text}");
        }
    }
}
