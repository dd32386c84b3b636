//! The adapters' catalogues against the published schemas: every element, in order, with its type and occurrence.
//!
//! The schemas are not part of the project. They are read from the folder that `SSBTX_CONTRACTS` names, else from `shared/contracts` beside the
//! checkout; where neither is there, the tests say that they did not run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, in its own functions too")]

mod schema;

use std::path::{Path, PathBuf};

use ssbtx_catalogue_source::{Catalogue, Kind, Scope};

use schema::Schema;

#[test]
fn arbetsformedlingens_catalogue_covers_its_published_answer() {
    covers(
        "arbetsformedlingen",
        "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd",
        "SvarMeddelande",
    );
}

#[test]
fn the_a_kassors_catalogue_covers_their_published_answer() {
    covers(
        "sveriges-a-kassor",
        "schemas/ubpservice/int014/UnemploymentBenefitPaymentService.xsd",
        "GetUnemploymentBenefitPaymentResponse",
    );
}

#[test]
fn migrationsverkets_catalogue_covers_its_published_answer() {
    covers(
        "migrationsverket",
        "se/migrationsverket/schema/ssbtek/_1/SSBTEKWebService_schema1.xsd",
        "findByPersonnummerResponse",
    );
}

#[test]
fn what_is_technical_is_a_container_or_the_asker_s_own_words_or_a_reference() {
    for adapter in ["arbetsformedlingen", "sveriges-a-kassor", "migrationsverket"] {
        let catalogue = catalogue(adapter);
        let technical: Vec<&str> = catalogue
            .elements
            .iter()
            .filter(|element| element.kind != Kind::Object && element.scope == Scope::Technical)
            .map(|element| element.path.as_str())
            .collect();
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("technical-{adapter}"), technical.join("\n"));
        });
    }
}

fn covers(adapter: &str, schema: &str, root: &str) {
    let Some(folder) = contracts() else {
        println!("did not run: no published schemas; name their folder in SSBTX_CONTRACTS");
        return;
    };
    let schema = Schema::load(&folder.join("ssbtek-v10").join(schema));
    let catalogue = catalogue(adapter);
    let ours: Vec<String> = catalogue.elements.iter().skip(1).map(schema::line_of).collect();
    assert_eq!(ours, schema.lines(root), "left: catalogue.toml of {adapter}, right: the published schema");
    let root_element = catalogue.elements.first().unwrap();
    assert_eq!((root_element.name.as_str(), root_element.namespace.as_str()), (root, schema.namespace.as_str()));
    for element in catalogue.elements.iter().skip(1) {
        assert_eq!(element.namespace, schema.namespace_below_root(), "{}", element.path);
    }
}

fn catalogue(adapter: &str) -> Catalogue {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(adapter).join("catalogue.toml");
    Catalogue::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn contracts() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts");
    let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from);
    folder.join("ssbtek-v10").is_dir().then_some(folder)
}
