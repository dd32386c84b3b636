//! `avvikelser`: the groups that LEFI could not or would not give, member by member.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Document;

use crate::catalogue::element;
use crate::translate::asked::Asked;
use crate::translate::information::Member;

use super::failures::{Failures, Reason};
use super::occurrence::occurrences;

/// Adds the datasets of every group that LEFI deviates on.
///
/// A deviation that names no group could be about any that was asked for in its member.
pub(super) fn collect(asked: &Asked, document: &Document, failures: &mut Failures<'_>) {
    // Of a long answer they are a short part, so that part is looked for once.
    let deviations: Vec<_> = occurrences(document, element::AVVIKELSER).collect();
    for member in Member::ALL {
        let elements = elements(member);
        for deviation in deviations.iter().flat_map(|deviations| deviations.occurrences(elements.item)) {
            let reason = reason(deviation.text(elements.reason));
            let group = deviation.text(elements.group);
            let asked = asked.information().iter().filter(|asked| asked.member == member);
            for information in asked.filter(|asked| group.is_none_or(|group| asked.code == group)) {
                for dataset in information.fills {
                    failures.add_group(dataset, reason, information.code);
                }
            }
        }
    }
}

/// The elements of a member's deviations.
struct Elements {
    item: u16,
    group: u16,
    reason: u16,
}

fn elements(member: Member) -> Elements {
    let (item, group, reason) = match member {
        Member::Formansinformation => (
            element::AVVIKELSER_FORMANSINFORMATION_ITEM,
            element::AVVIKELSER_FORMANSINFORMATION_ITEM_FORMANSGRUPP_KOD,
            element::AVVIKELSER_FORMANSINFORMATION_ITEM_AVVIKELSE_KOD,
        ),
        Member::Ansprak => (
            element::AVVIKELSER_ANSPRAK_ITEM,
            element::AVVIKELSER_ANSPRAK_ITEM_FORMANSGRUPP_KOD,
            element::AVVIKELSER_ANSPRAK_ITEM_AVVIKELSE_KOD,
        ),
        Member::Beslut => (
            element::AVVIKELSER_BESLUT_ITEM,
            element::AVVIKELSER_BESLUT_ITEM_FORMANSGRUPP_KOD,
            element::AVVIKELSER_BESLUT_ITEM_AVVIKELSE_KOD,
        ),
        Member::PreliminaraUtbetalningar => (
            element::AVVIKELSER_PRELIMINARA_UTBETALNINGAR_ITEM,
            element::AVVIKELSER_PRELIMINARA_UTBETALNINGAR_ITEM_FORMANSGRUPP_KOD,
            element::AVVIKELSER_PRELIMINARA_UTBETALNINGAR_ITEM_AVVIKELSE_KOD,
        ),
        Member::Utbetalningar => (
            element::AVVIKELSER_UTBETALNINGAR_ITEM,
            element::AVVIKELSER_UTBETALNINGAR_ITEM_FORMANSGRUPP_KOD,
            element::AVVIKELSER_UTBETALNINGAR_ITEM_AVVIKELSE_KOD,
        ),
        Member::OvrigInformation => (
            element::AVVIKELSER_OVRIG_INFORMATION_ITEM,
            element::AVVIKELSER_OVRIG_INFORMATION_ITEM_OVRIG_INFORMATIONSTYP_KOD,
            element::AVVIKELSER_OVRIG_INFORMATION_ITEM_AVVIKELSE_KOD,
        ),
    };
    Elements { item, group, reason }
}

fn reason(code: Option<&str>) -> Reason {
    let (code, words) = match code {
        Some("OBEHORIG") => ("LEFI-OBEHORIG", "Kommunen är inte behörig att få uppgifterna från myndigheten"),
        Some("INTERNT_FEL") => {
            ("LEFI-INTERNT-FEL", "Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig")
        }
        _ => ("LEFI-AVVIKELSE", "Myndigheten lämnade inte uppgifterna och sade inte varför"),
    };
    Reason { code, words }
}
