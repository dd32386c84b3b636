//! Who is given a part of the repository.

use std::collections::BTreeMap;

use tough::schema::decoded::{Decoded, Hex};
use tough::schema::{DelegatedRole, Delegations};

use super::{TARGETS, escaped};
use crate::delegation::Delegation;
use crate::not_trusted::{DelegationFault, NotTrusted, StructureFault};
use crate::{keys, persons};

/// Every delegation by its name, if each is one that the host knows, stands once, and belongs to those that it may belong to.
pub(super) fn sound(delegations: &Delegations) -> Result<BTreeMap<Delegation, &DelegatedRole>, NotTrusted> {
    keys::are_distinct(TARGETS, &delegations.keys)?;
    persons::are_named(TARGETS, &delegations.keys)?;
    let roles = known(delegations)?;
    no_shared_keys(&roles)?;
    only_keys_of_governance(&roles)?;
    for (delegation, role) in &roles {
        persons::are_distinct(&delegation.to_string(), &role.keyids, &delegations.keys)?;
    }
    Ok(roles)
}

fn known(delegations: &Delegations) -> Result<BTreeMap<Delegation, &DelegatedRole>, StructureFault> {
    let mut roles = BTreeMap::new();
    for role in &delegations.roles {
        let fault = |fault| StructureFault::Delegation { role: escaped(&role.name), fault };
        let delegation = role.name.parse().map_err(|_| fault(DelegationFault::Unknown))?;
        if roles.insert(delegation, role).is_some() {
            return Err(fault(DelegationFault::Repeated));
        }
    }
    Ok(roles)
}

/// No key is of two delegations, save that one person of governance may do what takes one person of governance.
fn no_shared_keys(roles: &BTreeMap<Delegation, &DelegatedRole>) -> Result<(), StructureFault> {
    let mut holders: BTreeMap<&Decoded<Hex>, Delegation> = BTreeMap::new();
    for (delegation, role) in roles.iter().filter(|(delegation, _)| !is_of_one_person(**delegation)) {
        for id in &role.keyids {
            match holders.insert(id, *delegation) {
                Some(first) if first != *delegation => {
                    return Err(StructureFault::SharedKey { key_id: hex::encode(id), first, second: *delegation });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn only_keys_of_governance(roles: &BTreeMap<Delegation, &DelegatedRole>) -> Result<(), StructureFault> {
    let governance = roles.get(&Delegation::Governance).map_or(&[][..], |role| &role.keyids);
    for (delegation, role) in roles.iter().filter(|(delegation, _)| is_of_one_person(**delegation)) {
        if let Some(id) = role.keyids.iter().find(|id| !governance.contains(id)) {
            return Err(StructureFault::ForeignKey { key_id: hex::encode(id), delegation: *delegation });
        }
    }
    Ok(())
}

fn is_of_one_person(delegation: Delegation) -> bool {
    match delegation {
        Delegation::Shadow | Delegation::Tightening => true,
        Delegation::Governance | Delegation::Agency(_) => false,
    }
}
