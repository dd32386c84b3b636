//! What is withheld at once, by which lists.

use std::sync::Arc;

use ssbtx_core::{
    Grant, InvalidTightening, Lifted, Restrictions, Sha256Digest, TightenedEntry, Tightening, TighteningId,
};
use ssbtx_trust::TrustedSet;

/// What is withheld at once: a list of entries, less those that another list has lifted. Records name both by their digests.
///
/// Cloning is cheap: the lists are shared.
#[derive(Debug, Clone, Default)]
pub struct Withholding {
    tightening: Option<NamedList<Tightening>>,
    lifted: Option<NamedList<Lifted>>,
}

/// A list, and the digest by which records name it.
#[derive(Debug, Clone)]
pub struct NamedList<L> {
    digest: Sha256Digest,
    list: Arc<L>,
}

impl Withholding {
    /// What a set withholds.
    pub fn of(trusted: &TrustedSet) -> Self {
        Self {
            tightening: trusted.tightening().map(|file| NamedList::new(file.digest(), file.list().clone())),
            lifted: trusted.lifted().map(|file| NamedList::new(file.digest(), file.list().clone())),
        }
    }

    /// What two lists withhold that a host has remembered under these digests.
    pub fn remembered(tightening: Option<NamedList<Tightening>>, lifted: Option<NamedList<Lifted>>) -> Self {
        Self { tightening, lifted }
    }

    /// The list of what is withheld, where there is one.
    pub fn tightening(&self) -> Option<&NamedList<Tightening>> {
        self.tightening.as_ref()
    }

    /// The list of what is withheld no longer, where there is one.
    pub fn lifted(&self) -> Option<&NamedList<Lifted>> {
        self.lifted.as_ref()
    }

    /// What is listed and not lifted, in the order of ids.
    pub fn in_force(&self) -> impl Iterator<Item = &TightenedEntry> {
        let entries = self.tightening.iter().flat_map(|list| list.list().entries());
        entries.filter(|entry| !self.has_lifted(&entry.id))
    }

    /// Whether an entry is in force here too: of the same id, and withholding the same from the same roles.
    pub fn withholds(&self, entry: &TightenedEntry) -> bool {
        let is_same = |one: &TightenedEntry| one.id == entry.id && one.what == entry.what && one.roles == entry.roles;
        self.in_force().any(is_same)
    }

    /// The first entry in force here that in the other is neither listed as it is here nor lifted.
    pub fn loosened_by<'s>(&'s self, other: &Self) -> Option<&'s TighteningId> {
        let loosened = |entry: &&TightenedEntry| !other.withholds(entry) && !other.has_lifted(&entry.id);
        self.in_force().find(loosened).map(|entry| &entry.id)
    }

    /// What is in force in either of the two, and nothing else; what only the other has lifted stays.
    ///
    /// A record names one list of each kind, and whoever replays it looks for them among the signed files. So it is the other's list, with the
    /// other's or these liftings, wherever that comes to the same. It does unless the other has taken an entry off its list in the same breath as it
    /// lifted it, or lists what was lifted before it ever held here: then the host makes a list of its own.
    pub(super) fn with(&self, other: &Self) -> Result<Self, InvalidTightening> {
        let theirs_with_ours = Self { tightening: other.tightening.clone(), lifted: self.lifted.clone() };
        for candidate in [self, other, &theirs_with_ours] {
            let adds_nothing = || candidate.in_force().all(|entry| self.withholds(entry) || other.withholds(entry));
            if candidate.covers(self) && candidate.covers(other) && adds_nothing() {
                return Ok(candidate.clone());
            }
        }
        let more = other.in_force().filter(|entry| !self.withholds(entry));
        let made = Tightening::new(self.in_force().chain(more).cloned().collect())?;
        let digest = Sha256Digest::of(&made.to_json());
        Ok(Self { tightening: Some(NamedList::new(digest, made)), lifted: None })
    }

    /// What bounds a policy that is granted this.
    pub(super) fn restrictions(&self, grants: impl IntoIterator<Item = Arc<Grant>>) -> Restrictions {
        let (none, nothing) = (Tightening::default(), Lifted::default());
        let list = self.tightening.as_ref().map_or(&none, NamedList::list);
        let lifted = self.lifted.as_ref().map_or(&nothing, NamedList::list);
        Restrictions::new(grants, list, lifted)
    }

    /// Whether everything that is in force in the other is in force here.
    pub fn covers(&self, other: &Self) -> bool {
        other.in_force().all(|entry| self.withholds(entry))
    }

    fn has_lifted(&self, id: &TighteningId) -> bool {
        self.lifted.as_ref().is_some_and(|lifted| lifted.list().holds(id))
    }
}

impl<L> NamedList<L> {
    /// A list under the digest of the file that it was read from.
    pub fn new(digest: Sha256Digest, list: L) -> Self {
        Self { digest, list: Arc::new(list) }
    }

    /// The digest of the file.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// What it lists.
    pub fn list(&self) -> &L {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ssbtx_core::{AgencyId, Bilingual, Role, Tightened};

    use super::*;

    /// Each id withholds something of its own.
    fn entry(id: &str) -> TightenedEntry {
        TightenedEntry {
            id: id.parse().unwrap(),
            since: "2026-11-22".parse().unwrap(),
            reason: Bilingual { sv: "Fel i svaren.".to_owned(), en: "Faulty answers.".to_owned() },
            what: Tightened::Element(AgencyId::AF, id.to_owned()),
            roles: None,
        }
    }

    fn listing(entries: Vec<TightenedEntry>, lifted: &[&str]) -> Withholding {
        let list = Tightening::new(entries).unwrap();
        let lifted: BTreeSet<TighteningId> = lifted.iter().map(|id| id.parse().unwrap()).collect();
        let lifted = Lifted::new(lifted).unwrap();
        let (of_list, of_lifted) = (Sha256Digest::of(&list.to_json()), Sha256Digest::of(&lifted.to_json()));
        Withholding::remembered(Some(NamedList::new(of_list, list)), Some(NamedList::new(of_lifted, lifted)))
    }

    fn of(listed: &[&str], lifted: &[&str]) -> Withholding {
        listing(listed.iter().map(|id| entry(id)).collect(), lifted)
    }

    fn ids(withholding: &Withholding) -> Vec<&str> {
        withholding.in_force().map(|entry| entry.id.as_str()).collect()
    }

    fn names(withholding: &Withholding) -> [Option<Sha256Digest>; 2] {
        [withholding.tightening().map(NamedList::digest), withholding.lifted().map(NamedList::digest)]
    }

    #[test]
    fn a_list_that_has_grown_is_named_with_its_own_liftings() {
        let (active, refused) = (of(&["a", "old"], &["old"]), of(&["a", "b", "old"], &["old", "older"]));
        let both = active.with(&refused).unwrap();
        assert_eq!((ids(&both), names(&both)), (vec!["a", "b"], names(&refused)));
    }

    #[test]
    fn what_only_the_other_has_lifted_stays_and_is_named_by_its_list_and_our_liftings() {
        let (active, refused) = (of(&["a"], &[]), of(&["a", "b"], &["a"]));
        let both = active.with(&refused).unwrap();
        assert_eq!(ids(&both), ["a", "b"]);
        assert_eq!(names(&both), [names(&refused)[0], names(&active)[1]]);
    }

    #[test]
    fn what_the_other_has_lifted_and_taken_off_its_list_stays_under_a_name_of_its_own() {
        let (active, refused) = (of(&["a"], &[]), of(&["b"], &["a"]));
        let both = active.with(&refused).unwrap();
        assert_eq!(ids(&both), ["a", "b"]);
        let made = Tightening::new(vec![entry("a"), entry("b")]).unwrap().to_json();
        assert_eq!(names(&both), [Some(Sha256Digest::of(&made)), None]);
    }

    #[test]
    fn what_was_lifted_before_it_ever_held_here_is_not_withheld() {
        let (active, refused) = (of(&["a"], &[]), of(&["a", "b", "gone"], &["a", "gone"]));
        assert_eq!(ids(&active.with(&refused).unwrap()), ["a", "b"]);
    }

    #[test]
    fn a_list_that_withholds_nothing_more_changes_nothing() {
        let active = of(&["a", "b"], &[]);
        for other in [of(&["a"], &[]), of(&["a", "b"], &["b"]), of(&[], &["a"]), Withholding::default()] {
            assert_eq!(names(&active.with(&other).unwrap()), names(&active));
        }
    }

    #[test]
    fn whatever_two_lists_say_both_hold_afterwards_and_nothing_else() {
        // Of three ids, each is absent, listed, listed and lifted, or lifted only; in either of the two.
        let all = ["a", "b", "c"];
        let every = || (0..64_u32).map(|number| all.map(|id| (id, number >> (2 * (id.as_bytes()[0] - b'a')) & 3)));
        let made = |states: [(&'static str, u32); 3]| {
            let with = |bit: u32| -> Vec<&str> {
                states.iter().filter(|(_, state)| state & bit != 0).map(|(id, _)| *id).collect()
            };
            of(&with(1), &with(2))
        };
        for (one, other) in every().flat_map(|one| every().map(move |other| (one, other))) {
            let (one, other) = (made(one), made(other));
            let expected: BTreeSet<&str> = ids(&one).into_iter().chain(ids(&other)).collect();
            let both = one.with(&other).unwrap();
            assert_eq!(ids(&both), expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_entry_that_is_gone_or_withholds_less_is_loosened_unless_it_is_lifted() {
        let active = of(&["a", "b"], &["b"]);
        let loosened = |other: &Withholding| active.loosened_by(other).map(ToString::to_string);
        let role: Role = "arbetsmarknad".parse().unwrap();
        let for_one_role = TightenedEntry { roles: Some([role].into()), ..entry("a") };
        assert_eq!(loosened(&of(&["a"], &[])), None);
        assert_eq!(loosened(&of(&[], &["a"])), None);
        assert_eq!(loosened(&of(&["b"], &[])), Some("a".to_owned()));
        assert_eq!(loosened(&listing(vec![for_one_role], &[])), Some("a".to_owned()));
        assert_eq!(loosened(&Withholding::default()), Some("a".to_owned()));
    }
}
