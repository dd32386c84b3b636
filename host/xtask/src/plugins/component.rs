//! A compiled module as a component with its cases in it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ssbtx_cases::{Cases, adapter_cases, cases_of, with_cases};
use ssbtx_policy_source::{Folder, carried_cases};
use wit_component::ComponentEncoder;

use super::Kind;

/// The cases that a crate's component carries: those of `cases.toml` in a policy's folder, those under `cases/` in an adapter's.
///
/// A test's guest carries none: what it does wrong is not to be found out by its own cases.
pub fn cases(kind: Kind, folder: &Path) -> Result<Cases> {
    match kind {
        Kind::Policy => {
            let json = carried_cases(&Folder::new(folder)).context("read the policy's cases")?;
            Cases::parse(json.as_bytes()).context("take the policy's cases")
        }
        Kind::Adapter if folder.join(CASES).is_dir() => {
            adapter_cases(&folder.join(CASES)).context("read the adapter's cases")
        }
        Kind::Adapter | Kind::Guest => Ok(Cases::none()),
    }
}

/// Writes a module as a component with these cases, unless the component there is newer and carries them.
pub fn write(module: &Path, cases: &Cases, component: &Path) -> Result<()> {
    if is_newer(component, module) && carries(component, cases) {
        return Ok(());
    }
    let bytes = fs::read(module).with_context(|| format!("read `{}`", module.display()))?;
    let encoded = ComponentEncoder::default().validate(true).module(&bytes)?.encode()?;
    let packed = with_cases(&encoded, cases).context("put the cases in")?;
    let folder = component.parent().context("a component's target names a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("make folder `{}`", folder.display()))?;
    fs::write(component, packed).with_context(|| format!("write `{}`", component.display()))
}

fn is_newer(component: &Path, module: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified(component).is_some_and(|made| modified(module).is_some_and(|compiled| compiled <= made))
}

fn carries(component: &Path, cases: &Cases) -> bool {
    let carried = fs::read(component).ok().and_then(|bytes| cases_of(&bytes).ok());
    carried.is_some_and(|carried| carried.as_json() == cases.as_json())
}

const CASES: &str = "cases";

#[cfg(test)]
mod tests {
    use super::*;

    fn policy_cases(promise: &str) -> Cases {
        let json = format!(
            r#"{{"kind":"ssbtx-cases","version":1,"policy":[{{"promise":"{promise}","agency":"AF","purpose":"a","relation":"subject","consents":[],"protectedIdentity":false,"askedOn":"2026-01-01","elements":["a"],"expected":{{"disclose":"b"}}}}]}}"#
        );
        Cases::parse(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_component_is_written_anew_when_its_cases_changed_and_left_alone_when_nothing_did() {
        let folder = tempfile::tempdir().unwrap();
        let (module, component) = (folder.path().join("module.wasm"), folder.path().join("a/component.wasm"));
        fs::write(&module, b"\0asm\x01\0\0\0").unwrap();
        write(&module, &Cases::none(), &component).unwrap();
        assert!(cases_of(&fs::read(&component).unwrap()).unwrap().is_empty());

        write(&module, &policy_cases("one"), &component).unwrap();
        let one = fs::read(&component).unwrap();
        assert_eq!(cases_of(&one).unwrap().as_json(), policy_cases("one").as_json());

        // Something that only writing it anew would take away: an empty custom section `x`.
        let marked = [one.as_slice(), &[0, 2, 1, b'x']].concat();
        fs::write(&component, &marked).unwrap();
        write(&module, &policy_cases("one"), &component).unwrap();
        assert_eq!(fs::read(&component).unwrap(), marked);

        write(&module, &policy_cases("two"), &component).unwrap();
        write(&module, &policy_cases("one"), &component).unwrap();
        assert_eq!(fs::read(&component).unwrap(), one, "the same module and cases give the same bytes");
    }

    #[test]
    fn every_policy_and_adapter_of_this_repository_has_cases_and_a_guest_of_the_tests_has_none() {
        let at = |path: &str| crate::run::workspace().join(path);
        assert!(!cases(Kind::Policy, &at("policies/arbetsmarknad")).unwrap().is_empty());
        assert!(!cases(Kind::Adapter, &at("plugins/migrationsverket")).unwrap().is_empty());
        assert!(cases(Kind::Guest, &at("plugins/migrationsverket")).unwrap().is_empty());
    }
}
