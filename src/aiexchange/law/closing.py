"""Closing: who can close a gap, and with which fields of which template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiexchange.law.types import Gap, ItemState
from aiexchange.law.versions import LegalVersion
from aiexchange.model import Registration, SectionCode

_CONTEXT = {
    "annex-iii": ("classification.annex_iii",),
    "sensitive-area": ("classification.sensitive_area",),
}
"""The fields that answer what is no item of the Annex, but routes a registration."""

_ALSO = {
    "provider": (),
    "deployer": (),
    "notified-body": ("provider",),
    "eu-database": ("provider",),
}
"""Through whom people reach those who know: a notified body speaks by way of the provider."""

_FROM_DATABASE = ("use.provider_entry",)
"""Fields that hold what the EU database answered to somebody else."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes a gap: who knows it, and the template and section that ask for its fields.

    Nothing can be supplied against a value that is forbidden: then there is no template.
    """

    who: tuple[str, ...]
    template: str | None
    section: SectionCode
    fields: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        asked = {"name": self.template, "section": self.section.value, "fields": list(self.fields)}
        return {"who": list(self.who), "template": asked if self.template else None}


def closing(gap: Gap, version: LegalVersion) -> Closing:
    """Return what closes a gap."""
    if gap.state is ItemState.FORBIDDEN:
        return Closing((gap.supplied_by,), None, gap.section, ())
    fields = _CONTEXT.get(gap.item) or tuple(
        part.paths[0] for part in version.item(gap.item).parts if part.name in gap.parts
    )
    who = (gap.supplied_by, *_ALSO[gap.supplied_by])
    if any(path in _FROM_DATABASE for path in fields):
        who = (*who, "eu-database")
    template = _template(gap, fields)
    section = gap.section
    if template == "supplier" and section is SectionCode.C:
        section = SectionCode.A
    return Closing(who, template, section, fields)


def _template(gap: Gap, fields: tuple[str, ...]) -> str:
    if gap.supplied_by != "deployer":
        return "supplier"
    return "organisations" if all(path.startswith("deployer.") for path in fields) else "deployer"


def respondent(template: str, registration: Registration) -> str:
    """Return who or what one filled template speaks for: a body, a product, or a record."""
    if template == "organisations":
        return (registration.deployer.name or registration.record_id).casefold()
    if template == "deployer":
        return registration.record_id
    titles = registration.title or {}
    product = registration.system.trade_name or next(iter(titles.values()), registration.record_id)
    return f"{registration.provider.name or ''}\n{product}".casefold()


@dataclass(slots=True)
class _Answer:
    gaps: int = 0
    alone: int = 0
    items: dict[str, None] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    registrations: set[tuple[str, int]] = field(default_factory=set)
    respondents: set[str] = field(default_factory=set)


class Answers:
    """The answers that would close gaps, counted while registrations pass by."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], _Answer] = {}

    def count(self, registration: Registration, found: Iterable[tuple[Gap, Closing]]) -> None:
        """Count the gaps of one registration."""
        for gap, closes in found:
            if closes.template is None:
                continue
            for path in closes.fields:
                key = path, closes.template, closes.section.value
                answer = self._found.setdefault(key, _Answer(who=closes.who))
                answer.gaps += 1
                answer.alone += len(closes.fields) == 1
                answer.items[gap.item] = None
                answer.registrations.add((registration.record_id, registration.version))
                answer.respondents.add(respondent(closes.template, registration))

    def merge(self, others: Answers) -> None:
        """Add what was counted elsewhere."""
        for key, other in others._found.items():
            answer = self._found.setdefault(key, _Answer(who=other.who))
            answer.gaps += other.gaps
            answer.alone += other.alone
            answer.items |= other.items
            answer.registrations |= other.registrations
            answer.respondents |= other.respondents

    def as_list(self) -> list[dict[str, Any]]:
        """Return the answers, those that help to close most gaps first.

        `alone` counts the gaps that need no other answer, `respondents` how many bodies, products
        or records have to be asked.
        """
        order = sorted(
            self._found.items(),
            key=lambda pair: (-pair[1].gaps, len(pair[1].respondents), pair[0]),
        )
        return [
            {
                "path": path,
                "template": template,
                "section": section,
                "who": list(answer.who),
                "items": list(answer.items),
                "gaps": answer.gaps,
                "alone": answer.alone,
                "registrations": len(answer.registrations),
                "respondents": len(answer.respondents),
            }
            for (path, template, section), answer in order
        ]
