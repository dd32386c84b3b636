//! What a next version of a repository brings, when it is signed as it must be.

use ssbtx_core::{AgencyId, Sha256Digest};
use ssbtx_stage::repository::{DemoTarget, FAR_AWAY};
use ssbtx_trust::ReviewMark;

use super::{AF_ADAPTER, AF_GRANT, Defect, LIFTED, POLICY, TIGHTENING, lifted, withheld};

#[tokio::test]
async fn a_changed_component_raises_the_version_of_the_set_and_is_taken() {
    let mut defect = Defect::none();
    defect.repository.replace(&DemoTarget::new(AF_ADAPTER, "a newer adapter")).unwrap();
    let set = defect.trusted().await;
    assert_eq!(set.version(), 2);
    assert_eq!(set.adapters().next().unwrap().1.bytes(), b"a newer adapter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repository_that_is_published_while_it_is_read_is_the_old_one_or_the_new() {
    let mut defect = Defect::none();
    let settings = defect.settings.clone();
    let publishing = tokio::task::spawn_blocking(move || {
        for version in 2..=20 {
            let adapter = format!("adapter of version {version}");
            defect.repository.replace(&DemoTarget::new(AF_ADAPTER, adapter)).unwrap();
        }
        defect
    });
    let mut last = 1;
    while last < 20 {
        let set = ssbtx_trust::load(&settings).await.expect("what is published is whole at any time");
        assert!((last..=20).contains(&set.version()));
        last = set.version();
        let adapter = set.adapters().next().unwrap().1.bytes();
        assert!(last == 1 || adapter == format!("adapter of version {last}").as_bytes());
    }
    publishing.await.unwrap();
}

#[tokio::test]
async fn a_component_that_is_listed_no_longer_is_gone() {
    let mut defect = Defect::none();
    defect.repository.remove(AF_ADAPTER).unwrap();
    let set = defect.trusted().await;
    assert_eq!(set.version(), 2);
    assert_eq!(set.adapters().map(|(agency, _)| agency).collect::<Vec<_>>(), [AgencyId::CSN]);
}

#[tokio::test]
async fn a_renewed_timestamp_leaves_the_version_of_the_set() {
    let mut defect = Defect::none();
    defect.repository.renew_timestamp().unwrap();
    let set = defect.trusted().await;
    assert_eq!((set.version(), set.versions().timestamp), (1, 2));
}

#[tokio::test]
async fn a_grant_is_read_with_the_digest_of_its_file() {
    let set = Defect::none().trusted().await;
    let grant = set.grants().next().unwrap();
    assert_eq!((grant.agency(), grant.role().as_str()), (AgencyId::AF, "ekonomiskt-bistand"));
    assert_eq!(grant.digest(), Sha256Digest::of(&grant.grant().to_json()));
}

#[tokio::test]
async fn pensionsmyndigheten_grants_though_it_has_no_adapter() {
    let mut defect = Defect::none();
    let grant = super::grant(AgencyId::PM, "ekonomiskt-bistand");
    defect.repository.replace(&DemoTarget::new("adapters/pm/ekonomiskt-bistand.grant.json", grant)).unwrap();
    let set = defect.trusted().await;
    assert_eq!(set.grants().map(|grant| grant.agency()).collect::<Vec<_>>(), [AgencyId::AF, AgencyId::PM]);
}

#[tokio::test]
async fn what_one_person_withholds_and_governance_lifts_is_read() {
    let mut defect = Defect::none();
    let (withheld, id) = (withheld("2026-11-22-af"), "2026-11-22-af".parse().unwrap());
    let lists = [DemoTarget::new(TIGHTENING, withheld.clone()), DemoTarget::new(LIFTED, lifted("2026-11-22-af"))];
    defect.repository.replace_all(&lists).unwrap();
    let set = defect.trusted().await;
    let tightening = set.tightening().unwrap();
    assert_eq!(tightening.list().entries()[0].id, id);
    assert_eq!(tightening.digest(), Sha256Digest::of(&withheld));
    assert!(set.lifted().unwrap().list().holds(&id));
}

#[tokio::test]
async fn a_repository_needs_neither_grants_nor_lists() {
    let mut defect = Defect::none();
    for name in [AF_GRANT, TIGHTENING, LIFTED] {
        defect.repository.remove(name).unwrap();
    }
    let set = defect.trusted().await;
    assert!(set.grants().next().is_none() && set.tightening().is_none() && set.lifted().is_none());
}

#[tokio::test]
async fn a_policy_carries_the_review_that_it_was_signed_with() {
    let mut defect = Defect::none();
    let (review, previous) = (Sha256Digest::of(b"review"), Sha256Digest::of(b"previous"));
    let policy = DemoTarget::new(POLICY, "another policy");
    defect.repository.replace(&policy.reviewed(&review.to_string(), Some(&previous.to_string()))).unwrap();
    let set = defect.trusted().await;
    let mark = set.review_of(&"ekonomiskt-bistand".parse().unwrap());
    assert_eq!(mark, Some(ReviewMark { review, previous: Some(previous) }));
    assert_eq!(set.review_of(&"arbetsmarknad".parse().unwrap()), None);
}

#[tokio::test]
async fn every_role_is_told_with_its_version_and_its_end() {
    let mut defect = Defect::none();
    defect.repository.document_mut("csn").unwrap().set("expires", "2099-01-01T00:00:00Z");
    defect.repository.publish_next(&["csn"]).unwrap();
    let set = defect.trusted().await;
    let roles: Vec<_> = set.roles().iter().map(|role| (role.name.as_str(), role.version)).collect();
    let (own, delegations) = roles.split_at(4);
    assert_eq!(own, [("root", 1), ("timestamp", 2), ("snapshot", 2), ("targets", 1)]);
    let names = ["af", "csn", "fk", "governance", "miv", "pm", "shadow", "skv", "so", "tightening", "tns"];
    assert_eq!(delegations, names.map(|name| (name, if name == "csn" { 2 } else { 1 })));
    let ends = |name: &str| set.roles().iter().find(|role| role.name == name).unwrap().expires.to_string();
    assert_eq!((ends("csn").as_str(), ends("root").as_str()), ("2099-01-01T00:00:00Z", FAR_AWAY));
    assert_eq!(set.expires().to_string(), "2099-01-01T00:00:00Z");
}
