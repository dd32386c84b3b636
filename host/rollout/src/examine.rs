//! Whether a trusted set may become what the host answers with.

mod contents;
mod failed;
mod proofs;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use ssbtx_broker::Edition;
use ssbtx_core::{AcceptedPending, Catalogue, InvalidTightening, Sha256Digest};
use ssbtx_review::Listed;
use ssbtx_runtime::Sandbox;
use ssbtx_self_test::{Cases, cases_of, test_adapter, test_policy};
use ssbtx_trust::{Component, TrustedSet, Verified};

use crate::advance::{Advance, Withheld};
use crate::course::Course;
use crate::stage::Stage;
use proofs::Proofs;

pub(crate) use contents::Contents;
pub use failed::{BeyondGrants, ExamineFailed};

/// A set that has passed every examination: an edition that the host may answer with.
///
/// It is made here and nowhere else, so holding one is the proof. Cloning it is cheap.
#[derive(Clone)]
pub struct Examined {
    edition: Arc<Edition>,
    contents: Arc<Contents>,
    cases: Arc<BTreeMap<Sha256Digest, usize>>,
    proofs: Arc<Proofs>,
    advance: Option<Arc<Advance>>,
}

/// Examines a trusted set: admits its components, lets each of them run its own cases, and looks for what a policy opens beyond the agencies'
/// grants in every context that there is.
///
/// What was examined for `earlier`, or for sets before it, is not examined again: components with equal bytes keep their handles, and a case or a
/// policy is run again only where something that its outcome follows from is new. Shadow policies are not tested, and one that is not admitted is
/// left out: they disclose nothing, and what one person signs must not be able to hold up the rest.
///
/// `today` is one of the days on which policies are asked, beside all those on which a legal basis begins or ends.
///
/// # Errors
///
/// [`ExamineFailed`], which names the component or role and what is wrong with it. A set passes whole or not at all.
pub async fn examine(
    sandbox: &Sandbox,
    trusted: &TrustedSet,
    accepted: &AcceptedPending,
    earlier: Option<&Examined>,
    today: Date,
) -> Result<Examined, ExamineFailed> {
    Examination::begin(sandbox, trusted, accepted, earlier).await?.finish(today, &mut Course::begin()).await
}

impl Examined {
    /// The edition.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// How many cases a component has passed; none for what is not tested, such as a shadow.
    pub fn cases(&self, component: Sha256Digest) -> Option<usize> {
        self.cases.get(&component).copied()
    }

    /// What the set held; what is withheld in advance is not in it.
    pub(crate) fn contents(&self) -> &Contents {
        &self.contents
    }

    /// What its edition withholds beyond the set that it was made of, where it does.
    pub(crate) fn advance(&self) -> Option<&Advance> {
        self.advance.as_deref()
    }

    /// The same, with an edition that withholds also what another set does. It needs no examination: nothing is opened by it, and no component is
    /// another.
    pub(crate) fn withholding_also(&self, set: &Withheld) -> Result<Self, InvalidTightening> {
        let Withheld { trust_version, withholding } = set;
        let edition = self.edition.withholding_also(withholding)?;
        let added = withholding.in_force().filter(|entry| !self.edition.withholding().withholds(entry));
        let earlier = self.advance.iter().flat_map(|advance| &advance.entries);
        let entries = earlier.chain(added.map(|entry| &entry.id)).cloned().collect();
        let advance = Some(Arc::new(Advance { trust_version: *trust_version, entries }));
        Ok(Self { edition: Arc::new(edition), advance, ..self.clone() })
    }
}

/// An examination under way: its components are admitted, and not tested yet.
pub(crate) struct Examination<'t> {
    trusted: &'t TrustedSet,
    edition: Edition,
    contents: Contents,
    /// What needs no examination any more.
    proofs: Proofs,
}

impl<'t> Examination<'t> {
    /// Admits the components.
    pub(crate) async fn begin(
        sandbox: &Sandbox,
        trusted: &'t TrustedSet,
        accepted: &AcceptedPending,
        earlier: Option<&Examined>,
    ) -> Result<Self, ExamineFailed> {
        let before = earlier.map(|earlier| &*earlier.edition);
        let edition = Edition::admit(sandbox, trusted, accepted.clone(), before).await?;
        let proofs = earlier.map(|earlier| (*earlier.proofs).clone()).unwrap_or_default();
        Ok(Self { trusted, edition, contents: Contents::of(trusted), proofs })
    }

    /// The edition, which nothing may be answered with yet.
    pub(crate) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Tests them. Who calls it has looked at the edition and found nothing against it.
    pub(crate) async fn finish(mut self, today: Date, course: &mut Course) -> Result<Examined, ExamineFailed> {
        course.pass(Stage::Admitted);
        let cases = self.run_cases().await?;
        self.compare_with_grants(today).await?;
        course.pass(Stage::Tested);
        let Self { edition, contents, proofs, .. } = self;
        let (edition, contents) = (Arc::new(edition), Arc::new(contents));
        Ok(Examined { edition, contents, cases: Arc::new(cases), proofs: Arc::new(proofs), advance: None })
    }

    /// Lets every adapter and policy run its own cases, and counts them.
    async fn run_cases(&mut self) -> Result<BTreeMap<Sha256Digest, usize>, ExamineFailed> {
        let mut counted = BTreeMap::new();
        for (agency, component) in self.trusted.adapters() {
            let (cases, proof) = (cases(component)?, self.contents.of_cases(component));
            counted.insert(component.digest(), cases.len());
            if let (false, Some(adapter)) = (self.proofs.hold(proof), self.edition.adapter(agency)) {
                test_adapter(adapter, &cases).await.map_err(|source| failed(component, source))?;
            }
            self.proofs.add(proof);
        }
        let catalogues: Vec<Arc<Catalogue>> = self.edition.catalogues().cloned().collect();
        for (role, component) in self.trusted.policies() {
            let (cases, proof) = (cases(component)?, self.contents.of_cases(component));
            counted.insert(component.digest(), cases.len());
            if let (false, Some(policy)) = (self.proofs.hold(proof), self.edition.policy(role)) {
                test_policy(policy, &cases, &catalogues).await.map_err(|source| failed(component, source))?;
            }
            self.proofs.add(proof);
        }
        Ok(counted)
    }

    /// Asks every policy in every context, and refuses what it opens beyond the grants.
    async fn compare_with_grants(&mut self, today: Date) -> Result<(), ExamineFailed> {
        let listed: Vec<Listed> = self.edition.adapters().map(Listed::from).collect();
        for policy in self.edition.policies() {
            let (role, proof) = (policy.role(), self.contents.of_openings(policy.role()));
            if !self.proofs.hold(proof) {
                let grants = self.trusted.grants().map(|file| &**file.grant());
                let ungranted = ssbtx_review::ungranted(policy, &listed, grants, today).await?;
                if !ungranted.is_empty() {
                    return Err(ExamineFailed::BeyondGrants(BeyondGrants::new(role.clone(), ungranted)));
                }
            }
            self.proofs.add(proof);
        }
        Ok(())
    }
}

fn cases(component: &Verified<Component>) -> Result<Cases, ExamineFailed> {
    cases_of(component.bytes())
        .map_err(|source| ExamineFailed::Cases { target: component.target().to_string(), source: Box::new(source) })
}

fn failed(component: &Verified<Component>, source: ssbtx_self_test::SelfTestFailed) -> ExamineFailed {
    ExamineFailed::SelfTest { target: component.target().to_string(), source: Box::new(source) }
}
