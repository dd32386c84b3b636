"""Asks a host through zeep, a SOAP client that knows SSBTEK by its contract alone, and prints what it understood as JSON.

Usage: zeep_client.py WSDL QUESTION ROOTS CERTIFICATE KEY. WSDL is a file or an address; QUESTION a file with a SOAP message; ROOTS the
authorities that the host's certificate may come from; CERTIFICATE and KEY the client's own.

Printed are the answers to both operations, and the fault that a period which ends before it begins is refused with. Of an agency's data every
text, number and date is printed as `[name, value, type]`, so that it can be compared with what another front says of the same document.
"""

import base64
import json
import sys
import xml.etree.ElementTree as ElementTree

import requests
import zeep
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport

SSBTEK = "{http://schema.forsakringskassan.se/integration/ssbt/10}"
AGENCIES = ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"]


def asked(node):
    """A question's element as the values that zeep writes it from."""
    name = node.tag.removeprefix(SSBTEK)
    if name == "lefiJsonFraga":
        return base64.b64decode(node.text)
    if len(node) == 0 and not node.attrib:
        return node.text or ""
    return dict(node.attrib) | {child.tag.removeprefix(SSBTEK): asked(child) for child in node}


def leaves(name, value):
    """Every value in what zeep read, with its name and Python's type."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from leaves(name if key == "_value_1" else key, held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from leaves(name, held)
    elif value is not None and value != "":
        text = str(value).lower() if isinstance(value, bool) else str(value)
        yield [name, text, type(value).__name__]


def leaves_of_xml(text):
    """Every value in a document that zeep hands over as it is."""
    for node in ElementTree.fromstring(text).iter():
        for name, value in node.attrib.items():
            yield [name, value, "str"]
        if len(node) == 0 and node.text:
            yield [node.tag.rpartition("}")[2], node.text, "str"]


def data(agency, read):
    """What an agency's `data` holds, taken out of its wrapping, and the wrapping's content as it came."""
    match agency:
        case "CSN":
            return {"wrapped": encoded(read["svar"]), "leaves": list(leaves_of_xml(read["svar"]))}
        case "SKV":
            return {"wrapped": read["svar"], "leaves": list(leaves_of_xml(read["svar"].encode()))}
        case "FK":
            return {"wrapped": encoded(read["lefiJsonSvar"]), "json": read["lefiJsonSvar"].decode()}
        case _:
            return {"leaves": list(leaves("data", read))}


def encoded(read):
    """Bytes, as zeep has taken them out of base64, in base64 again."""
    return base64.b64encode(read).decode()


def block(agency, read):
    if read is None:
        return None
    if read["error"] is not None:
        return {"error": read["error"]}
    return {"data": data(agency, read["data"])}


def refused(client, question):
    """The fault that a period which ends before it begins is refused with, read by the type that the contract has for it."""
    period = question["generellaFrageparametrar"]["tidsperiod"]
    period["fromDatum"], period["tomDatum"] = period["tomDatum"], period["fromDatum"]
    try:
        client.service.hamtaBastjanstInformation(**question)
    except Fault as fault:
        read = client.wsdl.types.deserialize(fault.detail[0])
        return {"type": type(read).__name__, **serialize_object(read, dict)}
    sys.exit("a period that ends before it begins was answered")


def main():
    wsdl, question, roots, certificate, key = sys.argv[1:]
    session = requests.Session()
    # What the surroundings say of proxies and authorities is not meant for a host on this machine.
    session.trust_env = False
    session.verify, session.cert = roots, (certificate, key)
    client = zeep.Client(wsdl, transport=Transport(session=session, timeout=60, operation_timeout=60))
    question = asked(ElementTree.parse(question).getroot().find(f".//{SSBTEK}hamtaBastjanstInformation"))
    answer = serialize_object(client.service.hamtaBastjanstInformation(**question), dict)
    tested = serialize_object(client.service.testaBastjanstInformation(), dict)
    print(
        json.dumps(
            {
                "answer": {agency: block(agency, answer["svarsdata"][agency]) for agency in AGENCIES},
                "correlationId": answer["korrelationsid"],
                "tested": tested,
                "fault": refused(client, question),
            }
        )
    )


main()
