//! Members that may be there, of an object that is written into another one.

use std::collections::BTreeMap;

use utoipa::openapi::schema::{AllOf, Object, OneOf, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

/// Says of an optional object that is written into another one that its members may be there. As it is derived, what it is written into would be
/// null or that object: but it is never null.
pub(super) fn without_null(schemas: Vec<(String, RefOr<Schema>)>) -> BTreeMap<String, RefOr<Schema>> {
    let known: BTreeMap<_, _> = schemas.into_iter().collect();
    let mut told = known.clone();
    for schema in told.values_mut() {
        let RefOr::T(Schema::AllOf(AllOf { items, .. })) = schema else { continue };
        for item in items {
            if let Some(members) = optional_members(item, &known) {
                *item = members.into();
            }
        }
    }
    told
}

/// The members of null or an object, none of which must be there.
fn optional_members(item: &RefOr<Schema>, known: &BTreeMap<String, RefOr<Schema>>) -> Option<Object> {
    let RefOr::T(Schema::OneOf(OneOf { items, .. })) = item else { return None };
    let [RefOr::T(Schema::Object(null)), RefOr::Ref(object)] = items.as_slice() else { return None };
    if null.schema_type != SchemaType::Type(Type::Null) {
        return None;
    }
    let RefOr::T(Schema::Object(object)) = known.get(object.ref_location.rsplit('/').next()?)? else { return None };
    let mut members = object.clone();
    members.required.clear();
    Some(members)
}
