//! Writes every use of a type out, so that what is left is elements alone.

use std::collections::{HashMap, HashSet};

use crate::fault::{ElementProblem, Fault, TypeProblem};
use crate::file::{CatalogueFile, ElementEntry, Kind, TypeEntry};
use crate::place::Place;
use crate::rules::{MAX_ELEMENTS, at_most, check_name, check_texts};

/// An element in its own place below the root.
#[derive(Debug)]
pub(crate) struct Expanded {
    /// The element, with its whole path and without `of`.
    pub(crate) entry: ElementEntry,
    /// Where it is written.
    pub(crate) place: Place,
    /// Whether the use of a type put it here. Then it belongs to what the place of that use belongs to, even to what is technical.
    pub(crate) by_type: bool,
}

/// Every element of the file in order, those of types in each place that uses them.
pub(crate) fn expand(file: &CatalogueFile) -> Result<Vec<Expanded>, Fault> {
    let mut expansion = Expansion { types: by_name(&file.types)?, used: HashSet::new(), elements: Vec::new() };
    for entry in &file.element {
        let place = Place::Catalogue(entry.path.clone());
        expansion.add(entry, &Origin { prefix: "", place, by_type: false, open: &[] })?;
    }
    let unused = file.types.iter().find(|entry| !expansion.used.contains(entry.name.as_str()));
    unused.map_or(Ok(expansion.elements), |entry| Err(fault(entry, TypeProblem::Unused)))
}

/// Where an element comes from.
struct Origin<'a, 't> {
    /// What precedes its path, with a `/` at its end unless it is empty.
    prefix: &'a str,
    place: Place,
    by_type: bool,
    /// The types that are being written out around it.
    open: &'a [&'t str],
}

struct Expansion<'t> {
    types: HashMap<&'t str, &'t TypeEntry>,
    used: HashSet<&'t str>,
    elements: Vec<Expanded>,
}

impl<'t> Expansion<'t> {
    /// Adds an element, and what its kind and type say is in it.
    fn add(&mut self, entry: &'t ElementEntry, origin: &Origin<'_, 't>) -> Result<(), Fault> {
        let path = format!("{}{}", origin.prefix, entry.path);
        let mut outer = ElementEntry { path: path.clone(), of: None, ..entry.clone() };
        let named = entry.of.as_deref();
        match entry.kind {
            Kind::List if named.is_some() && entry.value_type.is_some() => return Err(origin.fault(ElementProblem::Of)),
            Kind::Scalar | Kind::Attribute if named.is_some() => return Err(origin.fault(ElementProblem::Of)),
            Kind::Object | Kind::Scalar | Kind::Attribute => self.push(outer, origin)?,
            Kind::List => {
                let value_type = outer.value_type.take();
                self.push(outer, origin)?;
                if let Some(item) = self.item(entry, &path, origin)? {
                    let by_type = Origin { by_type: true, place: origin.place.clone(), ..*origin };
                    self.push(ElementEntry { value_type, ..item }, &by_type)?;
                }
            }
        }
        let holder = if entry.kind == Kind::List { format!("{path}/item/") } else { format!("{path}/") };
        named.map_or(Ok(()), |name| self.fill(name, &holder, origin))
    }

    /// What a list repeats, unless the file writes it out itself.
    fn item(&self, list: &ElementEntry, path: &str, origin: &Origin<'_, 't>) -> Result<Option<ElementEntry>, Fault> {
        let (kind, label, help) = match (&list.of, list.value_type) {
            (Some(name), _) => {
                let found = self.find(name, origin)?;
                (Kind::Object, &found.label, &found.help)
            }
            (None, Some(_)) => (Kind::Scalar, &list.label, &list.help),
            (None, None) => return Ok(None),
        };
        Ok(Some(ElementEntry {
            path: format!("{path}/item"),
            namespace: list.namespace.clone(),
            kind,
            value_type: None,
            of: None,
            required: false,
            repeats: true,
            dataset: None,
            technical: false,
            marks_protection: false,
            label: label.clone(),
            help: help.clone(),
        }))
    }

    /// Adds the elements of a type below an object.
    fn fill(&mut self, name: &str, prefix: &str, origin: &Origin<'_, 't>) -> Result<(), Fault> {
        let found = self.find(name, origin)?;
        if origin.open.contains(&found.name.as_str()) {
            return Err(origin.fault(ElementProblem::HoldsItself(found.name.clone())));
        }
        let open: Vec<&str> = origin.open.iter().copied().chain([found.name.as_str()]).collect();
        for entry in self.lineage(found)? {
            self.used.insert(&entry.name);
            for element in &entry.element {
                let place = Place::Type { name: entry.name.clone(), path: element.path.clone() };
                self.add(element, &Origin { prefix, place, by_type: true, open: &open })?;
            }
        }
        Ok(())
    }

    /// The types whose elements an object of this type has: what it extends first, itself last.
    fn lineage(&self, entry: &'t TypeEntry) -> Result<Vec<&'t TypeEntry>, Fault> {
        let mut lineage = vec![entry];
        let mut youngest = entry;
        while let Some(name) = &youngest.extends {
            let unknown = || fault(youngest, TypeProblem::UnknownBase(name.clone()));
            let base = self.types.get(name.as_str()).copied().ok_or_else(unknown)?;
            if lineage.iter().any(|known| known.name == base.name) {
                return Err(fault(entry, TypeProblem::ExtendsItself));
            }
            lineage.push(base);
            youngest = base;
        }
        lineage.reverse();
        Ok(lineage)
    }

    fn find(&self, name: &str, origin: &Origin<'_, 't>) -> Result<&'t TypeEntry, Fault> {
        let unknown = || origin.fault(ElementProblem::UnknownType(name.to_owned()));
        self.types.get(name).copied().ok_or_else(unknown)
    }

    fn push(&mut self, entry: ElementEntry, origin: &Origin<'_, 't>) -> Result<(), Fault> {
        self.elements.push(Expanded { entry, place: origin.place.clone(), by_type: origin.by_type });
        // Checked at each step: types in types multiply. The root is one more.
        at_most("elements", self.elements.len() + 1, MAX_ELEMENTS)
    }
}

impl Origin<'_, '_> {
    fn fault(&self, problem: ElementProblem) -> Fault {
        Fault::Element { place: self.place.clone(), problem }
    }
}

fn by_name(types: &[TypeEntry]) -> Result<HashMap<&str, &TypeEntry>, Fault> {
    let mut known = HashMap::new();
    for entry in types {
        check_name("type", &entry.name)?;
        let place = Place::Catalogue(entry.name.clone());
        check_texts(&place, &entry.label, &entry.help)?;
        if known.insert(entry.name.as_str(), entry).is_some() {
            return Err(Fault::Twice(place));
        }
    }
    Ok(known)
}

fn fault(entry: &TypeEntry, problem: TypeProblem) -> Fault {
    Fault::Type { name: entry.name.clone(), problem }
}
