//! What LEFI can be asked for, and which datasets that fills: the one table of both.

use super::wanted::Wanted;

/// A kind of information that LEFI is asked for by naming it in a member of the question.
///
/// # Source
///
/// LEFI version 9, `LefiExternFormansinformationFraga`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Information {
    /// The member that names it.
    pub(crate) member: Member,
    /// The code of its benefit group or type, such as `FK:SJP`.
    pub(crate) code: &'static str,
    /// The datasets that its answer may lie in.
    pub(crate) fills: &'static [&'static str],
    /// Datasets of which one must be wanted too, where a payment would tell of a benefit that is not.
    needs: Option<&'static [&'static str]>,
}

/// A member of the question that lists what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// Försäkringskassan's benefits.
    Formansinformation,
    /// Claims at Pensionsmyndigheten.
    Ansprak,
    /// Decisions of Pensionsmyndigheten.
    Beslut,
    /// Payments to come, of both agencies.
    PreliminaraUtbetalningar,
    /// Payments made, of both agencies.
    Utbetalningar,
    /// Other information, of both agencies.
    OvrigInformation,
}

/// An agency whose data LEFI gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Discloser {
    /// Försäkringskassan.
    Forsakringskassan,
    /// Pensionsmyndigheten.
    Pensionsmyndigheten,
}

impl Information {
    /// Everything that LEFI version 9 can be asked for, in the order of the question's members and of the published codes.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        benefits()
            .chain(of_pensionsmyndigheten(Member::Ansprak, &["pm-ansprak"]))
            .chain(of_pensionsmyndigheten(Member::Beslut, &["pm-beslut"]))
            .chain(payments(Member::PreliminaraUtbetalningar, &["preliminara-utbetalningar"]))
            .chain(of_pensionsmyndigheten(Member::PreliminaraUtbetalningar, &["pm-preliminara-utbetalningar"]))
            .chain(payments(Member::Utbetalningar, &["utbetalningar"]))
            .chain(of_pensionsmyndigheten(Member::Utbetalningar, &["pm-utbetalningar"]))
            .chain(other())
    }

    /// Whether it may be asked for where these datasets are wanted.
    pub(crate) fn is_wanted(&self, wanted: &Wanted<'_>) -> bool {
        wanted.contains_any(self.fills) && self.needs.is_none_or(|needs| wanted.contains_any(needs))
    }

    /// Whose data it is: every code begins with its agency's.
    pub(crate) fn discloser(&self) -> Discloser {
        if self.code.starts_with("PM:") { Discloser::Pensionsmyndigheten } else { Discloser::Forsakringskassan }
    }
}

impl Member {
    /// Every member, in the order of the published question.
    pub(crate) const ALL: [Self; 6] = [
        Self::Formansinformation,
        Self::Ansprak,
        Self::Beslut,
        Self::PreliminaraUtbetalningar,
        Self::Utbetalningar,
        Self::OvrigInformation,
    ];

    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Formansinformation => "formansinformation",
            Self::Ansprak => "ansprak",
            Self::Beslut => "beslut",
            Self::PreliminaraUtbetalningar => "preliminaraUtbetalningar",
            Self::Utbetalningar => "utbetalningar",
            Self::OvrigInformation => "ovrigInformation",
        }
    }
}

impl Discloser {
    /// Both, in the order in which they are told of.
    pub(crate) const ALL: [Self; 2] = [Self::Forsakringskassan, Self::Pensionsmyndigheten];

    /// Its id, in LEFI and in the catalogue.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Forsakringskassan => "FK",
            Self::Pensionsmyndigheten => "PM",
        }
    }

    /// Its name, for those who read a message.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Forsakringskassan => "Försäkringskassan",
            Self::Pensionsmyndigheten => "Pensionsmyndigheten",
        }
    }
}

fn benefits() -> impl Iterator<Item = Information> {
    FK_GROUPS.iter().map(|(code, own)| Information {
        member: Member::Formansinformation,
        code,
        fills: own,
        needs: None,
    })
}

/// Payments of a benefit are asked for only where the benefit itself is wanted: a payment tells that there is one.
fn payments(member: Member, fills: &'static [&'static str]) -> impl Iterator<Item = Information> {
    FK_GROUPS.iter().map(move |(code, own)| Information { member, code, fills, needs: Some(own) })
}

fn of_pensionsmyndigheten(member: Member, fills: &'static [&'static str]) -> impl Iterator<Item = Information> {
    PM_GROUPS.iter().map(move |code| Information { member, code, fills, needs: None })
}

fn other() -> impl Iterator<Item = Information> {
    OTHER.iter().map(|(code, fills)| Information { member: Member::OvrigInformation, code, fills, needs: None })
}

/// Försäkringskassan's benefit groups, each with its datasets.
///
/// LEFI does not say which members of its answer belong to which group. Most have the group's name. Where two groups could give the same, as with
/// pension, both are asked for: what is not wanted is taken away again, and what is not asked for is missed.
const FK_GROUPS: [(&str, &[&str]); 27] = [
    ("FK:ABB", &["barnbidrag"]),
    ("FK:AP", &["allman-pension", "efterlevandepension", "intjanande-och-levnadsintyg"]),
    ("FK:AS", &["aktivitetsstod"]),
    ("FK:BOB", &["bostadsbidrag"]),
    ("FK:BST", &["bostadstillagg"]),
    ("FK:BTI", &["bostadstillagg"]),
    ("FK:DPE", &["dagpenning-totalforsvarspliktiga"]),
    ("FK:EJO", &["intjanande-och-levnadsintyg"]),
    ("FK:ET", &["efterlevandepension"]),
    ("FK:FP", &["foraldrapenning"]),
    ("FK:FSJP", &["forebyggande-sjukpenning"]),
    ("FK:GP", &["graviditetspenning"]),
    ("FK:HE", &["handikappersattning"]),
    ("FK:MABB", &["eget-barnbidrag"]),
    ("FK:MEK", &["merkostnadsersattning"]),
    ("FK:NP", &["narstaendepenning"]),
    ("FK:OMV", &["omvardnadsbidrag"]),
    ("FK:PJOB", &["programjobbdagar"]),
    ("FK:PROG", &["programersattning"]),
    ("FK:RBE", &["rehabiliteringsersattning"]),
    ("FK:SA", &["sjuk-och-aktivitetsersattning"]),
    ("FK:SBP", &["smittbararersattning"]),
    ("FK:SJP", &["sjukpenning"]),
    ("FK:TFP", &["tillfallig-foraldrapenning"]),
    ("FK:US", &["underhallsstod"]),
    ("FK:VB", &["vardbidrag"]),
    ("FK:YL", &["yrkesskadelivranta"]),
];

/// Pensionsmyndigheten's benefit groups.
const PM_GROUPS: [&str; 3] = ["PM:AP", "PM:BTI", "PM:EF"];

/// Types of other information, each with its datasets.
const OTHER: [(&str, &[&str]); 8] = [
    (
        "FK:GEPI",
        &[
            "identitet",
            "skyddad-identitet",
            "adress",
            "civilstand",
            "arbetsstallen",
            "barn",
            "samhoriga",
            "medborgarskap",
        ],
    ),
    ("FK:PANV", &["programanvisning"]),
    ("FK:SGI", &["sjukpenninggrundande-inkomst"]),
    ("FK:SKUP", &["skatteuppgift"]),
    ("FK:STAV", &["studiemedelsavisering"]),
    ("PM:LINT", &["pm-levnadsintyg"]),
    ("PM:PBH", &["pm-pensionsbehallning"]),
    ("PM:PU", &["pm-pensionsunderlag"]),
];
