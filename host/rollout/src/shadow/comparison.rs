//! Two masks over one catalogue, dataset by dataset.

use std::collections::BTreeMap;

use ssbtx_core::{DatasetId, Mask, Scope};

/// How many elements of a dataset would open and close.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) opened: u64,
    pub(super) closed: u64,
}

/// Compares what is let through with what would be. Datasets in which nothing differs are left out, and so is whatever holds no value.
pub(super) fn compare(active: &Mask, proposed: &Mask) -> BTreeMap<DatasetId, Difference> {
    let mut differences: BTreeMap<DatasetId, Difference> = BTreeMap::new();
    for (id, element) in active.catalogue().iter() {
        let Scope::Dataset(dataset) = &element.scope else { continue };
        let (now, then) = (active.keeps(id), proposed.keeps(id));
        if now == then || !element.kind.holds_value() {
            continue;
        }
        let difference = differences.entry(dataset.clone()).or_default();
        if then {
            difference.opened += 1;
        } else {
            difference.closed += 1;
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ssbtx_core::{
        AgencyId, Bilingual, Catalogue, CatalogueSource, Dataset, Element, ElementId, Encoding, Kind, ValueType,
    };

    use super::*;

    fn text() -> Bilingual {
        Bilingual { sv: "x".to_owned(), en: "x".to_owned() }
    }

    fn element(parent: Option<u16>, name: &str, kind: Kind, scope: Scope) -> Element {
        Element {
            parent: parent.map(ElementId),
            name: name.to_owned(),
            namespace: String::new(),
            value_type: if kind.holds_value() { ValueType::Text } else { ValueType::None },
            kind,
            required: parent.is_none(),
            repeats: false,
            scope,
            label: text(),
            help: text(),
            marks_protection: false,
        }
    }

    fn dataset(id: &str) -> Scope {
        Scope::Dataset(id.parse().unwrap())
    }

    /// A technical root; an object of dataset `a` with two scalars; a scalar of dataset `b`.
    fn catalogue() -> Arc<Catalogue> {
        let listed =
            |id: &str| Dataset { id: id.parse().unwrap(), discloser: AgencyId::AF, label: text(), help: text() };
        let source = CatalogueSource {
            agency: AgencyId::AF,
            version: "1".to_owned(),
            encoding: Encoding::Json,
            elements: vec![
                element(None, "root", Kind::Object, Scope::Technical),
                element(Some(0), "object", Kind::Object, dataset("a")),
                element(Some(1), "first", Kind::Scalar, dataset("a")),
                element(Some(1), "second", Kind::Scalar, dataset("a")),
                element(Some(0), "third", Kind::Scalar, dataset("b")),
            ],
            datasets: vec![listed("a"), listed("b")],
        };
        Arc::new(Catalogue::parse(source).unwrap())
    }

    fn differences(active: &[u16], proposed: &[u16]) -> Vec<(String, u64, u64)> {
        let catalogue = catalogue();
        let mask = |open: &[u16]| Mask::closing(Arc::clone(&catalogue), |id| open.contains(&id.0));
        let differences = compare(&mask(active), &mask(proposed));
        differences.into_iter().map(|(dataset, one)| (dataset.to_string(), one.opened, one.closed)).collect()
    }

    #[test]
    fn equal_masks_differ_in_no_dataset() {
        assert_eq!(differences(&[1, 2, 4], &[1, 2, 4]), []);
    }

    #[test]
    fn what_opens_and_what_closes_is_counted_apart_in_each_dataset() {
        let expected = [("a".to_owned(), 1, 1), ("b".to_owned(), 1, 0)];
        assert_eq!(differences(&[1, 2], &[1, 3, 4]), expected);
    }

    #[test]
    fn a_container_that_closes_with_its_values_is_not_counted_itself() {
        assert_eq!(differences(&[1, 2, 3], &[]), [("a".to_owned(), 0, 2)]);
    }
}
