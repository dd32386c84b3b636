//! An audit record's decision, made again.

mod archive;
mod departures;
mod recorded;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use ssbtx_core::{
    AgencyId, Catalogue, Context, Decision, Refusal, Restrictions, Sha256Digest, Verdict, VerdictCount, WithholdReason,
};
use ssbtx_runtime::{Adapter, DecideFailed, FieldFilter, Workbench};

pub use archive::{Archive, Gap};
pub use departures::{Departure, Departures, Direction};
pub use recorded::{Recorded, RecordedAgency, UnreadableRecord};

/// Makes decisions again, with the components that a record names by digest.
///
/// Whatever a decision follows from is in the record or in what it names, so that the same mask must come of it; a record holds the mask's digest
/// and nothing that the mask let through.
pub struct Replay<A> {
    archive: A,
    workbench: Workbench,
    policies: BTreeMap<Sha256Digest, Result<FieldFilter, Gap>>,
    adapters: BTreeMap<Sha256Digest, Result<Adapter, Gap>>,
    verdicts: HashMap<(Sha256Digest, Sha256Digest, Context), Vec<Verdict>>,
}

/// What came of making one record's decisions again, agency by agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed(pub BTreeMap<AgencyId, Agreement>);

/// Whether a decision that was made again is the one that was recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum Agreement {
    /// It is.
    Agrees,
    /// It is not.
    Disagrees {
        /// The digest of the mask that came of it now.
        found: Sha256Digest,
        /// The one that was recorded.
        expected: Sha256Digest,
    },
    /// Nothing was decided about this base service, and nothing of it was disclosed.
    NothingDecided,
    /// It cannot be made again.
    CannotTell(Gap),
}

/// What is to be said of a whole record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Every decision is the one that was recorded.
    Agrees,
    /// At least one cannot be made again, and the others are as recorded.
    CannotTell,
    /// At least one is another.
    Disagrees,
}

impl Replayed {
    /// The word on the whole record.
    pub fn word(&self) -> Word {
        self.0.values().map(Agreement::word).max().unwrap_or(Word::Agrees)
    }
}

impl Agreement {
    /// The word on the record that comes of this part.
    pub fn word(&self) -> Word {
        match self {
            Self::Agrees | Self::NothingDecided => Word::Agrees,
            Self::CannotTell(_) => Word::CannotTell,
            Self::Disagrees { .. } => Word::Disagrees,
        }
    }

    /// The stable name.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::NothingDecided => "nothing-decided",
            Self::CannotTell(_) => "cannot-be-recomputed",
            Self::Disagrees { .. } => "disagrees",
        }
    }
}

impl Word {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::CannotTell => "cannot-be-recomputed",
            Self::Disagrees => "disagrees",
        }
    }
}

impl<A: Archive> Replay<A> {
    /// Begins, with an archive to look things up in.
    pub fn new(workbench: Workbench, archive: A) -> Self {
        let (policies, adapters, verdicts) = Default::default();
        Self { archive, workbench, policies, adapters, verdicts }
    }

    /// Makes a record's decisions again and compares them with what was recorded.
    pub async fn compare(&mut self, record: &Recorded) -> Replayed {
        let mut compared = BTreeMap::new();
        for agency in &record.agencies {
            let agreement = match (agency.mask, self.decide(record, agency).await) {
                (None, _) => Agreement::NothingDecided,
                (Some(expected), Ok(decision)) => match decision.mask().digest() {
                    found if found == expected => Agreement::Agrees,
                    found => Agreement::Disagrees { found, expected },
                },
                (Some(_), Err(gap)) => Agreement::CannotTell(gap),
            };
            compared.insert(agency.agency, agreement);
        }
        Replayed(compared)
    }

    /// Decides a record's question under another policy, and notes what that one would have let through beyond the recorded one, and what less.
    ///
    /// The other policy is looked at as its review looks at it: no grant holds it back, since agencies give theirs when it is proposed. What was
    /// withheld by a tightening stays withheld.
    ///
    /// # Errors
    ///
    /// [`Gap`] when a decision cannot be made.
    pub async fn compare_under(
        &mut self,
        record: &Recorded,
        other: &FieldFilter,
        departures: &mut Departures,
    ) -> Result<(), Gap> {
        let unvetoed = self.restrictions(record)?.without_veto();
        for agency in record.agencies.iter().filter(|agency| agency.mask.is_some()) {
            let before = self.decide(record, agency).await?;
            let adapter = self.adapter(agency).await?;
            let after = self.decide_by(other, &adapter, record, &unvetoed).await?;
            departures.note(&adapter, before.mask(), after.mask());
        }
        departures.count_question();
        Ok(())
    }

    async fn decide(&mut self, record: &Recorded, agency: &RecordedAgency) -> Result<Decision, Gap> {
        let adapter = self.adapter(agency).await?;
        let policy = self.policy(record.policy).await?;
        let restrictions = self.restrictions(record)?;
        self.decide_by(&policy, &adapter, record, &restrictions).await
    }

    /// As the broker decides.
    async fn decide_by(
        &mut self,
        policy: &FieldFilter,
        adapter: &Adapter,
        record: &Recorded,
        restrictions: &Restrictions,
    ) -> Result<Decision, Gap> {
        let catalogue = adapter.catalogue();
        let verdicts = self.verdicts(policy, catalogue, &record.context).await?;
        Decision::within(
            catalogue,
            &verdicts,
            policy.bases(),
            &record.accepted,
            &record.context,
            adapter.identity().sha256,
            restrictions,
        )
        .map_err(|VerdictCount { .. }| Gap::Undecided(policy.identity().sha256))
    }

    async fn verdicts(
        &mut self,
        policy: &FieldFilter,
        catalogue: &Catalogue,
        context: &Context,
    ) -> Result<Vec<Verdict>, Gap> {
        let key = (policy.identity().sha256, catalogue.digest(), context.clone());
        if let Some(known) = self.verdicts.get(&key) {
            return Ok(known.clone());
        }
        let verdicts = match policy.decide(context, catalogue).await {
            Ok(verdicts) => verdicts,
            // A policy that does not know a base service opens nothing of it.
            Err(DecideFailed::Refused(Refusal::UnknownAgency)) => {
                vec![Verdict::Withhold(WithholdReason::NoLegalBasis); catalogue.elements().len()]
            }
            Err(DecideFailed::Refused(_) | DecideFailed::Call(_)) => {
                return Err(Gap::Undecided(policy.identity().sha256));
            }
        };
        if self.verdicts.len() >= MOST_REMEMBERED {
            self.verdicts.clear();
        }
        self.verdicts.insert(key, verdicts.clone());
        Ok(verdicts)
    }

    async fn policy(&mut self, digest: Sha256Digest) -> Result<FieldFilter, Gap> {
        if !self.policies.contains_key(&digest) {
            let admitted = match archive::component(&self.archive, digest, "policy") {
                Ok(candidate) => self.workbench.policy(&candidate).await.map_err(|_| Gap::NotAdmitted(digest)),
                Err(gap) => Err(gap),
            };
            self.policies.insert(digest, admitted);
        }
        self.policies.get(&digest).cloned().unwrap_or(Err(Gap::NotAdmitted(digest)))
    }

    async fn adapter(&mut self, agency: &RecordedAgency) -> Result<Adapter, Gap> {
        let digest = agency.adapter.ok_or(Gap::NoAdapter(agency.agency))?;
        if !self.adapters.contains_key(&digest) {
            let admitted = match archive::component(&self.archive, digest, "adapter") {
                Ok(candidate) => self.workbench.adapter(&candidate).await.map_err(|_| Gap::NotAdmitted(digest)),
                Err(gap) => Err(gap),
            };
            self.adapters.insert(digest, admitted);
        }
        self.adapters.get(&digest).cloned().unwrap_or(Err(Gap::NotAdmitted(digest)))
    }

    fn restrictions(&self, record: &Recorded) -> Result<Restrictions, Gap> {
        archive::restrictions(&self.archive, record)
    }
}

impl<A> fmt::Debug for Replay<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("policies", &self.policies.len()).finish_non_exhaustive()
    }
}

/// A few days of a host's contexts.
const MOST_REMEMBERED: usize = 512;
