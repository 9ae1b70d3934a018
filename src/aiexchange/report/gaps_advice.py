"""Advice: what blocks a gap report's registrations, who can close the gaps, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiexchange.report.gaps import GapReport
from aiexchange.report.gaps_tally import Tally
from aiexchange.report.items_table import place_of
from aiexchange.report.layout import counted, entry, number, shorten, table

SUPPLIERS = {
    "provider": "the provider",
    "deployer": "the deployer",
    "notified-body": "the notified body, by way of the provider",
    "eu-database": "the EU database, on registration",
}
"""Who can close a gap, by the code of the items."""

CONTEXT = {"annex-iii": "the point of Annex III", "sensitive-area": "the sensitive area"}
"""What is no item, and has to be known to tell who may see a registration."""

MOST = 10
"""Organisations that the text shows."""


def blocking(counts: Tally, terms: Mapping[str, str]) -> list[str]:
    """Return the gaps without which nothing goes on, by item."""
    lines = ["What blocks, and comes first"] if counts.blocking else []
    for (item, basis), count in sorted(
        counts.blocking.items(), key=lambda found: (place_of(found[0][0]), found[0])
    ):
        label = CONTEXT.get(item) or f"{item} {terms.get(item, '')}".strip()
        lines += entry(f"{number(count):>7}", f"{label} ({basis})", indent=0)
    return lines


def closers(counts: Tally) -> list[str]:
    """Return for each supplier how many gaps it can close, and in which items."""
    lines = ["Who can close the gaps"] if counts.gaps else []
    for code, count in counts.gaps.most_common():
        where = counted(len(counts.records[code]), "registration")
        text = f"{SUPPLIERS.get(code, code)}, in {where}: {_listed(counts.items[code])}"
        lines += entry(f"{number(count):>7}", text, indent=0)
    return lines


TEMPLATES = {
    "supplier": ("template new --section {section}", "product"),
    "deployer": ("template new --for deployer", "record"),
    "organisations": ("template new --organisations", "body"),
}
"""The command that makes each template, and what it asks once about."""


def answers(report: GapReport, terms: Mapping[str, str]) -> list[str]:
    """Return the answers that would help to close most gaps, those of one item together."""
    grouped: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for answer in report.get("answers", ()):
        key = (*answer["items"], answer["template"], answer["section"], str(answer["respondents"]))
        grouped.setdefault(key, []).append(answer)
    found = sorted(grouped.values(), key=lambda group: -sum(one["gaps"] for one in group))
    lines = ["Answers that would close most gaps"] if found else []
    for group in found[:MOST]:
        first = group[0]
        item = first["items"][0]
        label = CONTEXT.get(item) or f"{item} {terms.get(item, '')}".strip()
        command, noun = TEMPLATES[first["template"]]
        asked = counted(first["respondents"], noun, _PLURAL.get(noun))
        fields = ", ".join(one["path"] for one in group)
        text = f"{label}, from {asked}: {fields} ({command.format(section=first['section'])})"
        lines += entry(f"{number(max(one['gaps'] for one in group)):>7}", text, indent=0)
    return lines


_PLURAL = {"body": "bodies"}


def organisations(report: GapReport) -> list[str]:
    """Return the organisations with most registrations that are due."""
    found = [
        (one["registrations"] - one["not_due"], one)
        for one in report["organisations"]
        if one["registrations"] > one["not_due"]
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1]["organisation"] or ""))
    rows = [["organisation", "registrations", "due", "ready"]]
    for due, one in found[:MOST]:
        name = shorten(one["organisation"] or "(not named)", 44)
        rows.append([name, number(one["registrations"]), number(due), number(one["ready"])])
    more = [f"  … and {number(len(found) - MOST)} more"] if len(found) > MOST else []
    return ["Organisations with most that is due", *table(rows), *more] if found else []


def next_steps(report: GapReport, counts: Tally) -> list[str]:
    """Return what to do, in the order in which it helps most; commands on lines of their own."""
    lines = ["What to do next"] if report["registrations"] else []
    for place, (step, *commands) in enumerate(_steps(report, counts), 1):
        lines += entry(f"{place}.", step)
        lines += [f"       {command}" for command in commands]
    return lines


def _steps(report: GapReport, counts: Tally) -> Iterator[tuple[str, ...]]:
    reasons = report["summary"].get("not_due_reasons", {})
    if unstated := reasons.get("class-not-stated", 0) + reasons.get("class-unknown", 0):
        verb = "does not tell" if unstated == 1 else "do not tell"
        what = counted(unstated, "registration")
        yield (f"State whether the system is high-risk: {what} {verb}, and may be due after all.",)
    if counts.blocking:
        yield ("Close what blocks: until then the system may not be registered, or not be used.",)
    if counts.forbidden:
        yield (
            f"Leave out what a restricted registration may not hold: {_listed(counts.forbidden)}.",
            "aiexchange convert SOURCE restricted.xml --access restricted",
        )
    if counts.gaps["provider"] or counts.gaps["notified-body"]:
        held = {*counts.items["provider"], *counts.items["notified-body"]}
        yield (
            f"Ask the providers for what they hold: {_listed(held)}.",
            "aiexchange gaps SOURCE --report suppliers -o FOLDER",
        )
    if counts.gaps["deployer"]:
        yield (
            f"Complete what deployers know themselves: {_listed(counts.items['deployer'])}.",
            "aiexchange template new bodies.xlsx --organisations --from SOURCE",
            "aiexchange template new records.xlsx --for deployer --from SOURCE",
        )
    if report["summary"]["ready"]:
        yield (
            "Write what is ready.",
            "aiexchange convert SOURCE submission.xml --profile submission",
        )
    if counts.gaps or counts.forbidden:
        yield ("Find every gap of every registration in the CSV or the JSON of this report.",)


def _listed(items: Iterable[str]) -> str:
    return ", ".join(CONTEXT.get(item, item) for item in sorted(items, key=place_of))
