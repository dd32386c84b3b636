//! What lies on disk.

use std::fs;
use std::io::ErrorKind;

use ssbtx_trust::{Mismatch, NotTrusted};

use super::{AF_ADAPTER, Ground, assert_refused, defects};

defects! {
    "tampered-component" => a_component_with_one_byte_changed_is_refused,
    "truncated-component" => a_component_that_was_cut_off_is_refused,
    "lengthened-component" => a_component_with_bytes_added_is_refused,
    "missing-component" => a_set_with_a_component_missing_is_refused_whole,
    "no-metadata" => a_repository_without_metadata_is_refused,
    "exchanged-metadata" => metadata_of_a_role_replaced_by_another_file_is_refused,
    "malformed-metadata" => a_file_that_is_no_metadata_is_refused,
    "unreadable-root" => a_new_root_that_cannot_be_read_is_not_passed_over,
}

async fn a_component_with_one_byte_changed_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let path = defect.repository.target_file(AF_ADAPTER).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(path, bytes).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } } if file.ends_with(AF_ADAPTER)
    );
}

async fn a_component_that_was_cut_off_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let path = defect.repository.target_file(AF_ADAPTER).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Digest { .. } } if file.ends_with(AF_ADAPTER)
    );
}

async fn a_component_with_bytes_added_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let path = defect.repository.target_file(AF_ADAPTER).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.push(0);
    fs::write(path, bytes).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, mismatch: Mismatch::Longer { .. } } if file.ends_with(AF_ADAPTER)
    );
}

async fn a_set_with_a_component_missing_is_refused_whole(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    fs::remove_file(defect.repository.target_file(AF_ADAPTER).unwrap()).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Unreadable { file, kind: ErrorKind::NotFound } if file.ends_with(AF_ADAPTER)
    );
}

async fn a_repository_without_metadata_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    fs::remove_dir_all(defect.repository.directory().join("metadata")).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Unreadable { file, kind: ErrorKind::NotFound } if file == "metadata/timestamp.json"
    );
}

async fn metadata_of_a_role_replaced_by_another_file_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    let path = |role| defect.repository.metadata_file(role).unwrap();
    fs::copy(path("csn"), path("af")).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Tampered { file, .. } if file == "metadata/1.af.json"
    );
}

async fn a_file_that_is_no_metadata_is_refused(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    fs::write(defect.repository.metadata_file("timestamp").unwrap(), "{").unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Malformed { file, .. } if file == "metadata/timestamp.json"
    );
}

async fn a_new_root_that_cannot_be_read_is_not_passed_over(ground: &mut Ground) {
    let mut defect = ground.defect().await;
    fs::create_dir(defect.repository.directory().join("metadata/2.root.json")).unwrap();
    assert_refused!(
        defect.refusal().await,
        NotTrusted::Unreadable { file, kind: ErrorKind::InvalidInput } if file == "metadata/2.root.json"
    );
}
