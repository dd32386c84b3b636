//! Documents made from declarations.
//!
//! A document is made in two steps: what is in it, and how that is spelled. Each choice comes from [`Dice`](dice::Dice) that belong to its place in
//! the document, so a document that is allowed fewer elements is the same one with less in it: that is what a failing test shrinks along.

mod dice;
mod growth;
mod json;
mod lexical;
mod pattern;
mod text;
mod xml;

use std::sync::Arc;

use proptest::prelude::any;
use proptest::strategy::{BoxedStrategy, Strategy};

use crate::declaration::declarations;
use crate::document_type::Format;
use crate::model::Node;
use crate::overrides::Overrides;

use dice::Dice;
use growth::{Extent, Growth};

/// Documents below a root, in all their variety.
///
/// One declaration is chosen for each document, and is in it for certain: else what lies deep in a wide schema would hardly ever be seen.
pub(crate) fn strategy(root: Arc<Node>, format: Format, overrides: Overrides) -> BoxedStrategy<String> {
    let declared: Vec<String> = declarations(&root).into_iter().skip(1).map(|declared| declared.path).collect();
    (any::<u64>().no_shrink(), 0..=MOST_ELEMENTS, 0..=100_u8)
        .prop_map(move |(seed, elements, oddness)| {
            let sought = if elements == 0 { "" } else { Dice::new(!seed).pick(&declared) };
            let growth = Growth { format, overrides: &overrides, extent: Extent::AtMost(elements), sought, oddness };
            written(&root, &growth, seed)
        })
        .boxed()
}

/// A plain document with everything in it once.
pub(crate) fn complete(root: &Node, format: Format, overrides: &Overrides, seed: u64) -> String {
    written(root, &Growth { format, overrides, extent: Extent::Complete, sought: "", oddness: 0 }, seed)
}

fn written(root: &Node, growth: &Growth<'_>, seed: u64) -> String {
    let document = growth.document(root, Dice::new(seed));
    match growth.format {
        Format::Xml => xml::written(&document, growth.oddness),
        Format::Json => json::written(&document, growth.oddness),
    }
}

/// The number of elements that are not required. With what is required, a document of any of the published types then has a few dozen kilobytes at
/// most.
const MOST_ELEMENTS: usize = 400;
