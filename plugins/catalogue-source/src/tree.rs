//! Gives every element its place in the tree.

use std::collections::HashSet;

use crate::catalogue::{Element, Scope};
use crate::expand::{Expanded, expand};
use crate::fault::{ElementProblem, Fault};
use crate::file::{CatalogueFile, ElementEntry, Encoding, Kind, ValueType};
use crate::path;
use crate::place::Place;
use crate::rules::{MAX_ELEMENTS, check_name, check_texts};

/// Every element of the file in order, the root first.
pub(crate) fn build(file: &CatalogueFile) -> Result<Vec<Element>, Fault> {
    let mut elements = vec![root(file)?];
    let mut open: Vec<u16> = vec![0];
    let mut constants = HashSet::new();
    for expanded in expand(file)? {
        let Expanded { entry, place, by_type } = &expanded;
        let fail = |problem| Fault::Element { place: place.clone(), problem };
        let parent = close_until(&mut open, &elements, path::parent(&entry.path))
            .ok_or_else(|| fail(ElementProblem::OutOfOrder))?;
        check_entry(file, entry).map_err(fail)?;
        check_texts(place, &entry.label, &entry.help)?;
        let id = u16::try_from(elements.len()).map_err(|_| Fault::TooMany {
            what: "elements",
            found: elements.len(),
            most: MAX_ELEMENTS,
        })?;
        let scope = scope(entry, *by_type, elements.get(usize::from(parent))).map_err(fail)?;
        let constant = constant(file, entry, parent, &elements);
        // Two names for one constant would be one name for two elements.
        if !constants.insert(constant.clone()) {
            return Err(Fault::Twice(place.clone()));
        }
        adopt(&mut elements, parent, id, entry).map_err(fail)?;
        elements.push(element(file, entry, parent, constant, scope)?);
        open.push(id);
    }
    Ok(elements)
}

fn root(file: &CatalogueFile) -> Result<Element, Fault> {
    let root = &file.root;
    check_name("element name", &root.name)?;
    check_texts(&Place::Catalogue(root.name.clone()), &root.label, &root.help)?;
    Ok(Element {
        path: String::new(),
        constant: String::new(),
        parent: None,
        children: Vec::new(),
        name: root.name.clone(),
        namespace: root.namespace.as_ref().unwrap_or(&file.namespace).clone(),
        kind: Kind::Object,
        value_type: None,
        required: true,
        repeats: false,
        scope: Scope::Technical,
        marks_protection: false,
        label: root.label.clone(),
        help: root.help.clone(),
    })
}

/// Leaves the elements that end here. What is left on top is the parent; nothing is left if it was never open.
fn close_until(open: &mut Vec<u16>, elements: &[Element], parent: &str) -> Option<u16> {
    while let Some(&id) = open.last() {
        if elements.get(usize::from(id)).is_some_and(|element| element.path == parent) {
            return Some(id);
        }
        open.pop();
    }
    None
}

fn check_entry(file: &CatalogueFile, entry: &ElementEntry) -> Result<(), ElementProblem> {
    let (_, marked) = path::name(&entry.path);
    if marked != (entry.kind == Kind::Attribute) {
        return Err(ElementProblem::AttributeMark);
    }
    if matches!(entry.kind, Kind::Scalar | Kind::Attribute) != entry.value_type.is_some() {
        return Err(ElementProblem::Type);
    }
    if let Some(name) = &entry.dataset
        && !file.dataset.iter().any(|dataset| dataset.id == *name)
    {
        return Err(ElementProblem::UnknownDataset(name.clone()));
    }
    if entry.marks_protection && !matches!(entry.value_type, Some(ValueType::Boolean | ValueType::Text)) {
        return Err(ElementProblem::Mark);
    }
    if entry.kind == Kind::List && file.encoding == Encoding::Xml {
        return Err(ElementProblem::List);
    }
    if path::depth(&entry.path) >= 32 {
        return Err(ElementProblem::TooDeep);
    }
    Ok(())
}

/// What an element belongs to: what it says, or what is around it.
///
/// A dataset goes down to all that is in it. Technical is said of each element by itself, so that nobody makes something about the person
/// technical by forgetting a line; only what a type puts into a place follows that place.
fn scope(entry: &ElementEntry, by_type: bool, parent: Option<&Element>) -> Result<Scope, ElementProblem> {
    match (&entry.dataset, entry.technical) {
        (Some(_), true) => Err(ElementProblem::Scope),
        (Some(dataset), false) => Ok(Scope::Dataset(dataset.clone())),
        (None, true) => Ok(Scope::Technical),
        (None, false) => match parent.map(|parent| &parent.scope) {
            Some(Scope::Dataset(dataset)) => Ok(Scope::Dataset(dataset.clone())),
            Some(Scope::Technical) if by_type => Ok(Scope::Technical),
            Some(Scope::Technical) | None => Err(ElementProblem::Scope),
        },
    }
}

/// The name of an element's id. In JSON a list may come after an object of its name, and has a name of its own here.
fn constant(file: &CatalogueFile, entry: &ElementEntry, parent: u16, elements: &[Element]) -> String {
    let holder = elements.get(usize::from(parent));
    let own = path::constant(entry.path.rsplit_once('/').map_or(entry.path.as_str(), |(_, last)| last));
    let mut constant = match holder {
        Some(holder) if !holder.constant.is_empty() => format!("{}_{own}", holder.constant),
        _ => own,
    };
    let siblings = holder.map_or(&[][..], |holder| holder.children.as_slice());
    let is_namesake = |sibling: &Element| sibling.kind == Kind::Object && sibling.path == entry.path;
    let beside_object = siblings.iter().any(|&id| elements.get(usize::from(id)).is_some_and(is_namesake));
    if file.encoding == Encoding::Json && entry.kind == Kind::List && beside_object {
        constant.push_str("_LIST");
    }
    constant
}

/// Puts the element under its parent.
fn adopt(elements: &mut [Element], parent: u16, id: u16, entry: &ElementEntry) -> Result<(), ElementProblem> {
    let attributes_only =
        |holder: &Element| holder.children.iter().all(|&child| is_attribute(elements.get(usize::from(child))));
    let follows_elements = elements.get(usize::from(parent)).is_some_and(|holder| !attributes_only(holder));
    if entry.kind == Kind::Attribute && (follows_elements || entry.repeats) {
        return Err(ElementProblem::AttributePlace);
    }
    let holder = elements.get_mut(usize::from(parent)).ok_or(ElementProblem::OutOfOrder)?;
    match holder.kind {
        Kind::Scalar | Kind::Attribute => return Err(ElementProblem::ParentHoldsValue),
        Kind::List if path::name(&entry.path) != ("item", false) || !entry.repeats => {
            return Err(ElementProblem::List);
        }
        Kind::List | Kind::Object => holder.children.push(id),
    }
    Ok(())
}

fn is_attribute(element: Option<&Element>) -> bool {
    element.is_some_and(|element| element.kind == Kind::Attribute)
}

fn element(
    file: &CatalogueFile,
    entry: &ElementEntry,
    parent: u16,
    constant: String,
    scope: Scope,
) -> Result<Element, Fault> {
    let (name, _) = path::name(&entry.path);
    check_name("element name", name)?;
    let inherited = if entry.kind == Kind::Attribute { "" } else { &file.namespace };
    Ok(Element {
        path: entry.path.clone(),
        constant,
        parent: Some(parent),
        children: Vec::new(),
        name: name.to_owned(),
        namespace: entry.namespace.as_deref().unwrap_or(inherited).to_owned(),
        kind: entry.kind,
        value_type: entry.value_type,
        required: entry.required,
        repeats: entry.repeats,
        scope,
        marks_protection: entry.marks_protection,
        label: entry.label.clone(),
        help: entry.help.clone(),
    })
}
