//! How questions end and how long they take, counted as they pass.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use ssbtx_core::{AgencyPart, BASE_SERVICES, BrokerFault, Failure, Front, Outcome, Role, State};
use ssbtx_observation::Histogram;

use crate::ending::QuestionEnding;
use crate::figures::{AskedFigures, PartFigures};

/// The meters of one broker. They are as large as its roles are many, which the operator's registered certificates say.
#[derive(Default)]
pub(crate) struct Meters {
    roles: RwLock<BTreeMap<Role, Arc<OfRole>>>,
    agencies: [OfAgency; BASE_SERVICES.len()],
    /// How long it takes to compose what may leave of what was gathered.
    pub(crate) composing: Histogram,
    /// How long it takes until a record is where it outlives the host.
    pub(crate) recording: Histogram,
}

/// The questions of one role.
#[derive(Default)]
pub(crate) struct OfRole {
    soap_v10: OfFront,
    json_v1: OfFront,
}

/// Its questions through one front.
#[derive(Default)]
pub(crate) struct OfFront {
    endings: [AtomicU64; QuestionEnding::ALL.len()],
    pub(crate) times: Histogram,
}

#[derive(Default)]
struct OfAgency {
    states: [AtomicU64; STATES.len()],
    faults: [AtomicU64; BrokerFault::ALL.len()],
    of_adapter: AtomicU64,
    of_base_service: AtomicU64,
}

impl Meters {
    /// The meters of a role's questions.
    pub(crate) fn of(&self, role: &Role) -> Arc<OfRole> {
        if let Some(of) = self.roles.read().unwrap_or_else(PoisonError::into_inner).get(role) {
            return Arc::clone(of);
        }
        let mut roles = self.roles.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(roles.entry(role.clone()).or_default())
    }

    /// Counts a part that may leave.
    pub(crate) fn part(&self, part: &AgencyPart) {
        let Some((_, of)) = BASE_SERVICES.iter().zip(&self.agencies).find(|(agency, _)| **agency == part.agency) else {
            return;
        };
        count(&STATES, &of.states, &part.outcome.state());
        match &part.outcome {
            Outcome::Failed(Failure::Broker(fault)) => count(&BrokerFault::ALL, &of.faults, fault),
            Outcome::Failed(Failure::Adapter(_)) => add_one(&of.of_adapter),
            Outcome::Failed(Failure::BaseService(_)) => add_one(&of.of_base_service),
            Outcome::Answered { .. }
            | Outcome::NothingFound { .. }
            | Outcome::NotAsked
            | Outcome::NotPermitted { .. }
            | Outcome::TimedOut => {}
        }
    }

    /// The questions of every role, by role and front.
    pub(crate) fn questions(&self) -> Vec<AskedFigures> {
        let roles = self.roles.read().unwrap_or_else(PoisonError::into_inner);
        let of_role = |(role, of): (&Role, &Arc<OfRole>)| {
            [Front::SoapV10, Front::JsonV1].map(|front| {
                let OfFront { endings, times } = of.front(front);
                let endings = counts(QuestionEnding::ALL, endings).collect();
                AskedFigures { role: role.clone(), front, endings, times: times.distribution() }
            })
        };
        roles.iter().flat_map(of_role).collect()
    }

    /// The parts of every base service.
    pub(crate) fn parts(&self) -> Vec<PartFigures> {
        let of_agency = |(agency, of): (_, &OfAgency)| {
            let faults = counts(BrokerFault::ALL.map(BrokerFault::code), &of.faults);
            let others = [("adapter", &of.of_adapter), ("base-service", &of.of_base_service)];
            let others = others.map(|(code, count)| (code, count.load(Ordering::Relaxed)));
            PartFigures {
                agency,
                states: counts(STATES, &of.states).collect(),
                failures: faults.chain(others).collect(),
            }
        };
        BASE_SERVICES.into_iter().zip(&self.agencies).map(of_agency).collect()
    }
}

impl OfRole {
    /// Its questions through a front.
    pub(crate) fn front(&self, front: Front) -> &OfFront {
        match front {
            Front::SoapV10 => &self.soap_v10,
            Front::JsonV1 => &self.json_v1,
        }
    }
}

impl OfFront {
    /// Counts a question that has ended.
    pub(crate) fn ended(&self, ending: QuestionEnding) {
        count(&QuestionEnding::ALL, &self.endings, &ending);
    }
}

fn count<T: PartialEq, const N: usize>(names: &[T; N], counts: &[AtomicU64; N], name: &T) {
    if let Some((_, count)) = names.iter().zip(counts).find(|(one, _)| *one == name) {
        add_one(count);
    }
}

fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

fn counts<T, const N: usize>(names: [T; N], counts: &[AtomicU64; N]) -> impl Iterator<Item = (T, u64)> {
    names.into_iter().zip(counts.iter().map(|count| count.load(Ordering::Relaxed)))
}

const STATES: [State; 6] =
    [State::Answered, State::NothingFound, State::NotAsked, State::NotPermitted, State::Failed, State::TimedOut];

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ssbtx_core::AgencyId;

    use super::*;

    fn part(outcome: Outcome) -> AgencyPart {
        let elapsed = Duration::ZERO;
        AgencyPart { agency: AgencyId::CSN, outcome, disclosers: Vec::new(), adapter: None, mask: None, elapsed }
    }

    #[test]
    fn a_part_counts_for_its_state_and_a_failed_one_for_its_code_too() {
        let meters = Meters::default();
        meters.part(&part(Outcome::TimedOut));
        meters.part(&part(Outcome::Failed(Failure::Broker(BrokerFault::Unreachable))));
        let parts = meters.parts();
        let csn = parts.iter().find(|one| one.agency == AgencyId::CSN).unwrap();
        let counted: Vec<_> = csn.states.iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(counted, [&(State::Failed, 1), &(State::TimedOut, 1)]);
        let failed: Vec<_> = csn.failures.iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(failed, [&("SSBT-102", 1)]);
        assert_eq!(parts.len(), BASE_SERVICES.len());
    }

    #[test]
    fn questions_are_counted_by_role_and_front() {
        let meters = Meters::default();
        let role: Role = "arbetsmarknad".parse().unwrap();
        meters.of(&role).front(Front::JsonV1).ended(QuestionEnding::NotRecorded);
        let counted: Vec<_> = meters
            .questions()
            .into_iter()
            .flat_map(|asked| asked.endings.into_iter().map(move |(ending, count)| (asked.front, ending, count)))
            .filter(|(_, _, count)| *count > 0)
            .collect();
        assert_eq!(counted, [(Front::JsonV1, QuestionEnding::NotRecorded, 1)]);
    }
}
