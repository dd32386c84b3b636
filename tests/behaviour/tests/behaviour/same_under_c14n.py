"""Compares what SSBTEK v10 answers hold of one agency with what the agency sent.

Each line of standard input is a JSON object: `agency`; `answer`, a SOAP message; `sent`, the agency's own document; `containers`, the paths below
its root of elements that hold no text, as the root itself does not. Each line of standard output is the difference between the two as JSON, null if
there is none.

Both documents are canonicalised (C14N 2.0) with prefixes rewritten; white space that is no part of a text is left out.
"""

import base64
import io
import json
import sys
import xml.etree.ElementTree as ElementTree

SSBTEK = "{http://schema.forsakringskassan.se/integration/ssbt/10}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def tidy(element, path, containers):
    """Takes away the white space that is no part of a text, and writes `xsi:nil` in one of the two ways that it may be written."""
    if (not path or len(element) or path in containers) and not (element.text or "").strip():
        element.text = None
    if element.get(NIL) == "1":
        element.set(NIL, "true")
    for child in element:
        if not (child.tail or "").strip():
            child.tail = None
        name = child.tag.rpartition("}")[2]
        tidy(child, f"{path}/{name}" if path else name, containers)


def write(element, target):
    """Hands over an element piece by piece: written as text in between, a carriage return would become a line feed."""
    target.start(element.tag, element.attrib)
    target.data(element.text or "")
    for child in element:
        write(child, target)
        target.data(child.tail or "")
    target.end(element.tag)


def canonical(element, containers):
    tidy(element, "", containers)
    text = io.StringIO()
    write(element, ElementTree.C14NWriterTarget(text.write, rewrite_prefixes=True))
    return text.getvalue()


def document(agency, data, root):
    """What stands in an agency's `data`: a document in base64 or in a string, or what the agency's root holds."""
    match agency:
        case "CSN":
            return ElementTree.fromstring(base64.b64decode(data.findtext(f"{SSBTEK}svar"), validate=True))
        case "SKV":
            return ElementTree.fromstring(data.findtext("svar"))
        case _:
            # The contract has another name for it, and the same type.
            data.tag = root
            return data


def difference(agency, answer, sent, containers):
    data = ElementTree.fromstring(answer).find(f".//{SSBTEK}svarsdata/{SSBTEK}{agency}/{SSBTEK}data")
    if data is None:
        return f"{agency} has no data in\n{answer}"
    sent = ElementTree.fromstring(sent)
    here = canonical(document(agency, data, sent.tag), containers)
    there = canonical(sent, containers)
    return None if here == there else f"{agency} sent\n{there}\nand the answer holds\n{here}"


for line in sys.stdin:
    pair = json.loads(line)
    try:
        told = difference(**pair)
    except ElementTree.ParseError as error:
        told = f"{pair['agency']}: {error} in\n{pair['sent']}\nor\n{pair['answer']}"
    print(json.dumps(told), flush=True)
