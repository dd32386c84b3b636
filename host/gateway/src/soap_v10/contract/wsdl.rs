//! The description of the service: names, operations and binding as published, the address as the client knows it.

use super::markup::{element, empty};
use super::schemas::{FRONT, Schema};
use super::xsd;
use crate::soap_v10::envelope::NAMESPACE;
use crate::soap_v10::xml::{DECLARATION, Writer};

/// Writes the description of the service at an address.
pub(super) fn write(address: &str, schemas: &[Schema]) -> String {
    let mut out = Writer::default();
    out.append(DECLARATION);
    let namespaces = [
        ("xmlns:wsdl", WSDL),
        ("xmlns:soap", SOAP_BINDING),
        ("xmlns:ssbt", NAMESPACE),
        ("name", "BastjanstInformation"),
        ("targetNamespace", NAMESPACE),
    ];
    element(&mut out, "wsdl:definitions", &namespaces, |out| {
        element(out, "wsdl:documentation", &[], |out| out.text(&documentation(schemas)));
        types(out);
        for operation in &OPERATIONS {
            messages(out, operation);
        }
        port_type(out);
        binding(out);
        service(out, address);
    });
    out.finish()
}

/// An operation, with the names that the published contract gives its messages.
struct Operation {
    name: &'static str,
    request: Message,
    response: Message,
    fault: Message,
}

struct Message {
    /// What follows the operation's name in the name of the message.
    suffix: &'static str,
    /// What follows the operation's name in the name of the element.
    element: &'static str,
    part: &'static str,
    /// The name in the port type and in the binding.
    label: &'static str,
}

/// # Source
///
/// SSBTEK v10, `Sammansatt_Bastjanst_v10.wsdl`.
const OPERATIONS: [Operation; 2] = [
    Operation {
        name: "hamtaBastjanstInformation",
        request: Message { suffix: "Request", element: "", part: "inputHamtaBastjanstInformation", label: "input" },
        response: Message {
            suffix: "Response",
            element: "Response",
            part: "outputHamtaBastjanstInformation",
            label: "output",
        },
        fault: Message { suffix: "Fault", element: "Fault", part: "faultMessage", label: "fault" },
    },
    Operation {
        name: "testaBastjanstInformation",
        request: Message { suffix: "Request", element: "", part: "inputTestaBastjanstInformation", label: "input1" },
        response: Message {
            suffix: "Response",
            element: "Response",
            part: "outputTestaBastjanstInformation",
            label: "output1",
        },
        fault: Message { suffix: "Fault", element: "Fault", part: "faultMessage", label: "fault1" },
    },
];

impl Operation {
    /// Each message with the name of its place in the operation.
    fn messages(&self) -> [(&'static str, &Message); 3] {
        [("wsdl:input", &self.request), ("wsdl:output", &self.response), ("wsdl:fault", &self.fault)]
    }
}

fn documentation(schemas: &[Schema]) -> String {
    let names: Vec<_> = schemas.iter().map(|schema| xsd::location(&schema.name)).collect();
    format!(
        "SSBTEK version 10. Kontraktet är skrivet ur de kataloger som är laddade nu. Alla scheman, även de för dokument som ligger kodade i \
         svaret: {names}. / SSBTEK version 10. Written from the catalogues that are loaded now. All schemas, those of documents that lie encoded \
         in the answer among them: {names}.",
        names = names.join(", ")
    )
}

fn types(out: &mut Writer) {
    element(out, "wsdl:types", &[], |out| {
        let attributes = [("xmlns:xsd", xsd::NAMESPACE), ("targetNamespace", NAMESPACE)];
        element(out, "xsd:schema", &attributes, |out| {
            empty(out, "xsd:include", &[("schemaLocation", &xsd::location(FRONT))]);
        });
    });
}

fn messages(out: &mut Writer, operation: &Operation) {
    for (_, message) in operation.messages() {
        element(out, "wsdl:message", &[("name", &format!("{}{}", operation.name, message.suffix))], |out| {
            let of = format!("ssbt:{}{}", operation.name, message.element);
            empty(out, "wsdl:part", &[("name", message.part), ("element", &of)]);
        });
    }
}

fn port_type(out: &mut Writer) {
    element(out, "wsdl:portType", &[("name", "BastjanstInformationInterface")], |out| {
        for operation in &OPERATIONS {
            element(out, "wsdl:operation", &[("name", operation.name)], |out| {
                for (place, message) in operation.messages() {
                    let of = format!("ssbt:{}{}", operation.name, message.suffix);
                    empty(out, place, &[("name", message.label), ("message", &of)]);
                }
            });
        }
    });
}

fn binding(out: &mut Writer) {
    let attributes =
        [("name", "BastjanstInformationInterfaceSoapBinding"), ("type", "ssbt:BastjanstInformationInterface")];
    element(out, "wsdl:binding", &attributes, |out| {
        empty(out, "soap:binding", &[("style", "document"), ("transport", SOAP_OVER_HTTP)]);
        for operation in &OPERATIONS {
            element(out, "wsdl:operation", &[("name", operation.name)], |out| {
                empty(out, "soap:operation", &[("soapAction", ""), ("style", "document")]);
                for (place, message) in operation.messages() {
                    element(out, place, &[("name", message.label)], |out| {
                        if place == "wsdl:fault" {
                            empty(out, "soap:fault", &[("name", message.label), ("use", "literal")]);
                        } else {
                            empty(out, "soap:body", &[("use", "literal")]);
                        }
                    });
                }
            });
        }
    });
}

fn service(out: &mut Writer, address: &str) {
    element(out, "wsdl:service", &[("name", "BastjanstInformationInterfaceService")], |out| {
        let attributes = [
            ("name", "BastjanstInformationInterfacePort"),
            ("binding", "ssbt:BastjanstInformationInterfaceSoapBinding"),
        ];
        element(out, "wsdl:port", &attributes, |out| empty(out, "soap:address", &[("location", address)]));
    });
}

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP_BINDING: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
const SOAP_OVER_HTTP: &str = "http://schemas.xmlsoap.org/soap/http";
