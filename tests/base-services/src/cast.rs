//! The persons that the agencies know, read from `cast/persons/`: a file for each household.
//!
//! A file declares every person with a life story and what each agency has on record. An agency without a section does not know the person.
//! Names, countries, a-kassor, makes and codes are invented; a registration number has the letters `QIV`, which no Swedish plate has. The dates
//! are those of 2025 and 2026, around a November day in 2026.

mod af;
mod csn;
mod lefi;
mod miv;
mod skv;
mod so;
mod tns;

use std::collections::HashSet;

use serde::Deserialize;

use crate::agency::Agency;
use lefi::{FkRecord, PmRecord};

pub(crate) use af::{AfRecord, Decision, Enrolment};
pub(crate) use csn::{Amount, AppliedTime, Case, CsnRecord, GrantedTime, HomeLoan, PaidTime, StudyPayment};
pub(crate) use lefi::{DiscloserState, LefiRecord};
pub(crate) use miv::{MivRecord, Permit, Validity};
pub(crate) use skv::{CapitalIncome, Refund, SkvRecord};
pub(crate) use so::{Application, Payment, Suspension, UnemploymentFund};
pub(crate) use tns::Vehicle;

/// A set of invented persons.
pub struct Cast(Vec<Person>);

/// An invented person with an identity number from Skatteverket's published test set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Person {
    identity: String,
    given_name: String,
    family_name: String,
    story: String,
    #[serde(default)]
    protected: bool,
    #[serde(default)]
    odd: bool,
    af: Option<AfRecord>,
    #[serde(default)]
    so: Vec<UnemploymentFund>,
    miv: Option<MivRecord>,
    csn: Option<CsnRecord>,
    skv: Option<SkvRecord>,
    #[serde(default)]
    tns: Vec<Vehicle>,
    fk: Option<FkRecord>,
    pm: Option<PmRecord>,
}

/// Why a text is no cast.
#[derive(Debug, thiserror::Error)]
pub enum InvalidCast {
    /// No TOML, an unknown key, a missing one or a wrong value.
    #[error("cast is not of the expected shape")]
    Shape(#[source] toml::de::Error),
    /// The same identity number twice.
    #[error("person `{given_name} {family_name}` has another person's identity number")]
    Twice {
        /// The later person's given name.
        given_name: String,
        /// The later person's family name.
        family_name: String,
    },
    /// Nobody at all.
    #[error("cast has no persons, expected at least one")]
    Empty,
}

impl Cast {
    /// The cast that the crate carries.
    ///
    /// # Errors
    ///
    /// [`InvalidCast`] if the embedded file were wrong, which a test rules out.
    pub fn embedded() -> Result<Self, InvalidCast> {
        Self::parse(&HOUSEHOLDS.join("\n"))
    }

    /// Reads a cast.
    ///
    /// # Errors
    ///
    /// [`InvalidCast`], which says what is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidCast> {
        let File { person: persons } = toml::from_str(text).map_err(InvalidCast::Shape)?;
        let mut seen = HashSet::new();
        for Person { identity, given_name, family_name, .. } in &persons {
            if !seen.insert(identity) {
                return Err(InvalidCast::Twice { given_name: given_name.clone(), family_name: family_name.clone() });
            }
        }
        if persons.is_empty() { Err(InvalidCast::Empty) } else { Ok(Self(persons)) }
    }

    /// Every person. The first is the one for demonstrations: every agency knows them.
    pub fn persons(&self) -> &[Person] {
        &self.0
    }

    /// The person with this identity number.
    pub fn find(&self, identity: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.identity == identity)
    }
}

impl Person {
    /// The identity number: 12 digits.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// The given name (AF `Fornamn`, MIV `fornamn`).
    pub fn given_name(&self) -> &str {
        &self.given_name
    }

    /// The family name (AF `Efternamn`, MIV `efternamn`).
    pub fn family_name(&self) -> &str {
        &self.family_name
    }

    /// The life story, in Swedish.
    pub fn story(&self) -> &str {
        self.story.trim()
    }

    /// Whether the identity is protected (AF `Sekretessmarkering`).
    pub fn is_protected(&self) -> bool {
        self.protected
    }

    /// Whether this person's answers never follow the schema, as if the fault `schema-odd` were always set.
    pub fn is_odd(&self) -> bool {
        self.odd
    }

    /// Whether this agency knows the person.
    pub fn is_known_to(&self, agency: Agency) -> bool {
        match agency {
            Agency::Af => self.af.is_some(),
            Agency::Csn => self.csn.is_some(),
            Agency::Fk => self.fk.is_some() || self.pm.is_some(),
            Agency::Skv => self.skv.is_some(),
            Agency::So => !self.so.is_empty(),
            Agency::Tns => !self.tns.is_empty(),
            Agency::Miv => self.miv.is_some(),
        }
    }

    pub(crate) fn af(&self) -> Option<&AfRecord> {
        self.af.as_ref()
    }

    pub(crate) fn unemployment_funds(&self) -> &[UnemploymentFund] {
        &self.so
    }

    pub(crate) fn csn(&self) -> Option<&CsnRecord> {
        self.csn.as_ref()
    }

    pub(crate) fn skv(&self) -> Option<&SkvRecord> {
        self.skv.as_ref()
    }

    pub(crate) fn vehicles(&self) -> &[Vehicle] {
        &self.tns
    }

    pub(crate) fn fk(&self) -> Option<&LefiRecord> {
        self.fk.as_ref().map(|FkRecord(record)| record)
    }

    pub(crate) fn pm(&self) -> Option<&LefiRecord> {
        self.pm.as_ref().map(|PmRecord(record)| record)
    }

    pub(crate) fn miv(&self) -> Option<&MivRecord> {
        self.miv.as_ref()
    }
}

/// The files that the crate carries. The first person of the first is the one for demonstrations.
const HOUSEHOLDS: [&str; 17] = [
    include_str!("cast/persons/exempelsson.toml"),
    include_str!("cast/persons/pahittad.toml"),
    include_str!("cast/persons/latsaslund.toml"),
    include_str!("cast/persons/nykomling.toml"),
    include_str!("cast/persons/ingenstans.toml"),
    include_str!("cast/persons/hemligsson.toml"),
    include_str!("cast/persons/utskriven.toml"),
    include_str!("cast/persons/langberg.toml"),
    include_str!("cast/persons/hundraarig.toml"),
    include_str!("cast/persons/udda.toml"),
    include_str!("cast/persons/skottdag.toml"),
    include_str!("cast/persons/studentborg.toml"),
    include_str!("cast/persons/barnrik.toml"),
    include_str!("cast/persons/gymnasist.toml"),
    include_str!("cast/persons/uraldrig.toml"),
    include_str!("cast/persons/artonhundratal.toml"),
    include_str!("cast/persons/tvabilsson.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    person: Vec<Person>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_person_is_known_to_every_agency_and_follows_the_schemas() {
        let cast = Cast::embedded().unwrap();
        let person = &cast.persons()[0];
        assert!(Agency::ALL.into_iter().all(|agency| person.is_known_to(agency)));
        assert!(!person.is_odd() && !person.is_protected());
    }

    #[test]
    fn the_cast_has_every_kind_of_person() {
        let cast = Cast::embedded().unwrap();
        let known_to = |person: &Person| {
            let codes: Vec<_> =
                Agency::ALL.into_iter().filter(|agency| person.is_known_to(*agency)).map(Agency::code).collect();
            codes.join(" ")
        };
        let kinds: HashSet<_> = cast.persons().iter().map(known_to).collect();
        for kind in ["AF CSN FK SKV SO TNS MIV", "AF", "CSN", "SKV", "SO", "MIV", "SKV TNS", ""] {
            assert!(kinds.contains(kind), "{kind}");
        }
        let known_to_all = |person: &&Person| known_to(person) == "AF CSN FK SKV SO TNS MIV";
        assert!(cast.persons().iter().filter(known_to_all).any(Person::is_protected));
        assert!(cast.persons().iter().filter(known_to_all).any(Person::is_odd));
        assert!(cast.persons().iter().any(|person| person.vehicles().len() == 2));
        assert!(cast.persons().iter().any(|person| person.identity().starts_with("18")));
    }

    #[test]
    fn elsa_and_ingvar_are_unknown_to_every_agency() {
        let cast = Cast::embedded().unwrap();
        for identity in ["198804202383", "191401682396"] {
            let person = cast.find(identity).unwrap();
            assert!(!Agency::ALL.into_iter().any(|agency| person.is_known_to(agency)));
        }
    }

    #[test]
    fn every_person_has_a_story() {
        assert!(Cast::embedded().unwrap().persons().iter().all(|person| person.story().len() > 40));
    }

    #[test]
    fn err_cast() {
        let person = "[[person]]\nidentity = '197701172392'\ngiven-name = 'A'\nfamily-name = 'B'\nstory = 'C'\n";
        assert!(Cast::parse(person).is_ok());
        assert!(matches!(Cast::parse("person = []"), Err(InvalidCast::Empty)));
        assert!(matches!(Cast::parse(&person.repeat(2)), Err(InvalidCast::Twice { .. })));
        assert!(matches!(Cast::parse(&format!("{person}age = 3\n")), Err(InvalidCast::Shape(_))));
    }
}
