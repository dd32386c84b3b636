//! What a test fixes of the documents that are made.

mod success;

use std::collections::BTreeMap;

use crate::model::{Node, Particle};

/// What is fixed of documents, by the path of a declaration: a value, or whether it is there at all.
///
/// # Shape
///
/// Paths are those of [`Declaration`](crate::Declaration): `Svar/StatusSokandeinformationKod`, `Personer/Person/@personnummer`,
/// `utlamnare/item/tillstand/kod`.
///
/// # Examples
///
/// ```
/// use ssbtx_published::Overrides;
///
/// Overrides::default()
///     .fixed("GemensamtSvarEkbistand/Resultat/ResultatKod", "0")
///     .present("Personer/Person")
///     .absent("Personer/Person/@Status");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    by_path: BTreeMap<String, Fixed>,
}

#[derive(Clone, Debug, Default)]
struct Fixed {
    value: Option<String>,
    presence: Presence,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Presence {
    /// As it falls out.
    #[default]
    Any,
    /// At least once, wherever what holds it is.
    Always,
    /// Never, unless it is required.
    Never,
}

impl Overrides {
    /// With this value wherever this is; in JSON written as its type demands.
    #[must_use]
    pub fn fixed(mut self, path: &str, value: &str) -> Self {
        self.at(path).value = Some(value.to_owned());
        self
    }

    /// With at least one of these wherever what holds it is.
    #[must_use]
    pub fn present(mut self, path: &str) -> Self {
        self.at(path).presence = Presence::Always;
        self
    }

    /// Without this, unless it is required.
    #[must_use]
    pub fn absent(mut self, path: &str) -> Self {
        self.at(path).presence = Presence::Never;
        self
    }

    pub(crate) fn value(&self, path: &str) -> Option<&str> {
        self.by_path.get(path)?.value.as_deref()
    }

    pub(crate) fn presence(&self, path: &str) -> Presence {
        self.by_path.get(path).map_or(Presence::Any, |fixed| fixed.presence)
    }

    /// # Panics
    ///
    /// If a path is of nothing in this tree.
    pub(crate) fn must_be_declared(&self, root: &Node) {
        for path in self.by_path.keys() {
            assert!(declares(&root.members, path), "an override names `{path}`, which is not declared");
        }
    }

    fn at(&mut self, path: &str) -> &mut Fixed {
        self.by_path.entry(path.to_owned()).or_default()
    }
}

fn declares(particles: &[Particle], path: &str) -> bool {
    particles.iter().any(|particle| match particle {
        Particle::One(node, _) => node.path == path || declares(&node.members, path),
        Particle::Sequence(particles, _) => declares(particles, path),
        Particle::Any => false,
    })
}
