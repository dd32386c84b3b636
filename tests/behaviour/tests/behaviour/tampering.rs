//! Whatever is not signed as it must be does not run: one broken repository per folder in `tests/repositories`.

#![allow(clippy::expect_used, reason = "a repository that is trusted when it should not be is best said in words")]

mod changes;
mod contents;
mod defect;
mod expiry;
mod files;
mod limits;
mod names;
mod persons;
mod rollback;
mod rotation;
mod signatures;
mod structure;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::pin::Pin;

use ssbtx_core::{AgencyId, Bilingual, Grant, Lifted, Sha256Digest, Tightened, TightenedEntry, Tightening};
use ssbtx_stage::components::workspace;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::ComponentKind;

use defect::Defect;
pub(crate) use defect::Ground;

/// A way to break a repository, by the folder that says why, shown on some ground.
pub(crate) type Shown = (&'static str, for<'g> fn(&'g mut Ground) -> Pin<Box<dyn Future<Output = ()> + 'g>>);

/// Every way to break a repository that is shown here, by the module that shows it.
pub(crate) const DEFECTS: [(&str, &[Shown]); 10] = [
    ("contents", contents::DEFECTS),
    ("expiry", expiry::DEFECTS),
    ("files", files::DEFECTS),
    ("limits", limits::DEFECTS),
    ("names", names::DEFECTS),
    ("persons", persons::DEFECTS),
    ("rollback", rollback::DEFECTS),
    ("rotation", rotation::DEFECTS),
    ("signatures", signatures::DEFECTS),
    ("structure", structure::DEFECTS),
];

const AF_ADAPTER: &str = "adapters/af/adapter.wasm";
const CSN_ADAPTER: &str = "adapters/csn/adapter.wasm";
const POLICY: &str = "policies/ekonomiskt-bistand/policy.wasm";
const SHADOW: &str = "shadow/ekonomiskt-bistand/policy.wasm";
const AF_GRANT: &str = "adapters/af/ekonomiskt-bistand.grant.json";
const TIGHTENING: &str = "tightening/withheld.json";
const LIFTED: &str = "policies/lifted.json";

fn targets() -> Vec<DemoTarget> {
    let lists = [
        DemoTarget::new(AF_GRANT, grant(AgencyId::AF, "ekonomiskt-bistand")),
        DemoTarget::new(TIGHTENING, Tightening::default().to_json()),
        DemoTarget::new(LIFTED, Lifted::default().to_json()),
    ];
    components().into_iter().chain(lists).collect()
}

/// The components of the sound repository, in the order of their names.
fn components() -> [DemoTarget; 4] {
    let names = [AF_ADAPTER, CSN_ADAPTER, POLICY, SHADOW];
    names.map(|name| DemoTarget::new(name, format!("the bytes of {name}")))
}

fn digests() -> [Sha256Digest; 4] {
    components().map(|target| Sha256Digest::of(&target.bytes))
}

/// A grant that lets nothing be opened: who signs it is what matters here.
fn grant(agency: AgencyId, role: &str) -> Vec<u8> {
    Grant::new(agency, role.parse().unwrap(), Vec::new(), Vec::new()).unwrap().to_json()
}

/// A list that withholds one agency.
fn withheld(id: &str) -> Vec<u8> {
    let entry = TightenedEntry {
        id: id.parse().unwrap(),
        since: "2026-11-22".parse().unwrap(),
        reason: Bilingual { sv: "Fel i uppgifterna".to_owned(), en: "Wrong data".to_owned() },
        what: Tightened::Agency(AgencyId::AF),
        roles: None,
    };
    Tightening::new(vec![entry]).unwrap().to_json()
}

/// A list that lifts what was withheld.
fn lifted(id: &str) -> Vec<u8> {
    Lifted::new(BTreeSet::from([id.parse().unwrap()])).unwrap().to_json()
}

fn folders() -> PathBuf {
    workspace().join("tests/repositories")
}

/// Asserts a refusal on its type, and shows what it was where it is another.
macro_rules! assert_refused {
    ($refusal:expr, $pattern:pat $(if $guard:expr)?) => {{
        let refusal = $refusal;
        assert!(matches!(&refusal, $pattern $(if $guard)?), "refused for another reason: {refusal:?}");
    }};
}
use assert_refused;

/// Lists what a module shows, and makes each of it a test of what a host's loader says by itself.
macro_rules! defects {
    ($($folder:literal => $shown:ident),* $(,)?) => {
        pub(crate) const DEFECTS: &[super::Shown] = &[$(($folder, |ground| Box::pin($shown(ground)))),*];

        mod by_itself {
            $(
                #[tokio::test]
                async fn $shown() {
                    super::$shown(&mut super::Ground::by_itself($folder)).await;
                }
            )*
        }
    };
}
use defects;

#[tokio::test]
async fn a_repository_in_order_is_trusted_with_all_its_components() {
    let set = Defect::none().trusted().await;
    let names: Vec<String> = set.components().map(|component| component.target().to_string()).collect();
    assert_eq!(names, [AF_ADAPTER, CSN_ADAPTER, POLICY, SHADOW]);
    assert_eq!(set.components().map(|component| component.digest()).collect::<Vec<_>>(), digests());
    assert_eq!(set.version(), 1);
    assert_eq!(set.adapters().count(), 2);
    for component in set.components() {
        assert_eq!(component.bytes(), format!("the bytes of {}", component.target()).as_bytes());
        assert_eq!(matches!(component.kind(), ComponentKind::Policy(_)), component.target().to_string() == POLICY);
    }
    assert_eq!(set.policies().map(|(_, policy)| policy.target().to_string()).collect::<Vec<_>>(), [POLICY]);
    assert_eq!(set.shadows().map(|(_, shadow)| shadow.target().to_string()).collect::<Vec<_>>(), [SHADOW]);
}

#[test]
fn every_folder_of_a_broken_repository_has_a_test() {
    // One is refused by what its policy opens, which takes a host to find out.
    let elsewhere = [crate::withholding::BEYOND_THE_GRANTS.to_owned()];
    let shown = DEFECTS.iter().flat_map(|(_, shown)| shown.iter().map(|(folder, _)| (*folder).to_owned()));
    let tested: BTreeSet<String> = shown.chain(elsewhere).collect();
    let on_disk: BTreeSet<String> =
        fs::read_dir(folders()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(on_disk, tested);
}
