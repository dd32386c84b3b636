//! When a grant holds, in words.

use ssbtx_core::{GrantEntry, GrantedBasis, Relation};

use crate::space::{PROTECTION, RELATIONS};
use crate::words::place::{consents, protection, relation};
use crate::words::{standing, standing_in_english};

/// When an entry holds: `i alla sammanhang`, or what it is limited to.
pub(crate) fn granted_when(entry: &GrantEntry) -> String {
    let mut limits = Vec::new();
    if entry.relations.len() < RELATIONS.len() {
        let named: Vec<String> = entry.relations.iter().map(|about| relation(*about)).collect();
        limits.push(format!("bara när frågan gäller {}", named.join(" eller ")));
    }
    if !entry.consents.is_empty() {
        limits.push(format!("bara {}", consents(&entry.consents)));
    }
    if let ([protected], 2..) = (entry.protected_identity.as_slice(), PROTECTION.len()) {
        limits.push(format!("bara när {}", protection(*protected)));
    }
    if limits.is_empty() { "i alla sammanhang".to_owned() } else { limits.join(", ") }
}

/// When an entry holds, in English.
pub(crate) fn granted_when_in_english(entry: &GrantEntry) -> String {
    let mut limits = Vec::new();
    if entry.relations.len() < RELATIONS.len() {
        let named: Vec<&str> = entry.relations.iter().map(|about| relation_in_english(*about)).collect();
        limits.push(format!("only about {}", named.join(" or ")));
    }
    if !entry.consents.is_empty() {
        let named: Vec<&str> = entry.consents.iter().map(ssbtx_core::BasisId::as_str).collect();
        limits.push(format!("only with the consent {}", named.join(", ")));
    }
    match entry.protected_identity.as_slice() {
        [true] => limits.push("only where the identity is protected".to_owned()),
        [false] => limits.push("only where the identity is not protected".to_owned()),
        _ => {}
    }
    if limits.is_empty() { "in all contexts".to_owned() } else { limits.join(", ") }
}

/// A basis as a grant cites it, and when it is in force, in both languages.
pub(crate) fn granted_basis(basis: &GrantedBasis) -> String {
    let (swedish, english) = (standing(basis.standing), standing_in_english(basis.standing));
    format!("{}; {swedish} · {english}", cited(basis))
}

fn cited(basis: &GrantedBasis) -> String {
    let provision = if basis.provision.is_empty() { String::new() } else { format!(" {}", basis.provision) };
    let item = basis.item.as_ref().map(|item| format!(", {item}")).unwrap_or_default();
    format!("{}{provision}{item} ({})", basis.act, basis.id)
}

fn relation_in_english(relation: Relation) -> &'static str {
    match relation {
        Relation::Subject => "the person of the case",
        Relation::HouseholdAdult => "an adult of the household",
        Relation::HouseholdChild => "a child of the household",
    }
}
