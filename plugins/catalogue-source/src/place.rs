//! Where in the files something is written.

use std::fmt::{self, Display, Formatter};

/// The place of an element or text, as an error names it.
///
/// # Shape
///
/// In back-ticks: the element's path or the dataset's name, followed by the type that it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the catalogue itself: an element's path, or the name of a dataset, of the root or of a type.
    Catalogue(String),
    /// In a type.
    Type {
        /// The type's name.
        name: String,
        /// The element's path below an object of the type.
        path: String,
    },
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Catalogue(path) => write!(f, "`{path}`"),
            Self::Type { name, path } => write!(f, "`{path}` of type `{name}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_type_names_the_type() {
        assert_eq!(Place::Catalogue("group/date".to_owned()).to_string(), "`group/date`");
        let place = Place::Type { name: "Address".to_owned(), path: "town".to_owned() };
        assert_eq!(place.to_string(), "`town` of type `Address`");
    }
}
