//! A repository is made by all who sign for it.

use super::specimens::{Somebody, Stage};
use crate::{
    InvalidDelegation, InvalidFounding, InvalidHolders, InvalidRotation, NotPublished, OfflineRole, Repository, Status,
};

#[tokio::test]
async fn a_new_repository_is_taken_by_a_host_that_is_given_its_first_root() {
    let stage = Stage::new();
    let mut change = stage.founding().draft(&stage.path("founding"), &stage.terms()).unwrap();
    stage.sign_founding(&mut change);
    let published = stage.publish(&change).await.unwrap();
    let set = stage.loaded().await.unwrap();
    assert_eq!((set.version(), set.components().count()), (1, 0));
    assert_eq!(published.first_root, std::fs::read(stage.repository().join("metadata/1.root.json")).unwrap());
    assert!(published.files.contains(&"1.governance.json".to_owned()), "{:?}", published.files);
}

#[tokio::test]
async fn a_repository_that_an_agency_has_not_signed_is_not_made() {
    let stage = Stage::new();
    let mut change = stage.founding().draft(&stage.path("founding"), &stage.terms()).unwrap();
    for signer in [&stage.officers[0], &stage.officers[1], &stage.governance[0], &stage.governance[1]] {
        change.sign_all(signer).unwrap();
    }
    let refused = stage.publish(&change).await.unwrap_err();
    insta::assert_snapshot!(refused, @"role `af` is signed by 0 of 1 persons; not yet by Anders Förmedlare");
    assert!(!stage.repository().join("metadata").exists());
}

#[tokio::test]
async fn a_repository_is_not_made_twice() {
    let stage = Stage::founded().await;
    let mut change = stage.founding().draft(&stage.path("again"), &stage.terms()).unwrap();
    stage.sign_founding(&mut change);
    assert!(matches!(stage.publish(&change).await, Err(NotPublished::Exists(_))));
}

#[test]
fn one_person_cannot_be_two_officers_nor_a_machine_one() {
    let mut stage = Stage::new();
    stage.officers[1] = Somebody::called(" olle ROOT");
    let refused = stage.founding().draft(&stage.path("twice"), &stage.terms()).unwrap_err();
    let InvalidFounding::Own(InvalidRotation::Holders(InvalidHolders::SamePerson { .. })) = refused else {
        panic!("{refused}")
    };
    stage.officers[1] = Somebody::machine();
    let refused = stage.founding().draft(&stage.path("machine"), &stage.terms()).unwrap_err();
    let InvalidFounding::Own(InvalidRotation::Holders(InvalidHolders::NoPerson { .. })) = refused else {
        panic!("{refused}")
    };
}

#[test]
fn an_agency_shares_no_key_with_governance() {
    let mut stage = Stage::new();
    stage.af = Somebody::called("Anders Förmedlare");
    let mut founding = stage.founding();
    founding.governance.keys.push(stage.af.public.clone());
    let refused = founding.draft(&stage.path("shared"), &stage.terms()).unwrap_err();
    assert!(matches!(refused, InvalidFounding::Delegation(InvalidDelegation::SharedKey { .. })), "{refused}");
}

#[tokio::test]
async fn the_status_tells_who_signs_what_and_what_is_due() {
    let stage = Stage::founded().await;
    let repository = Repository::open(&stage.repository()).unwrap();
    let status = Status::of(&repository, stage.now).unwrap();
    let names: Vec<&str> = status.roles.iter().map(|role| role.role.as_str()).collect();
    assert_eq!(names, ["root", "targets", "governance", "shadow", "tightening", "af", "snapshot", "timestamp"]);
    let governance = &status.roles[2];
    assert_eq!((governance.threshold, governance.may_sign.len(), governance.days_left), (2, 3, 180));
    assert_eq!(governance.may_sign[2].person.as_deref(), Some("Åsa Exempel"));
    assert_eq!(status.next, [], "nothing is due on the first day");

    let stage = stage.days_later(160);
    let status = Status::of(&repository, stage.now).unwrap();
    let due: Vec<(&str, i64)> = status.next.iter().map(|duty| (duty.role.as_str(), duty.days_left)).collect();
    assert_eq!(due[..2], [("timestamp", -159), ("snapshot", -153)]);
    assert!(due.contains(&("governance", 20)) && !due.iter().any(|(role, _)| *role == "root"), "{due:?}");
    assert!("governance".parse::<OfflineRole>().is_ok());
}
