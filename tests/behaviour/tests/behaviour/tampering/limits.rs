//! How much is read before anything is believed.

use std::fs;

use ssbtx_core::{AgencyId, Tightening};
use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::NotTrusted;

use super::{AF_GRANT, Ground, POLICY, TIGHTENING, assert_refused, defects, grant};

defects! {
    "metadata-too-large" => a_metadata_file_over_the_limit_is_refused,
    "too-many-metadata-files" => more_metadata_files_than_the_limit_are_refused,
    "component-too-large" => a_component_over_the_limit_is_refused_though_it_is_signed,
    "too-many-components" => more_components_than_the_limit_are_refused,
    "grant-too-large" => a_grant_over_the_limit_is_refused_though_it_is_signed,
    "tightening-too-large" => a_list_of_what_is_withheld_over_the_limit_is_refused_though_it_is_signed,
    "too-many-grants" => more_grants_than_the_limit_are_refused,
}

async fn a_metadata_file_over_the_limit_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.settings.limits.max_metadata_bytes = 64 * 1024;
    let path = defect.repository.metadata_file("timestamp").unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.resize(64 * 1024 + 1, b' ');
    fs::write(path, bytes).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 65536 } if what == "metadata/timestamp.json"
    );
}

async fn more_metadata_files_than_the_limit_are_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // Timestamp, snapshot, targets, governance, shadow, tightening and eight agencies.
    defect.settings.limits.max_metadata_files = 14;
    ssbtx_trust::load(&defect.settings).await.unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::OverLimit { what, limit: 14 } if what == "number of metadata files"
    );
}

async fn a_component_over_the_limit_is_refused_though_it_is_signed(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    defect.settings.limits.max_component_bytes = 8;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 8 } if what == POLICY
    );
}

async fn more_components_than_the_limit_are_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    // A shadow is one too: it is compiled and run.
    defect.settings.limits.max_components = 4;
    defect.trusted().await;
    defect.settings.limits.max_components = 3;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 3 } if what == "number of components"
    );
}

async fn a_grant_over_the_limit_is_refused_though_it_is_signed(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let mut spacious = grant(AgencyId::AF, "ekonomiskt-bistand");
    spacious.resize(64 * 1024 + 1, b' ');
    defect.repository.replace(&DemoTarget::new(AF_GRANT, spacious)).unwrap();
    defect.trusted().await;
    defect.settings.limits.max_list_bytes = 64 * 1024;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 65536 } if what == AF_GRANT
    );
}

async fn a_list_of_what_is_withheld_over_the_limit_is_refused_though_it_is_signed(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let mut spacious = Tightening::default().to_json();
    spacious.resize(64 * 1024 + 1, b' ');
    defect.repository.replace(&DemoTarget::new(TIGHTENING, spacious)).unwrap();
    defect.trusted().await;
    defect.settings.limits.max_list_bytes = 64 * 1024;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 65536 } if what == TIGHTENING
    );
}

async fn more_grants_than_the_limit_are_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let of = |role: &str| DemoTarget::new(format!("adapters/af/{role}.grant.json"), grant(AgencyId::AF, role));
    defect.repository.replace_all(&["arbetsmarknad", "budgetradgivning"].map(of)).unwrap();
    defect.settings.limits.max_grants = 3;
    defect.trusted().await;
    defect.settings.limits.max_grants = 2;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 2 } if what == "number of grants"
    );
}
