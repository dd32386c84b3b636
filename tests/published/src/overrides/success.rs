//! What makes an answer one about a person, and a success.

use super::Overrides;
use crate::document_type::{AF_ANSWER, CSN_ANSWER, DocumentType, LEFI_ANSWER, MIV_ANSWER, SO_ANSWER, TNS_ANSWER};

impl Overrides {
    /// What makes an answer of this type one about this person, whose identity is not protected, with the status codes that mean success.
    ///
    /// What the answer says of the person, and whether it says anything, is not fixed. A type that is no agency's answer has nothing to fix.
    ///
    /// # Shape
    ///
    /// `person` is an identity number of 12 digits; it is written as each agency does.
    #[must_use]
    pub fn of_success(document_type: &DocumentType, person: &str) -> Self {
        let (century, number) = person.split_at_checked(2).unwrap_or((person, ""));
        let none = Self::default();
        match *document_type {
            AF_ANSWER => none
                .fixed("Fraga/IdentitetsbeteckningFysiskPerson", person)
                .fixed("Svar/IdentitetsbeteckningFysiskPerson", person)
                .fixed("Svar/Sekretessmarkering", "false")
                .fixed("Svar/StatusSokandeinformationKod", "0"),
            CSN_ANSWER => none
                .fixed("GemensamtSvarEkbistand/Resultat/ResultatKod", "0")
                .fixed("Personer/Person/@personnummer", number)
                .fixed("Personer/Person/@sekel", century)
                .fixed("Personer/Person/@sekretess", "  ")
                .fixed("Personer/Person/@Status", "          "),
            SO_ANSWER => none
                .fixed("IdentificationNumber", person)
                .fixed("ArbetsloshetsersattningLista/Arbetsloshetsersattning/StatusSvarandeOrganisation", "OK"),
            TNS_ANSWER => none.fixed("resultat", "OK"),
            MIV_ANSWER => none.fixed("response/personnummer", person),
            LEFI_ANSWER => none
                .fixed("utlamnare/item/tillstand/kod", "OK")
                .absent("avvikelser")
                .fixed("formansinformation/generellPersoninformation/item/personnummer", person)
                .fixed("formansinformation/generellPersoninformation/item/skyddad", "false"),
            _ => none,
        }
    }
}
