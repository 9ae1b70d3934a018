"""The law as data: which sections are due, what they ask for, what is missing."""

from aiexchange.law.closing import Closing, closing
from aiexchange.law.codelists import Code, UnknownCodelistError, codelist, codelists
from aiexchange.law.data import LegalDataError
from aiexchange.law.examples import failing, passing, specimen
from aiexchange.law.gaps import gaps, gaps_of, ready, states
from aiexchange.law.items import Item, Obligation, Part, Supplier
from aiexchange.law.messages import catalogue, finding_of, findings
from aiexchange.law.routing import access_of, closed, duties, route
from aiexchange.law.rules import ENGINES, SECTIONS, Example, Rule, Text
from aiexchange.law.states import state_of
from aiexchange.law.summary import Counts, GapReport
from aiexchange.law.types import (
    Access,
    Actor,
    AppliesFrom,
    Duty,
    Gap,
    ItemState,
    Routing,
)
from aiexchange.law.versions import (
    LegalVersion,
    legal_version,
    legal_versions,
    load,
)

__all__ = [
    "ENGINES",
    "SECTIONS",
    "Access",
    "Actor",
    "AppliesFrom",
    "Closing",
    "Code",
    "Counts",
    "Duty",
    "Example",
    "Gap",
    "GapReport",
    "Item",
    "ItemState",
    "LegalDataError",
    "LegalVersion",
    "Obligation",
    "Part",
    "Routing",
    "Rule",
    "Supplier",
    "Text",
    "UnknownCodelistError",
    "access_of",
    "catalogue",
    "closed",
    "closing",
    "codelist",
    "codelists",
    "duties",
    "failing",
    "finding_of",
    "findings",
    "gaps",
    "gaps_of",
    "legal_version",
    "legal_versions",
    "load",
    "passing",
    "ready",
    "route",
    "specimen",
    "state_of",
    "states",
]
