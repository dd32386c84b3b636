//! A policy's cases, checked against the policy.

use std::collections::BTreeMap;

use crate::cases_file::{CaseFile, CasesFile, IncludedCasesFile};
use crate::fault::{Faults, InvalidSource, Mistake, Place};
use crate::included::{Folder, Written, written};
use crate::path::ElementPath;
use crate::policy::Policy;
use crate::shape::{Agency, Name, Prose, read};
use crate::terms::{Reason, Relation};

/// The cases that must hold for one policy, from `cases.toml` and what that includes.
#[derive(Debug)]
pub struct Cases(Vec<Case>);

/// In this context, these elements have this verdict.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) promise: Prose,
    pub(crate) relation: Relation,
    pub(crate) consents: Vec<Name>,
    pub(crate) protected_identity: bool,
    pub(crate) agency: Agency,
    pub(crate) elements: Vec<ElementPath>,
    pub(crate) expected: Expected,
}

/// The expected verdict.
#[derive(Debug)]
pub(crate) enum Expected {
    Disclose(Name),
    Withhold(Reason),
}

impl Cases {
    /// Reads the cases of a policy from the text of `cases.toml`, and from the files that it includes in its folder.
    ///
    /// # Errors
    ///
    /// [`InvalidSource`] for what cannot be read or is no such TOML, unknown keys included, and else with everything that is wrong, such as a
    /// basis that the policy does not list.
    pub fn parse(text: &str, policy: &Policy, folder: &Folder) -> Result<Self, InvalidSource> {
        let file: CasesFile = toml::from_str(text)?;
        let mut all: Vec<Written<CaseFile>> = written(None, "case", file.case, |case| &case.promise).collect();
        for name in &file.include {
            let included: IncludedCasesFile = folder.include(name)?;
            all.extend(written(Some(name), "case", included.case, |case| &case.promise));
        }
        let mut faults = Faults::default();
        let mut promises: BTreeMap<String, Place> = BTreeMap::new();
        let mut cases = Vec::with_capacity(all.len());
        for Written { place, entry } in all {
            cases.extend(Case::checked(&entry, policy, &place, &mut faults));
            if let Some(first) = promises.get(&entry.promise) {
                faults.note(&place, Mistake::Duplicate { found: entry.promise, first: first.clone() });
            } else {
                promises.insert(entry.promise, place);
            }
        }
        Ok(faults.or(Some(Self(cases)))?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Case> {
        self.0.iter()
    }
}

impl Case {
    fn checked(file: &CaseFile, policy: &Policy, place: &Place, faults: &mut Faults) -> Option<Self> {
        let promise = read(faults, place, "promise", &file.promise);
        let agency: Option<Agency> = read(faults, place, "agency", &file.agency);
        if let Some(agency) = &agency
            && !policy.rules.agencies.contains_key(agency)
        {
            faults.note(place, Mistake::UnknownAgency { found: agency.0.clone() });
        }
        if file.elements.is_empty() {
            faults.note(place, Mistake::Empty { key: "elements" });
        }
        let elements = file.elements.iter().filter_map(|text| read(faults, place, "elements", text)).collect();
        let consents = file.consents.iter().filter_map(|text| read(faults, place, "consents", text)).collect();
        let expected = Expected::checked(file, policy, place, faults);
        Some(Self {
            promise: promise?,
            relation: file.relation.unwrap_or(Relation::Subject),
            consents,
            protected_identity: file.protected_identity,
            agency: agency?,
            elements,
            expected: expected?,
        })
    }
}

impl Expected {
    fn checked(file: &CaseFile, policy: &Policy, place: &Place, faults: &mut Faults) -> Option<Self> {
        match (&file.disclose, file.withhold) {
            (Some(basis), None) => {
                if policy.basis(basis).is_none() {
                    faults.note(place, Mistake::UnknownBasis { found: basis.clone() });
                }
                Some(Self::Disclose(read(faults, place, "disclose", basis)?))
            }
            (None, Some(reason)) => Some(Self::Withhold(reason)),
            (Some(_), Some(_)) | (None, None) => {
                faults.note(place, Mistake::Combination { expected: VERDICT });
                None
            }
        }
    }
}

const VERDICT: &str = "expected either `disclose` with a basis or `withhold` with a reason";
