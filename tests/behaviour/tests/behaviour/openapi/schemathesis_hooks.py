"""What a schema cannot say, told to schemathesis beside the description.

A personal identity number has a date and a check digit: those here are of Skatteverket's published test numbers. An organisation is one that the
consumer acts for. A period does not end before it begins. In a household or a case exactly one person is the one of the case, and nobody is
there twice. A case is open until a time that is not far ahead, in whole seconds. The length of a text is its bytes.
"""

from datetime import datetime, timedelta, timezone

import schemathesis
from hypothesis import strategies

PERSONS = """
197701172392 197701182383 197701182391 197701192382 197701192390 197701202397 197701212388 197701222387 197701232394 197701242385 197701252384
198804202383 198404172390 189001019802 189103179801 189506299818 190001019801 190108219817 190704019801 202512232386
""".split()
TOMORROW = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

schemathesis.openapi.format("personal-identity-number", strategies.sampled_from(PERSONS))
schemathesis.openapi.format("organisation-number", strategies.just("162020000001"))
schemathesis.openapi.format("date-time", strategies.just(TOMORROW))


@schemathesis.hook
def map_case(context, case):
    """A call in which the persons of a household, where they are persons, are different ones and one of them is the one of the case."""
    persons = case.body.get("persons") if isinstance(case.body, dict) else None
    if isinstance(persons, list) and all(is_person(person) for person in persons):
        for place, person in enumerate(persons[: len(PERSONS)]):
            relation = "household-adult" if person["relation"] == "subject" else person["relation"]
            person |= {"person": PERSONS[place], "relation": relation if place else "subject"}
    return case


@schemathesis.hook
def filter_case(context, case):
    """Whether a call is what the schema says of it, where the schema cannot say it."""
    return not isinstance(case.body, dict) or (ends_after_it_begins(case.body.get("period")) and fits(case.body))


def is_person(value):
    relations = ["subject", "household-adult", "household-child"]
    return isinstance(value, dict) and value.get("person") in PERSONS and value.get("relation") in relations


def ends_after_it_begins(period):
    if not isinstance(period, dict):
        return True
    days = period.get("from"), period.get("to")
    return not all(isinstance(day, str) for day in days) or days[0] <= days[1]


def fits(value):
    """Whether each text that is short enough in characters is so in bytes."""
    if isinstance(value, dict):
        return all(fits(held) for held in value.values())
    if isinstance(value, list):
        return all(fits(held) for held in value)
    return not isinstance(value, str) or len(value) > 256 or len(value.encode("utf-8", "surrogatepass")) <= 256
