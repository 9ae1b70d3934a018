"""The Dutch decision aid for the AI Act: the labels and answers that it hands over as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.cards import parsed
from aiexchange.registers.document import Transport
from aiexchange.registers.json import first_names
from aiexchange.registers.nested import Taking, listed
from aiexchange.registers.record import Record

_GROUPS = {
    "role": ("aanbieder", "gebruiksverantwoordelijke", "importeur", "distributeur"),
    "status": ("in gebruik", "in ontwikkeling"),
    "risk": ("hoog-risico AI", "geen hoog-risico AI", "verboden AI"),
}
"""The labels of each group that may mean something for a registration."""

_PROFILING = "2.5"
_ANNEX_I = "2.3"
_CONDITIONS = "2.6"
"""Questions whose answers mean something: profiling, Annex I, an exception of Art. 6(3)."""


def recognises(head: bytes) -> bool:
    """Tell whether it is an object with labels and answers, and is nothing of ours."""
    names = first_names(head)
    return {"labels", "answers"} <= names and not names & {"schema", "schema_version", "name_en"}


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield what one run of the aid has found out.

    Raises:
        InputError: no JSON, or without labels.
    """
    given = parsed(data, file)
    for number, each in enumerate(listed(given), 1):
        if not isinstance(each, dict) or "labels" not in each:
            raise InputError(f"{file or 'the input'} holds no labels of the decision aid")
        yield _record(each, Origin(file, row=number))


def _opened(value: Any) -> Any:
    """Return a value; the browser's storage holds JSON within JSON."""
    if isinstance(value, str) and value.strip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _record(given: dict[str, Any], origin: Origin) -> Record:
    labels = [str(each) for each in listed(_opened(given["labels"]))]
    answers = _answers(_opened(given.get("answers")))
    taking = Taking(
        {name: each for name, each in given.items() if name not in ("labels", "answers")}
    )
    taking.take("name", "name")
    taking.take("organisation", "organisation")
    known = set()
    for group, names in _GROUPS.items():
        found = [label for label in names if label in labels]
        known |= set(found)
        if group == "role":
            taking.put("role", found, "labels")
        elif len(found) == 1:
            taking.put(group, found[0], "labels")
        elif found:
            taking.put(f"labels.{group}", found, "labels")
    taking.put("labels", [label for label in labels if label not in known], "labels")
    for field, question in (("profiling", _PROFILING), ("annex_i", _ANNEX_I)):
        said = answers.get(question)
        if said is not None:
            taking.put(
                field,
                "Nee" if said.casefold().startswith(("nee", "geen")) else "Ja",
                f"answers[{question}]",
            )
    taking.put("answers", answers, "answers")
    return taking.record(origin, tuple(_open_questions(labels, answers, origin)))


def _answers(given: Any) -> dict[str, str]:
    """Return the answers by question, from an object or from a list of objects."""
    if isinstance(given, dict):
        return {str(name): _text(each) for name, each in given.items()}
    found = {}
    for number, each in enumerate(listed(given), 1):
        if isinstance(each, dict):
            question = each.get("questionId") or each.get("question") or number
            found[str(question)] = _text(each.get("answer"))
        else:
            found[str(number)] = _text(each)
    return found


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("answer", ""))
    return str(value)


def _open_questions(
    labels: list[str], answers: dict[str, str], origin: Origin
) -> Iterator[Finding]:
    """Say what the aid asks and does not keep: the point of Annex III, the condition of 6(3)."""
    if "hoog-risico AI" in labels and not answers.get(_ANNEX_I, "").casefold().startswith("ja"):
        yield _open("the point of Annex III", "Annex III; Art. 49(1) to (5)", origin)
    if answers.get(_CONDITIONS, "").casefold().startswith("ja"):
        yield _open("the condition of Article 6(3) (B-6)", "Annex VIII, Section B, point 6", origin)


def _open(what: str, basis: str, origin: Origin) -> Finding:
    return Finding(
        "loss.not-recorded",
        Severity.WARNING,
        f"The decision aid asks for {what} and does not record it.",
        origin=origin,
        basis=basis,
        mend="State it yourself: aiexchange template new --for deployer asks for it.",
    )


TRANSPORT = Transport(recognises, read)
