"""Compares the data of one agency in an SSBTEK v10 answer with the payload that the agency sent.

Usage: same_under_c14n.py AGENCY ANSWER SENT. Both are canonicalised (C14N 2.0) with prefixes rewritten; white space between elements is left out.
"""

import sys
import xml.etree.ElementTree as ElementTree

SSBTEK = "{http://schema.forsakringskassan.se/integration/ssbt/10}"


def canonical(element):
    for node in element.iter():
        if len(node):
            if node.text is not None and not node.text.strip():
                node.text = None
            for child in node:
                if child.tail is not None and not child.tail.strip():
                    child.tail = None
    element.tail = None
    return ElementTree.canonicalize(ElementTree.tostring(element, encoding="unicode"), rewrite_prefixes=True)


def main():
    agency, answer, sent = sys.argv[1:]
    part = ElementTree.parse(answer).getroot().find(f".//{SSBTEK}svarsdata/{SSBTEK}{agency}/{SSBTEK}data")
    if part is None:
        sys.exit(f"{agency} has no data")
    payload = ElementTree.parse(sent).getroot()
    # The answer's `data` has the type of the payload's root under another name.
    part.tag = payload.tag
    left, here = canonical(payload), canonical(part)
    if left != here:
        sys.exit(f"{agency} sent\n{left}\nand the answer holds\n{here}")


main()
