//! Writes a `LefiExternTillgangligaInformationstyper`: what an actor may ask for.
//!
//! Every actor here may ask for everything. The published schema leaves out `utlamnare`, which the published example has; so has this.

use crate::cast::DiscloserState;
use crate::lefi::answer::state;
use crate::lefi::class::Class;
use crate::lefi::group::{Discloser, GROUPS};
use crate::lefi::json::Tree;

/// Everything that there is.
pub(crate) fn available_types() -> Tree {
    let states = Discloser::ALL.into_iter().map(|discloser| state(discloser, DiscloserState::Ok)).collect();
    let classes = Class::ALL.into_iter().map(|class| {
        let groups = GROUPS.iter().filter(|group| class.has(group));
        let codes = groups.map(|group| Tree::code(group.code, group.description)).collect();
        (class.name().to_owned(), Tree::List(codes))
    });
    Tree::Object([("utlamnare".to_owned(), Tree::List(states))].into_iter().chain(classes).collect())
}
