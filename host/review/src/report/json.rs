//! Reviews and checks for programs.

use serde_json::{Value, json};
use ssbtx_core::{BasisId, LegalBasis, Relation, Standing};

use crate::block::Block;
use crate::cell::{Cell, Citation};
use crate::check::Check;
use crate::elements::{Extent, Gathered};
use crate::finding::Finding;
use crate::review::{BasisChange, DiscloserReview, Review, Row};
use crate::space::{PROTECTION, RELATIONS, Space};
use crate::subject::Side;
use crate::words;

/// A review as JSON: every cell that differs, with the path of each element.
pub fn review_as_json(review: &Review) -> Value {
    let adapters: Vec<Value> = review
        .listed
        .iter()
        .map(|listed| {
            json!({
                "baseService": listed.catalogue.agency().as_str(),
                "version": listed.identity.version,
                "sha256": listed.identity.sha256.to_string(),
                "elements": listed.catalogue.elements().len(),
            })
        })
        .collect();
    let frames: Vec<Value> = review
        .frames
        .iter()
        .map(|(base_service, found)| json!({ "baseService": base_service.as_str(), "row": row(&review.space, found) }))
        .collect();
    json!({
        "role": review.new.identity.name.as_str(),
        "today": review.today.to_string(),
        "old": review.old.as_ref().map(side),
        "new": side(&review.new),
        "adapters": adapters,
        "contexts": space(&review.space),
        "compared": review.compared,
        "changed": review.changed,
        "bases": review.bases.iter().map(basis_change).collect::<Vec<_>>(),
        "agencies": review.disclosers.iter().map(|found| discloser(&review.space, found)).collect::<Vec<_>>(),
        "frames": frames,
        "findings": findings(&review.findings),
    })
}

/// A review as the file whose digest is signed beside the policy: the bytes are the same for whoever repeats it.
pub fn review_as_file(review: &Review) -> Vec<u8> {
    format!("{:#}\n", review_as_json(review)).into_bytes()
}

/// A check as JSON.
pub fn check_as_json(check: &Check) -> Value {
    let tallies: Vec<Value> = check
        .tallies
        .iter()
        .map(|tally| {
            json!({
                "baseService": tally.base_service.as_str(),
                "cells": tally.cells(),
                "disclosed": tally.disclosed,
                "ifPendingAccepted": tally.if_accepted,
                "notDisclosed": tally.not_disclosed,
            })
        })
        .collect();
    json!({
        "role": check.policy.identity.name.as_str(),
        "policy": side(&check.policy),
        "bases": check.policy.bases.iter().map(basis).collect::<Vec<_>>(),
        "contexts": space(&check.space),
        "baseServices": tallies,
        "findings": findings(&check.findings),
    })
}

/// One cell.
pub(super) fn cell(cell: &Cell) -> Value {
    json!({
        "outcome": cell.outcome.label(),
        "basis": cell.outcome.citation().map(citation),
        "effect": cell.effect.label(),
    })
}

/// When a basis is in force.
pub(super) fn standing(standing: Standing) -> Value {
    match standing {
        Standing::Pending => json!("pending"),
        Standing::InForce { from, until } => {
            json!({ "from": from.to_string(), "until": until.map(|until| until.to_string()) })
        }
    }
}

fn side(side: &Side) -> Value {
    json!({
        "version": side.identity.version,
        "sha256": side.identity.sha256.to_string(),
        "title": { "sv": side.title.sv, "en": side.title.en },
    })
}

fn space(space: &Space) -> Value {
    json!({
        "purpose": space.purpose().as_str(),
        "relations": RELATIONS.map(Relation::label),
        "consents": space.consents().iter().map(|given| names(given)).collect::<Vec<_>>(),
        "protectedIdentity": PROTECTION,
        "days": space.days().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "count": space.len(),
    })
}

fn discloser(space: &Space, found: &DiscloserReview) -> Value {
    let datasets: Vec<Value> = found
        .datasets
        .iter()
        .map(|dataset| {
            json!({
                "id": dataset.id.as_str(),
                "label": { "sv": dataset.label.sv, "en": dataset.label.en },
                "elements": dataset.elements,
                "rows": dataset.rows.iter().map(|found| row(space, found)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "discloser": found.discloser.as_str(), "baseService": found.base_service.as_str(), "datasets": datasets })
}

fn row(space: &Space, row: &Row) -> Value {
    json!({
        "change": row.change.kind.label(),
        "before": cell(&row.change.before),
        "after": cell(&row.change.after),
        "elements": row.elements.iter().map(gathered).collect::<Vec<_>>(),
        "contexts": row.contexts.iter().map(|found| block(space, found)).collect::<Vec<_>>(),
        "cells": row.cells,
    })
}

/// Elements that are said in one line, with the path of each.
pub(super) fn gathered(gathered: &Gathered) -> Value {
    let extent = match gathered.extent {
        Extent::Element => "element",
        Extent::Container => "container",
        Extent::Dataset => "dataset",
    };
    json!({
        "extent": extent,
        "path": gathered.path,
        "label": { "sv": gathered.label.sv, "en": gathered.label.en },
        "paths": gathered.paths,
    })
}

fn block(space: &Space, block: &Block) -> Value {
    let [relations, consents, protections, days] = &block.0;
    let relations: Vec<&str> =
        relations.iter().filter_map(|at| RELATIONS.get(*at)).map(|found| found.label()).collect();
    let consents: Vec<Vec<&str>> =
        consents.iter().filter_map(|at| space.consents().get(*at)).map(|given| names(given)).collect();
    let protections: Vec<&bool> = protections.iter().filter_map(|at| PROTECTION.get(*at)).collect();
    let days: Vec<String> = days.iter().filter_map(|at| space.days().get(*at)).map(ToString::to_string).collect();
    json!({
        "sv": words::contexts(space, block),
        "relations": relations,
        "consents": consents,
        "protectedIdentity": protections,
        "days": days,
    })
}

fn basis_change(change: &BasisChange) -> Value {
    match change {
        BasisChange::Added(added) => json!({ "change": "added", "after": basis(added) }),
        BasisChange::Removed(removed) => json!({ "change": "removed", "before": basis(removed) }),
        BasisChange::Altered { before, after } => {
            json!({ "change": "altered", "before": basis(before), "after": basis(after) })
        }
    }
}

fn basis(basis: &LegalBasis) -> Value {
    let mut value = citation(&basis.into());
    if let Some(object) = value.as_object_mut() {
        object.insert("standing".to_owned(), standing(basis.standing));
    }
    value
}

fn citation(cited: &Citation) -> Value {
    json!({
        "id": cited.id,
        "act": cited.act,
        "provision": cited.provision,
        "item": cited.item,
        "title": { "sv": cited.title, "en": cited.title_en },
    })
}

fn findings(findings: &[Finding]) -> Vec<Value> {
    let finding = |finding: &Finding| {
        let (sv, en) = (words::finding(finding), words::finding_in_english(finding));
        json!({ "finding": finding.label(), "sv": sv, "en": en })
    };
    findings.iter().map(finding).collect()
}

fn names(given: &[BasisId]) -> Vec<&str> {
    given.iter().map(BasisId::as_str).collect()
}
