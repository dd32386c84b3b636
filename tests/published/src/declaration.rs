//! What a schema declares, one line an element, so that a difference shows where it is.

use std::fmt;

use crate::model::{Kind, Node, Particle, ValueType};

/// One declared element, attribute, member or item, as it is compared with a catalogue's.
///
/// # Shape
///
/// As text, the path, what it is, how often it may stand under its parent, and its namespace: `group/@sure boolean 1`,
/// `group/count integer 0..n in urn:t`. The root's path is its name after a `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Names from below the root, joined by `/`, an attribute's with `@`; for the root its name after a `/`.
    pub path: String,
    /// The XML namespace, empty for an unqualified name and in JSON.
    pub namespace: String,
    /// How it is built. Whether it is an attribute, its path says.
    pub kind: Kind,
    /// What its value means; objects and lists have none.
    pub value_type: Option<ValueType>,
    /// Whether one must be where its parent is.
    pub required: bool,
    /// Whether there may be more than one under its parent.
    pub repeats: bool,
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is = match (self.kind, self.value_type) {
            (Kind::List, _) => "list",
            (Kind::Object, _) => "object",
            (Kind::Scalar | Kind::Attribute, value_type) => value_type.map_or("nothing", ValueType::name),
        };
        let occurs = match (self.required, self.repeats) {
            (true, false) => "1",
            (false, false) => "0..1",
            (true, true) => "1..n",
            (false, true) => "0..n",
        };
        write!(f, "{} {is} {occurs}", self.path)?;
        if self.namespace.is_empty() { Ok(()) } else { write!(f, " in {}", self.namespace) }
    }
}

/// The declarations of a tree, each before what it holds.
pub(crate) fn declarations(root: &Node) -> Vec<Declaration> {
    let mut all = vec![Declaration {
        path: format!("/{}", root.name),
        namespace: root.namespace.clone(),
        kind: root.kind,
        value_type: None,
        required: true,
        repeats: false,
    }];
    below(&root.members, Around { is_list: root.kind == Kind::List, required: true, repeats: false }, &mut all);
    all
}

/// What stands around a particle.
#[derive(Clone, Copy)]
struct Around {
    is_list: bool,
    required: bool,
    repeats: bool,
}

fn below(particles: &[Particle], around: Around, all: &mut Vec<Declaration>) {
    for particle in particles {
        match particle {
            Particle::One(node, occurs) => {
                all.push(Declaration {
                    path: node.path.clone(),
                    namespace: node.namespace.clone(),
                    kind: node.kind,
                    value_type: node.value.as_ref().map(|value| value.value_type),
                    // In a catalogue a list exists even when it is empty, and its item repeats: how many there may be is not said.
                    required: !around.is_list && around.required && occurs.is_required(),
                    repeats: around.is_list || around.repeats || occurs.may_repeat(),
                });
                let inside = Around { is_list: node.kind == Kind::List, required: true, repeats: false };
                below(&node.members, inside, all);
            }
            Particle::Sequence(particles, occurs) => {
                let inside = Around {
                    required: around.required && occurs.is_required(),
                    repeats: around.repeats || occurs.may_repeat(),
                    ..around
                };
                below(particles, inside, all);
            }
            // What may stand here is unknown by definition, and is dropped and counted.
            Particle::Any => {}
        }
    }
}
