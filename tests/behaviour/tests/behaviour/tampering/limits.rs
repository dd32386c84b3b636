//! How much is read before anything is believed.

use std::fs;

use ssbtx_trust::NotTrusted;

use super::{AF_ADAPTER, Defect, assert_refused};

#[tokio::test]
async fn a_metadata_file_over_the_limit_is_refused() {
    let mut defect = Defect::named("metadata-too-large").await;
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

#[tokio::test]
async fn more_metadata_files_than_the_limit_are_refused() {
    let mut defect = Defect::named("too-many-metadata-files").await;
    // Timestamp, snapshot, targets, governance and seven agencies.
    defect.settings.limits.max_metadata_files = 11;
    ssbtx_trust::load(&defect.settings).await.unwrap();
    defect.repository.document_mut("root").unwrap().set("version", 2);
    assert_refused!(
        defect.refusal_once_published().await,
        NotTrusted::OverLimit { what, limit: 11 } if what == "number of metadata files"
    );
}

#[tokio::test]
async fn a_component_over_the_limit_is_refused_though_it_is_signed() {
    let mut defect = Defect::named("component-too-large").await;
    defect.settings.limits.max_component_bytes = 8;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 8 } if what == AF_ADAPTER || what.starts_with("policies/")
    );
}

#[tokio::test]
async fn more_components_than_the_limit_are_refused() {
    let mut defect = Defect::named("too-many-components").await;
    defect.settings.limits.max_components = 3;
    ssbtx_trust::load(&defect.settings).await.unwrap();
    defect.settings.limits.max_components = 2;
    assert_refused!(
        defect.refusal().await,
        NotTrusted::OverLimit { what, limit: 2 } if what == "number of components"
    );
}
