//! Outlines of the adapters' catalogues, from where their agencies write them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ssbtx_catalogue_source as source;
use ssbtx_policy_engine::{Kind, Outline, OutlinedElement, Scope};

/// The outline of the catalogue of every adapter under `plugins/`, in the order of their agencies' ids.
///
/// # Errors
///
/// [`NoOutlines`] if one of them cannot be read, or is none.
pub fn outlines() -> Result<Vec<Outline>, NoOutlines> {
    outlines_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins"))
}

/// Why there are no outlines to try a policy against.
#[derive(Debug, thiserror::Error)]
pub enum NoOutlines {
    /// The folder cannot be read.
    #[error("cannot read `{}`", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// A catalogue cannot be read, or has a mistake.
    #[error(transparent)]
    NotLoaded(#[from] source::NotLoaded),
}

fn outlines_below(folder: &Path) -> Result<Vec<Outline>, NoOutlines> {
    let unreadable = |error| NoOutlines::Unreadable(folder.to_owned(), error);
    let mut outlines = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path().join("catalogue.toml");
        if file.is_file() {
            outlines.push(outline(source::Catalogue::load(&file)?));
        }
    }
    outlines.sort_by(|one, other| one.agency.cmp(&other.agency));
    Ok(outlines)
}

fn outline(read: source::Catalogue) -> Outline {
    Outline { agency: read.agency, elements: read.elements.into_iter().map(outlined).collect() }
}

fn outlined(read: source::Element) -> OutlinedElement {
    OutlinedElement {
        parent: read.parent,
        name: read.name,
        kind: match read.kind {
            source::Kind::Object => Kind::Object,
            source::Kind::List => Kind::List,
            source::Kind::Scalar => Kind::Scalar,
            source::Kind::Attribute => Kind::Attribute,
        },
        scope: match read.scope {
            source::Scope::Technical => Scope::Technical,
            source::Scope::Dataset(dataset) => Scope::Dataset(dataset),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::dataset;

    #[test]
    fn the_outlines_are_those_of_the_adapters() {
        let outlines = outlines().unwrap();
        for agency in ["AF", "MIV", "SO"] {
            assert_eq!(outlines.iter().filter(|outline| outline.agency == agency).count(), 1, "{agency}");
        }
        assert!(outlines.iter().all(|outline| outline.elements.iter().any(|element| dataset(element).is_some())));
    }

    #[test]
    fn a_folder_without_a_catalogue_is_passed_over_and_a_faulty_catalogue_is_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("kit")).unwrap();
        assert_eq!(outlines_below(folder.path()).unwrap(), []);
        fs::write(folder.path().join("kit/catalogue.toml"), "agency = \"AF\"").unwrap();
        assert!(matches!(outlines_below(folder.path()), Err(NoOutlines::NotLoaded(_))));
        assert!(matches!(outlines_below(&folder.path().join("gone")), Err(NoOutlines::Unreadable(..))));
    }
}
