//! Catalogues from lists of paths.

use ssbtx_policy_engine::{AgencyCatalogue, Bilingual, Dataset, Element, Encoding, Kind, Scope, ValueType};

/// The skeletons of AF, SO and MIV, as SSBTEK version 10 publishes their answers.
///
/// # Errors
///
/// [`InvalidSkeleton`] if one of them cannot be read.
pub fn skeletons() -> Result<Vec<AgencyCatalogue>, InvalidSkeleton> {
    SKELETONS.iter().map(|(agency, lines)| skeleton(agency, lines)).collect()
}

/// A catalogue from lines of a path and a dataset, in the order of the agency's schema.
///
/// # Shape
///
/// One element a line: its path below the root, white space, and its dataset or `technical`. What holds an element comes before it. An empty
/// line and one that starts with `#` say nothing. What holds something is an object, everything else a scalar or, with `@`, an attribute.
///
/// # Errors
///
/// [`InvalidSkeleton`] with the first line that is not so.
///
/// # Examples
///
/// ```
/// let catalogue = ssbtx_policy_rehearsal::skeleton("AF", "Svar technical\nSvar/Fornamn identitet\n")?;
/// assert_eq!(catalogue.elements.len(), 3);
/// # Ok::<(), ssbtx_policy_rehearsal::InvalidSkeleton>(())
/// ```
pub fn skeleton(agency: &str, lines: &str) -> Result<AgencyCatalogue, InvalidSkeleton> {
    let mut catalogue = AgencyCatalogue {
        agency: agency.to_owned(),
        version: "1.0.0".to_owned(),
        encoding: Encoding::Xml,
        elements: vec![element(None, "Root", Scope::Technical)],
        datasets: Vec::new(),
    };
    let mut paths = vec![""];
    for line in lines.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let invalid = || InvalidSkeleton { line: line.to_owned() };
        let (path, dataset) = line.split_once(char::is_whitespace).ok_or_else(invalid)?;
        let (holder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = paths.iter().position(|earlier| *earlier == holder).ok_or_else(invalid)?;
        catalogue.elements.get_mut(parent).ok_or_else(invalid)?.kind = Kind::Object;
        let scope = scope(dataset.trim(), &mut catalogue);
        catalogue.elements.push(element(Some(u16::try_from(parent).map_err(|_| invalid())?), name, scope));
        paths.push(path);
    }
    Ok(catalogue)
}

/// A line that is no path and dataset, or whose holder does not come before it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line of a skeleton is `{line}`, expected a path below one that came before, and a dataset or `technical`")]
pub struct InvalidSkeleton {
    line: String,
}

fn scope(dataset: &str, catalogue: &mut AgencyCatalogue) -> Scope {
    if dataset == "technical" {
        return Scope::Technical;
    }
    if !catalogue.datasets.iter().any(|known| known.id == dataset) {
        catalogue.datasets.push(Dataset {
            id: dataset.to_owned(),
            discloser: catalogue.agency.clone(),
            label: nothing(),
            help: nothing(),
        });
    }
    Scope::Dataset(dataset.to_owned())
}

fn element(parent: Option<u16>, name: &str, scope: Scope) -> Element {
    let (kind, name) = name.strip_prefix('@').map_or((Kind::Scalar, name), |name| (Kind::Attribute, name));
    Element {
        parent,
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type: ValueType::Text,
        required: false,
        repeats: false,
        scope,
        label: nothing(),
        help: nothing(),
        marks_protection: false,
    }
}

fn nothing() -> Bilingual {
    Bilingual { sv: String::new(), en: String::new() }
}

const SKELETONS: [(&str, &str); 3] = [
    ("AF", include_str!("../skeletons/af.txt")),
    ("SO", include_str!("../skeletons/so.txt")),
    ("MIV", include_str!("../skeletons/miv.txt")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_skeleton_can_be_read() {
        let sizes: Vec<usize> = skeletons().unwrap().iter().map(|catalogue| catalogue.elements.len()).collect();
        assert_eq!(sizes, [41, 29, 24]);
    }

    #[test]
    fn err_skeleton() {
        for line in ["Svar", "Svar/Fornamn identitet"] {
            assert_eq!(skeleton("AF", line), Err(InvalidSkeleton { line: line.to_owned() }));
        }
    }
}
