//! How a cell differs.

use crate::cell::{Cell, Effect, Outcome};

/// A cell before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In a word.
    pub kind: ChangeKind,
    /// As the old policy has it.
    pub before: Cell,
    /// As the new one has it.
    pub after: Cell,
}

/// In which way a cell differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was closed, and a basis in force opens it.
    Opened,
    /// A basis in force opened it, and it is closed.
    Closed,
    /// It rests on another basis than before.
    BasisChanged,
    /// It is closed as before, for another reason.
    ReasonChanged,
    /// It rests on a basis that is not established in law, and did not before.
    NewlyPending,
    /// It rested on a basis that is not established in law, and does not now.
    NoLongerPending,
    /// The word on it is the same, and it is disclosed where it was not, because of something beside it.
    OpenedAlong,
    /// The word on it is the same, and it is not disclosed where it was, because of something beside it.
    ClosedAlong,
}

impl Change {
    /// What differs between two cells; nothing where nobody could tell them apart, such as something closed where there was no policy before.
    pub fn between(before: &Cell, after: &Cell) -> Option<Self> {
        let kind = match (&before.outcome, &after.outcome) {
            (old, new) if old == new || matches!((old, new), (Outcome::NoPolicy, Outcome::Technical)) => {
                along(before.effect, after.effect)?
            }
            (Outcome::Open(_), Outcome::Open(_)) | (Outcome::Pending(_), Outcome::Pending(_)) => {
                ChangeKind::BasisChanged
            }
            (Outcome::Pending(_), _) => ChangeKind::NoLongerPending,
            (_, Outcome::Pending(_)) => ChangeKind::NewlyPending,
            (_, Outcome::Open(_)) => ChangeKind::Opened,
            (Outcome::Open(_), _) => ChangeKind::Closed,
            (Outcome::NoPolicy, _) => return None,
            (_, _) => ChangeKind::ReasonChanged,
        };
        Some(Self { kind, before: before.clone(), after: after.clone() })
    }
}

fn along(before: Effect, after: Effect) -> Option<ChangeKind> {
    match (before, after) {
        (Effect::NotDisclosed, Effect::IfAccepted | Effect::Disclosed) | (Effect::IfAccepted, Effect::Disclosed) => {
            Some(ChangeKind::OpenedAlong)
        }
        (Effect::Disclosed, Effect::IfAccepted | Effect::NotDisclosed) | (Effect::IfAccepted, Effect::NotDisclosed) => {
            Some(ChangeKind::ClosedAlong)
        }
        (Effect::NotDisclosed, Effect::NotDisclosed)
        | (Effect::IfAccepted, Effect::IfAccepted)
        | (Effect::Disclosed, Effect::Disclosed) => None,
    }
}

impl ChangeKind {
    /// Every kind, in the order in which a reader should meet them.
    pub const ALL: [Self; 8] = [
        Self::Opened,
        Self::NewlyPending,
        Self::OpenedAlong,
        Self::Closed,
        Self::ClosedAlong,
        Self::NoLongerPending,
        Self::BasisChanged,
        Self::ReasonChanged,
    ];

    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::BasisChanged => "basis-changed",
            Self::ReasonChanged => "reason-changed",
            Self::NewlyPending => "newly-pending",
            Self::NoLongerPending => "no-longer-pending",
            Self::OpenedAlong => "opened-along",
            Self::ClosedAlong => "closed-along",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ssbtx_core::WithholdReason;

    use super::*;
    use crate::cell::Citation;

    fn citation(id: &str) -> Arc<Citation> {
        let text = || id.to_owned();
        let (provision, item) = (text(), None);
        Arc::new(Citation { id: text(), act: text(), provision, item, title: text(), title_en: text() })
    }

    fn label(before: Outcome, after: Outcome) -> Option<&'static str> {
        let cell = |outcome| Cell { outcome, effect: Effect::NotDisclosed };
        Change::between(&cell(before), &cell(after)).map(|change| change.kind.label())
    }

    #[test]
    fn every_pair_of_words_that_differ_is_a_change_of_its_kind() {
        use Outcome::{NoPolicy, NotInForce, Open, Pending, Technical, UnknownAgency, Withheld};
        let (a, b) = (citation("a"), citation("b"));
        let closed = || Withheld(WithholdReason::NotNeeded);
        for (before, after, kind) in [
            (closed(), Open(a.clone()), Some("opened")),
            (NotInForce(a.clone()), Open(a.clone()), Some("opened")),
            (UnknownAgency, Open(a.clone()), Some("opened")),
            (NoPolicy, Open(a.clone()), Some("opened")),
            (Open(a.clone()), closed(), Some("closed")),
            (Open(a.clone()), NotInForce(a.clone()), Some("closed")),
            (Open(a.clone()), UnknownAgency, Some("closed")),
            (Open(a.clone()), Open(b.clone()), Some("basis-changed")),
            (Pending(a.clone()), Pending(b.clone()), Some("basis-changed")),
            (closed(), Withheld(WithholdReason::NoLegalBasis), Some("reason-changed")),
            (closed(), NotInForce(a.clone()), Some("reason-changed")),
            (closed(), Pending(a.clone()), Some("newly-pending")),
            (Open(a.clone()), Pending(a.clone()), Some("newly-pending")),
            (NoPolicy, Pending(a.clone()), Some("newly-pending")),
            (Pending(a.clone()), Open(a.clone()), Some("no-longer-pending")),
            (Pending(a.clone()), closed(), Some("no-longer-pending")),
            (NoPolicy, closed(), None),
            (NoPolicy, Technical, None),
            (Open(a.clone()), Open(a.clone()), None),
            (closed(), closed(), None),
        ] {
            let shown = format!("{before:?} → {after:?}");
            assert_eq!(label(before, after), kind, "{shown}");
        }
    }

    #[test]
    fn what_is_disclosed_only_because_of_its_neighbours_is_a_change() {
        let open = |effect| Cell { outcome: Outcome::Open(citation("a")), effect };
        let kind = |before, after| Change::between(&open(before), &open(after)).map(|change| change.kind);
        assert_eq!(kind(Effect::NotDisclosed, Effect::IfAccepted), Some(ChangeKind::OpenedAlong));
        assert_eq!(kind(Effect::Disclosed, Effect::IfAccepted), Some(ChangeKind::ClosedAlong));
        assert_eq!(kind(Effect::IfAccepted, Effect::IfAccepted), None);
    }
}
