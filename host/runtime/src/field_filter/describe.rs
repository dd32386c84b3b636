//! What a policy says of itself, parsed.

use std::collections::HashSet;

use jiff::civil::Date;
use ssbtx_core::{BasisId, Bilingual, InvalidName, LegalBasis, Role, Standing};

use super::wire;
use crate::admission::is_version;
use crate::bindings::policy::exports::ssbtx::catalogue::types::Bilingual as WireBilingual;
use crate::mandate::Mandate;

/// What a policy says of itself.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) role: Role,
    pub(super) version: String,
    pub(super) title: Bilingual,
    pub(super) bases: Vec<LegalBasis>,
}

/// What is wrong with a policy's description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPolicy {
    /// Its role is no role's name.
    #[error("policy names its role wrongly")]
    Role(#[from] InvalidName),
    /// It decides for another role than the component's name says.
    #[error("policy is of role `{found}`, component's name says `{expected}`")]
    OtherRole {
        /// The policy's.
        found: Role,
        /// The one that its name says and that governance signed.
        expected: Role,
    },
    /// Its version is no semantic version.
    #[error("policy's version is not of the form `1.0.0`")]
    Version,
    /// Its title lacks a language or is over 4,096 bytes.
    #[error("policy has no title in both languages of at most 4096 bytes")]
    Title,
    /// More than 1,024 legal bases.
    #[error("policy declares {0} legal bases, expected at most 1024")]
    BasisCount(usize),
    /// A legal basis is not in order.
    #[error("legal basis {position} is not in order")]
    Basis {
        /// Its position.
        position: usize,
        /// What is wrong with it.
        #[source]
        fault: InvalidBasis,
    },
}

/// What is wrong with a legal basis.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBasis {
    /// Its name is out of shape.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// An earlier basis has its name.
    #[error("basis `{0}` is declared twice")]
    Twice(BasisId),
    /// No act, a text over 4,096 bytes, or a title that lacks a language.
    #[error("basis `{0}` lacks its act or a title in both languages, or has a text over 4096 bytes")]
    Text(BasisId),
    /// In force without a provision, or pending with one.
    #[error("basis `{0}` is in force without a provision, or pending with one")]
    Provision(BasisId),
    /// A day that is no day, or a last day before the first.
    #[error("basis `{0}` has a day that is not `yyyy-MM-dd`, or ends before it begins")]
    Days(BasisId),
}

impl Description {
    /// Parses the description of a policy that may decide for this role.
    pub(super) fn parse(description: wire::Description, mandate: Mandate<&Role>) -> Result<Self, InvalidPolicy> {
        let role: Role = description.role.parse()?;
        if let Mandate::Signed(expected) = mandate
            && role != *expected
        {
            return Err(InvalidPolicy::OtherRole { found: role, expected: expected.clone() });
        }
        if !is_version(&description.version) {
            return Err(InvalidPolicy::Version);
        }
        let title = bilingual(description.title).ok_or(InvalidPolicy::Title)?;
        let declared = description.legal_bases;
        if declared.len() > MOST_BASES {
            return Err(InvalidPolicy::BasisCount(declared.len()));
        }
        let mut names = HashSet::new();
        let mut bases = Vec::with_capacity(declared.len());
        for (position, basis) in declared.into_iter().enumerate() {
            let parsed = parse_basis(basis, &mut names).map_err(|fault| InvalidPolicy::Basis { position, fault })?;
            bases.push(parsed);
        }
        Ok(Self { role, version: description.version, title, bases })
    }
}

fn parse_basis(basis: wire::LegalBasis, names: &mut HashSet<BasisId>) -> Result<LegalBasis, InvalidBasis> {
    let id: BasisId = basis.id.parse()?;
    if !names.insert(id.clone()) {
        return Err(InvalidBasis::Twice(id));
    }
    let texts = [&basis.act, &basis.provision, basis.item.as_ref().unwrap_or(&basis.provision)];
    if basis.act.is_empty() || texts.iter().any(|text| text.len() > MOST_TEXT_BYTES) {
        return Err(InvalidBasis::Text(id));
    }
    let title = bilingual(basis.title).ok_or_else(|| InvalidBasis::Text(id.clone()))?;
    let standing = parse_standing(&basis.standing).ok_or_else(|| InvalidBasis::Days(id.clone()))?;
    if basis.provision.is_empty() != (standing == Standing::Pending) {
        return Err(InvalidBasis::Provision(id));
    }
    Ok(LegalBasis { id, act: basis.act, provision: basis.provision, item: basis.item, standing, title })
}

fn parse_standing(standing: &wire::Standing) -> Option<Standing> {
    match standing {
        wire::Standing::Pending => Some(Standing::Pending),
        wire::Standing::InForce(validity) => {
            let from = parse_day(&validity.from)?;
            let until = match &validity.until {
                None => None,
                Some(until) => Some(parse_day(until).filter(|until| from <= *until)?),
            };
            Some(Standing::InForce { from, until })
        }
    }
}

/// A day in the one form that the contract has.
fn parse_day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day: &Date| day.to_string() == text)
}

fn bilingual(text: WireBilingual) -> Option<Bilingual> {
    let both = [&text.sv, &text.en].iter().all(|text| (1..=MOST_TEXT_BYTES).contains(&text.len()));
    both.then_some(Bilingual { sv: text.sv, en: text.en })
}

/// `wit/policy/policy.wit`, `description`.
const MOST_BASES: usize = 1024;
const MOST_TEXT_BYTES: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> WireBilingual {
        WireBilingual { sv: text.to_owned(), en: text.to_owned() }
    }

    fn basis(id: &str, from: &str, until: Option<&str>) -> wire::LegalBasis {
        let validity = wire::Validity { from: from.to_owned(), until: until.map(str::to_owned) };
        wire::LegalBasis {
            id: id.to_owned(),
            act: "SoL (2025:400)".to_owned(),
            provision: "15 kap. 11 §".to_owned(),
            item: None,
            standing: wire::Standing::InForce(validity),
            title: both("title"),
        }
    }

    fn parse(legal_bases: Vec<wire::LegalBasis>) -> Result<Description, InvalidPolicy> {
        let (role, version) = ("arbetsmarknad".to_owned(), "1.0.0".to_owned());
        let description = wire::Description { role, version, title: both("title"), legal_bases };
        Description::parse(description, Mandate::Signed(&"arbetsmarknad".parse().unwrap()))
    }

    fn fault(basis: wire::LegalBasis) -> InvalidBasis {
        match parse(vec![basis]).unwrap_err() {
            InvalidPolicy::Basis { position: 0, fault } => fault,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn ok_bases() {
        let pending =
            wire::LegalBasis { provision: String::new(), standing: wire::Standing::Pending, ..basis("p", "", None) };
        let bases = parse(vec![basis("a", "2025-07-01", None), basis("b", "2025-07-01", Some("2025-07-01")), pending])
            .unwrap()
            .bases;
        assert_eq!(bases.last().unwrap().standing, Standing::Pending);
        let from = Date::constant(2025, 7, 1);
        assert_eq!(bases.first().unwrap().standing, Standing::InForce { from, until: None });
    }

    #[test]
    fn err_basis() {
        let id = || "a".parse::<BasisId>().unwrap();
        assert_eq!(fault(basis("A", "2025-07-01", None)), InvalidBasis::Name(InvalidName));
        for (from, until) in
            [("2025-7-1", None), ("20250701", None), ("2025-02-30", None), ("2025-07-02", Some("2025-07-01"))]
        {
            assert_eq!(fault(basis("a", from, until)), InvalidBasis::Days(id()), "{from}");
        }
        let in_force = || basis("a", "2025-07-01", None);
        assert_eq!(fault(wire::LegalBasis { act: String::new(), ..in_force() }), InvalidBasis::Text(id()));
        assert_eq!(fault(wire::LegalBasis { title: both(""), ..in_force() }), InvalidBasis::Text(id()));
        assert_eq!(fault(wire::LegalBasis { provision: String::new(), ..in_force() }), InvalidBasis::Provision(id()));
        assert_eq!(
            fault(wire::LegalBasis { standing: wire::Standing::Pending, ..in_force() }),
            InvalidBasis::Provision(id())
        );
    }

    #[test]
    fn two_bases_of_one_name_are_refused() {
        let twice = vec![basis("a", "2025-07-01", None), basis("a", "2025-07-01", None)];
        let expected = InvalidPolicy::Basis { position: 1, fault: InvalidBasis::Twice("a".parse().unwrap()) };
        assert_eq!(parse(twice).unwrap_err(), expected);
    }
}
