//! Elements, gathered under what holds all of them.

use std::collections::{BTreeMap, BTreeSet};

use ssbtx_core::{Bilingual, Catalogue, Dataset, Element, ElementId, Kind, Scope};

/// One or more elements that are said in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// How much it is.
    pub extent: Extent,
    /// Where: the path of the element or of what holds all of them; empty for a whole dataset.
    pub path: String,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// The path of each of them.
    pub paths: Vec<String>,
    /// What a caseworker calls each of them, in the order of the paths.
    pub labels: Vec<Bilingual>,
}

/// How much a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One element.
    Element,
    /// Everything that lies under one container.
    Container,
    /// A whole dataset.
    Dataset,
}

/// Whether an element holds a value of somebody: that is what a reader looks for.
pub(crate) fn holds_data(element: &Element) -> bool {
    element.kind.holds_value() && matches!(element.scope, Scope::Dataset(_))
}

/// Gathers elements of one dataset: all of it, everything under a container, or one by one. Nothing is added and none is left out.
pub(crate) fn gather(catalogue: &Catalogue, dataset: &Dataset, chosen: &BTreeSet<ElementId>) -> Vec<Gathered> {
    let mut all = catalogue.iter().filter(|(_, element)| holds_data(element) && is_of(element, dataset));
    if chosen.len() > 1 && all.all(|(id, _)| chosen.contains(&id)) {
        let paths = chosen.iter().map(|id| catalogue.path(*id)).collect();
        let labels =
            chosen.iter().filter_map(|id| catalogue.element(*id)).map(|element| element.label.clone()).collect();
        let (path, label) = (String::new(), dataset.label.clone());
        return vec![Gathered { extent: Extent::Dataset, path, label, paths, labels }];
    }
    let counts = Counts::of(catalogue, chosen);
    let mut gathered: Vec<Gathered> = Vec::new();
    // What lies under a container that is said as a whole, and the place of its line.
    let mut covered: BTreeMap<ElementId, usize> = BTreeMap::new();
    for (id, element) in catalogue.iter() {
        if let Some(place) = element.parent.and_then(|parent| covered.get(&parent).copied()) {
            covered.insert(id, place);
            if let (true, Some(line)) = (chosen.contains(&id), gathered.get_mut(place)) {
                line.paths.push(catalogue.path(id));
                line.labels.push(element.label.clone());
            }
        } else if counts.is_whole(id, element) {
            covered.insert(id, gathered.len());
            gathered.push(line(catalogue, id, element, Extent::Container));
        } else if chosen.contains(&id) {
            gathered.push(line(catalogue, id, element, Extent::Element));
        }
    }
    gathered
}

/// One line for each element.
pub(crate) fn one_by_one(catalogue: &Catalogue, chosen: &BTreeSet<ElementId>) -> Vec<Gathered> {
    let chosen = catalogue.iter().filter(|(id, _)| chosen.contains(id));
    chosen.map(|(id, element)| line(catalogue, id, element, Extent::Element)).collect()
}

fn line(catalogue: &Catalogue, id: ElementId, element: &Element, extent: Extent) -> Gathered {
    let (path, label) = (catalogue.path(id), element.label.clone());
    let (paths, labels) = match extent {
        Extent::Element => (vec![path.clone()], vec![label.clone()]),
        Extent::Container | Extent::Dataset => (Vec::new(), Vec::new()),
    };
    Gathered { extent, path, label, paths, labels }
}

fn is_of(element: &Element, dataset: &Dataset) -> bool {
    matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id)
}

/// How many elements with data lie under each, and how many of them are chosen.
struct Counts(Vec<(usize, usize)>);

impl Counts {
    fn of(catalogue: &Catalogue, chosen: &BTreeSet<ElementId>) -> Self {
        let mut counts = vec![(0, 0); catalogue.elements().len()];
        for (id, element) in catalogue.iter().rev() {
            let (mut all, mut found) = counts.get(id.index()).copied().unwrap_or_default();
            all += usize::from(holds_data(element));
            found += usize::from(chosen.contains(&id));
            if let Some(parent) = element.parent.and_then(|parent| counts.get_mut(parent.index())) {
                *parent = (parent.0 + all, parent.1 + found);
            }
        }
        Self(counts)
    }

    fn is_whole(&self, id: ElementId, element: &Element) -> bool {
        let (all, found) = self.0.get(id.index()).copied().unwrap_or_default();
        matches!(element.kind, Kind::Object | Kind::List) && found > 1 && found == all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ssbtx_core::{AgencyId, CatalogueSource, Encoding, ValueType};

    use super::*;

    fn bilingual(text: &str) -> Bilingual {
        Bilingual { sv: text.to_owned(), en: text.to_owned() }
    }

    fn dataset() -> Dataset {
        let (label, help) = (bilingual("a"), bilingual("a"));
        Dataset { id: "a".parse().unwrap(), discloser: AgencyId::AF, label, help }
    }

    /// Two containers, one within the other, whose elements are listed across each other, and one that is technical.
    fn catalogue() -> Catalogue {
        let element = |parent: Option<u16>, name: &str, kind: Kind| Element {
            parent: parent.map(ElementId),
            name: name.to_owned(),
            namespace: String::new(),
            kind,
            value_type: if kind.holds_value() { ValueType::Text } else { ValueType::None },
            required: parent.is_none(),
            repeats: false,
            scope: match name {
                "root" | "technical" => Scope::Technical,
                _ => Scope::Dataset("a".parse().unwrap()),
            },
            label: bilingual(name),
            help: bilingual(if kind.holds_value() { name } else { "" }),
            marks_protection: false,
        };
        let elements = vec![
            element(None, "root", Kind::Object),
            element(Some(0), "outer", Kind::Object),
            element(Some(0), "beside", Kind::Scalar),
            element(Some(1), "first", Kind::Scalar),
            element(Some(1), "inner", Kind::Object),
            element(Some(4), "x", Kind::Scalar),
            element(Some(1), "technical", Kind::Scalar),
            element(Some(4), "y", Kind::Scalar),
            element(Some(1), "last", Kind::Scalar),
        ];
        let (version, encoding, datasets) = ("1.0.0".to_owned(), Encoding::Xml, vec![dataset()]);
        Catalogue::parse(CatalogueSource { agency: AgencyId::AF, version, encoding, elements, datasets }).unwrap()
    }

    fn said(chosen: &[u16]) -> Vec<(Extent, String)> {
        let chosen = chosen.iter().copied().map(ElementId).collect();
        gather(&catalogue(), &dataset(), &chosen).into_iter().map(|line| (line.extent, line.path)).collect()
    }

    #[test]
    fn elements_are_said_by_the_largest_thing_that_holds_them_and_no_other() {
        let line = |extent, path: &str| (extent, path.to_owned());
        assert_eq!(said(&[2, 3, 5, 7, 8]), [line(Extent::Dataset, "")]);
        assert_eq!(said(&[3, 5, 7, 8]), [line(Extent::Container, "outer")]);
        assert_eq!(said(&[2, 5, 7]), [line(Extent::Element, "beside"), line(Extent::Container, "outer/inner")]);
        assert_eq!(said(&[5]), [line(Extent::Element, "outer/inner/x")]);
    }

    proptest! {
        #[test]
        fn gathering_loses_no_element_and_says_none_twice(chosen in prop::sample::subsequence(vec![2, 3, 5, 7, 8], 0..=5)) {
            let catalogue = catalogue();
            let chosen: BTreeSet<ElementId> = chosen.into_iter().map(ElementId).collect();
            let gathered = gather(&catalogue, &dataset(), &chosen);
            let mut paths: Vec<String> = gathered.into_iter().flat_map(|line| line.paths).collect();
            let mut expected: Vec<String> = chosen.iter().map(|id| catalogue.path(*id)).collect();
            paths.sort();
            expected.sort();
            prop_assert_eq!(paths, expected);
        }
    }
}
