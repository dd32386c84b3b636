//! The adapters' catalogues, from where their agencies write them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ssbtx_catalogue_source as source;
use ssbtx_policy_engine::{AgencyCatalogue, Bilingual, Dataset, Element, Encoding, Kind, Scope, ValueType};

/// The catalogue of every adapter under `plugins/`, in the order of their agencies' ids.
///
/// # Errors
///
/// [`NoCatalogues`] if one of them cannot be read, or is none.
pub fn catalogues() -> Result<Vec<AgencyCatalogue>, NoCatalogues> {
    catalogues_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins"))
}

/// Why there are no catalogues to try a policy against.
#[derive(Debug, thiserror::Error)]
pub enum NoCatalogues {
    /// The folder cannot be read.
    #[error("cannot read `{}`", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// A catalogue cannot be read, or has a mistake.
    #[error(transparent)]
    NotLoaded(#[from] source::NotLoaded),
}

fn catalogues_below(folder: &Path) -> Result<Vec<AgencyCatalogue>, NoCatalogues> {
    let unreadable = |error| NoCatalogues::Unreadable(folder.to_owned(), error);
    let mut catalogues = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path().join("catalogue.toml");
        if file.is_file() {
            catalogues.push(catalogue(source::Catalogue::load(&file)?));
        }
    }
    catalogues.sort_by(|one, other| one.agency.cmp(&other.agency));
    Ok(catalogues)
}

fn catalogue(read: source::Catalogue) -> AgencyCatalogue {
    AgencyCatalogue {
        agency: read.agency,
        version: read.version,
        encoding: match read.encoding {
            source::Encoding::Xml => Encoding::Xml,
            source::Encoding::Json => Encoding::Json,
        },
        elements: read.elements.into_iter().map(element).collect(),
        datasets: read.datasets.into_iter().map(dataset).collect(),
    }
}

fn element(read: source::Element) -> Element {
    Element {
        parent: read.parent,
        name: read.name,
        namespace: read.namespace,
        kind: match read.kind {
            source::Kind::Object => Kind::Object,
            source::Kind::List => Kind::List,
            source::Kind::Scalar => Kind::Scalar,
            source::Kind::Attribute => Kind::Attribute,
        },
        value_type: match read.value_type {
            None => ValueType::None,
            Some(source::ValueType::Text) => ValueType::Text,
            Some(source::ValueType::Integer) => ValueType::Integer,
            Some(source::ValueType::Decimal) => ValueType::Decimal,
            Some(source::ValueType::Boolean) => ValueType::Boolean,
            Some(source::ValueType::Date) => ValueType::Date,
            Some(source::ValueType::DateTime) => ValueType::DateTime,
        },
        required: read.required,
        repeats: read.repeats,
        scope: match read.scope {
            source::Scope::Technical => Scope::Technical,
            source::Scope::Dataset(dataset) => Scope::Dataset(dataset),
        },
        label: bilingual(read.label),
        help: bilingual(read.help),
        marks_protection: read.marks_protection,
    }
}

fn dataset(read: source::Dataset) -> Dataset {
    Dataset { id: read.id, discloser: read.discloser, label: bilingual(read.label), help: bilingual(read.help) }
}

fn bilingual(read: source::Bilingual) -> Bilingual {
    Bilingual { sv: read.sv, en: read.en }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_are_those_of_the_adapters() {
        let catalogues = catalogues().unwrap();
        for agency in ["AF", "MIV", "SO"] {
            assert_eq!(catalogues.iter().filter(|catalogue| catalogue.agency == agency).count(), 1, "{agency}");
        }
        assert!(catalogues.iter().all(|catalogue| !catalogue.elements.is_empty() && !catalogue.datasets.is_empty()));
    }

    #[test]
    fn a_folder_without_a_catalogue_is_passed_over_and_a_faulty_catalogue_is_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("kit")).unwrap();
        assert_eq!(catalogues_below(folder.path()).unwrap(), []);
        fs::write(folder.path().join("kit/catalogue.toml"), "agency = \"AF\"").unwrap();
        assert!(matches!(catalogues_below(folder.path()), Err(NoCatalogues::NotLoaded(_))));
        assert!(matches!(catalogues_below(&folder.path().join("gone")), Err(NoCatalogues::Unreadable(..))));
    }
}
