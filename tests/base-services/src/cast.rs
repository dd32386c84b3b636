//! The persons that the agencies know, read from `cast.toml`.
//!
//! A file declares every person with a life story and what each agency has on record.

mod record;

use std::collections::HashSet;

use serde::Deserialize;

use crate::agency::Agency;

pub(crate) use record::{
    AfRecord, Application, Decision, Enrolment, MivRecord, Payment, Permit, Suspension, UnemploymentFund, Validity,
};

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
        Self::parse(include_str!("cast.toml"))
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
            Agency::So => !self.so.is_empty(),
            Agency::Miv => self.miv.is_some(),
        }
    }

    pub(crate) fn af(&self) -> Option<&AfRecord> {
        self.af.as_ref()
    }

    pub(crate) fn unemployment_funds(&self) -> &[UnemploymentFund] {
        &self.so
    }

    pub(crate) fn miv(&self) -> Option<&MivRecord> {
        self.miv.as_ref()
    }
}

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
        let known_to = |person: &Person| Agency::ALL.map(|agency| person.is_known_to(agency));
        let kinds: HashSet<_> = cast.persons().iter().map(known_to).collect();
        for kind in
            [[true, true, true], [true, false, false], [false, true, false], [true, false, true], [false, false, false]]
        {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        assert!(cast.persons().iter().any(|person| person.is_protected() && known_to(person) == [true; 3]));
        assert!(cast.persons().iter().any(Person::is_odd));
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
