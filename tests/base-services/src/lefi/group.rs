//! The groups of information: benefits, and other information.
//!
//! The published document lists the codes and, apart from them, the members in which Försäkringskassan answers. Which code gives which member
//! it does not say, nor what a code is short for. Most names leave no doubt. Three codes do: we take `FK:BST`, `FK:EJO` and `FK:ET` for what
//! newcomers get (bostadsersättning, etableringsjobb, etableringstillägg), yet `FK:BST` may be bostadstillägg, `FK:EJO` what is earned for a pension,
//! and `FK:ET` efterlevandepension. So those members are given under either code, and no test of SSBTX rests on a guess of ours.

/// An agency that answers through LEFI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Discloser {
    /// Försäkringskassan.
    Fk,
    /// Pensionsmyndigheten.
    Pm,
}

impl Discloser {
    /// Both, in the order of an answer.
    pub(crate) const ALL: [Self; 2] = [Self::Fk, Self::Pm];

    /// Its code, such as `FK`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Fk => "FK",
            Self::Pm => "PM",
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fk => "Försäkringskassan",
            Self::Pm => "Pensionsmyndigheten",
        }
    }
}

/// What a group groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `…FormanGruppKod`: a benefit.
    Benefit,
    /// `…OvrigInformationTypKod`: other information.
    Other,
}

/// A group that a question may name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its code, such as `FK:SJP`.
    pub(crate) code: &'static str,
    /// What the code means, in Swedish.
    pub(crate) description: &'static str,
    /// What it groups.
    pub(crate) kind: Kind,
    /// In which members of `LefiFormansinformation` it is answered, payments aside. None for Pensionsmyndigheten.
    pub(crate) members: &'static [&'static str],
}

impl Group {
    /// The group of this code.
    pub(crate) fn of_code(code: &str) -> Option<&'static Self> {
        GROUPS.iter().find(|group| group.code == code)
    }

    /// The groups that are answered in this member of `LefiFormansinformation`.
    pub(crate) fn of_member(member: &str) -> Vec<&'static Self> {
        GROUPS.iter().filter(|group| group.members.contains(&member)).collect()
    }

    /// Whose information it is, which the code's prefix says.
    pub(crate) fn discloser(&self) -> Discloser {
        if self.code.starts_with("PM:") { Discloser::Pm } else { Discloser::Fk }
    }
}

const fn benefit(code: &'static str, description: &'static str, members: &'static [&'static str]) -> Group {
    Group { code, description, kind: Kind::Benefit, members }
}

const fn other(code: &'static str, description: &'static str, members: &'static [&'static str]) -> Group {
    Group { code, description, kind: Kind::Other, members }
}

/// Every group, in the order of the published enumerations.
pub(crate) const GROUPS: [Group; 38] = [
    benefit("FK:ABB", "Barnbidrag", &["barnbidragsarende"]),
    benefit(
        "FK:AP",
        "Allmän pension",
        &[
            "allmanpensionsarende",
            "efterlevandepensionsarende",
            "intjanandebehallning",
            "intjanandeuppgift",
            "levnadsintygsuppgift",
        ],
    ),
    benefit("FK:AS", "Aktivitetsstöd", &["aktivitetsstodsarende"]),
    benefit("FK:BOB", "Bostadsbidrag", &["bostadsbidragsarende"]),
    benefit("FK:BST", "Bostadsersättning", &["bostadstillaggsarende"]),
    benefit("FK:BTI", "Bostadstillägg", &["bostadstillaggsarende"]),
    benefit("FK:DPE", "Dagpenning till totalförsvarspliktiga", &["totalforsvarspliktsarende"]),
    benefit("FK:EJO", "Etableringsjobb", &["intjanandebehallning", "intjanandeuppgift", "levnadsintygsuppgift"]),
    benefit("FK:ET", "Etableringstillägg", &["efterlevandepensionsarende"]),
    benefit("FK:FP", "Föräldrapenning", &["foraldrapenningarende"]),
    benefit("FK:FSJP", "Förebyggande sjukpenning", &["forebyggandeSjukpenningsarende"]),
    benefit("FK:GP", "Graviditetspenning", &["graviditetspenningsarende"]),
    benefit("FK:HE", "Handikappersättning", &["handikappersattningsarende"]),
    benefit("FK:MABB", "Mottagare av barnbidrag", &["mottagareavbarnbidrag"]),
    benefit("FK:MEK", "Merkostnadsersättning", &["merkostnadsersattningsarende"]),
    benefit("FK:NP", "Närståendepenning", &["narstaendepenningarende"]),
    benefit("FK:OMV", "Omvårdnadsbidrag", &["omvardnadsbidragsarende"]),
    benefit("FK:PJOB", "Programdagar i jobb- och utvecklingsgarantin", &["programjobdagar"]),
    benefit("FK:PROG", "Ersättning vid arbetsmarknadspolitiskt program", &["programersattningsarende"]),
    benefit("FK:RBE", "Rehabiliteringsersättning", &["rehabersattningsarende"]),
    benefit(
        "FK:SA",
        "Sjuk- och aktivitetsersättning",
        &[
            "sjukOchAktivitetsersattningsarende",
            "sjukOchAktivitetsersattningSteglosAvrakningHistorik",
            "sjukOchAktivitetsersattningSteglosAvrakningNulage",
        ],
    ),
    benefit("FK:SBP", "Smittbärarersättning", &["smittbararersattningsarende"]),
    benefit("FK:SJP", "Sjukpenning", &["sjukpenningarende"]),
    benefit("FK:TFP", "Tillfällig föräldrapenning", &["tillfalligForaldrapenningarende"]),
    benefit("FK:US", "Underhållsstöd", &["underhallsskuld", "underhallsstodskrav", "underhallsstodsmottag"]),
    benefit("FK:VB", "Vårdbidrag", &["vardbidragsarende"]),
    benefit(
        "FK:YL",
        "Yrkesskadelivränta",
        &[
            "arbetsskadeefterlevandearende",
            "arbetsskadeegenlivrantearende",
            "yrkesskadeefterlevandearende",
            "yrkesskadeegenlivrantearende",
        ],
    ),
    benefit("PM:AP", "Allmän pension", &[]),
    benefit("PM:BTI", "Bostadstillägg och inkomststöd", &[]),
    benefit("PM:EF", "Efterlevandeförmåner", &[]),
    other("FK:GEPI", "Generell personinformation", &["generellPersoninformation"]),
    other("FK:PANV", "Programanvisning", &["programanvisning"]),
    other("FK:SGI", "Sjukpenninggrundande inkomst", &["sjukpenninggrundandeInkomstuppgift"]),
    other("FK:SKUP", "Skatteuppgift", &["skatteuppgift"]),
    other("FK:STAV", "Studiemedelsavisering", &["studiemedelsavisering"]),
    other("PM:LINT", "Levnadsintyg", &[]),
    other("PM:PBH", "Pensionsbehållning", &[]),
    other("PM:PU", "Pensionsunderlag", &[]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ssbtx_published::{Contracts, LEFI_ANSWER, LEFI_QUESTION, Node, Particle};

    use super::*;
    use crate::lefi::class::Class;

    #[test]
    fn every_member_in_which_forsakringskassan_answers_belongs_to_a_group() {
        let Some(contracts) = Contracts::find() else { return };
        let declared = contracts.schema(&LEFI_ANSWER);
        let benefits = below(declared.root(), "formansinformation").unwrap();
        let declared: BTreeSet<_> = nodes(benefits).map(|node| node.name.as_str()).collect();
        let ours = GROUPS.iter().flat_map(|group| group.members).copied();
        assert_eq!(ours.chain(["preliminarautbetalningar", "utbetalningsuppgift"]).collect::<BTreeSet<_>>(), declared);
    }

    #[test]
    fn every_class_has_the_published_codes() {
        let Some(contracts) = Contracts::find() else { return };
        let declared = contracts.schema(&LEFI_QUESTION);
        for class in Class::ALL {
            let item = below(declared.root(), class.name()).and_then(|list| below(list, "item")).unwrap();
            let ours: Vec<_> = GROUPS.iter().filter(|group| class.has(group)).map(|group| group.code).collect();
            assert_eq!(ours, item.value.as_ref().unwrap().facets.enumeration, "{class:?}");
        }
    }

    fn nodes(node: &Node) -> impl Iterator<Item = &Node> {
        node.members.iter().filter_map(|particle| match particle {
            Particle::One(node, _) => Some(node.as_ref()),
            Particle::Sequence(..) | Particle::Any => None,
        })
    }

    fn below<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
        nodes(node).find(|node| node.name == name)
    }
}
