"""Analyst: the script with pandas and lxml that people write once they know the register."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.sides.ours import Work

_TEXTS = {
    "name": "Title",
    "description_short": "Description",
    "goal": "Use/Purpose",
    "proportionality": "Use/Considerations",
    "lawful_basis": "Use/LegalBasis",
    "source_data": "System/InformationUsed",
    "methods_and_models": "System/OperatingLogic",
    "human_intervention": "Use/HumanOversight",
    "risks": "Use/RiskManagement",
    "impacttoetsen": "Use/AssessmentsExplanation",
}
_STRINGS = {
    "organization": "Deployer/Name",
    "begin_date": "Use/Start",
    "end_date": "Use/End",
    "standard_version": "Source/Layout",
}
_LINKS = {
    "website": "Use/PublicPage",
    "url": "Use/SourceRegistration",
    "process_index_url": "Use/ProcessingRecord",
    "publiccode": "System/SourceCode",
}
_GROUPINGS = {
    "lawful_basis_grouping": "Use/LegalBasisReference",
    "impacttoetsen_grouping": "Use/Assessment",
    "source_data_grouping": "System/DataSource",
}
_CLASSES = {
    "Hoog-risico AI-systeem": ("high-risk", "high-risk-ai-system"),
    "Impactvolle algoritmes": ("not-high-risk", "impactful-algorithm"),
    "Overige algoritmes": ("not-high-risk", "other-algorithm"),
}
_STATUS = {
    "In gebruik": ("in-use", "IN_SERVICE"),
    "In ontwikkeling": ("in-development", None),
    "Buiten gebruik": ("out-of-use", "NO_LONGER_ON_MARKET_OR_IN_SERVICE"),
}
_THEMES = {
    "Werk": "work",
    "Verkeer": "traffic",
    "Zorg en gezondheid": "health",
    "Sociale zekerheid": "social-security",
    "Wonen": "housing",
}
_ENTRY = re.compile(r"\d+: (.*?), (\S+?)(?:\. (?=\d+: )|$)")


def pandas_lxml(source: Path, target: Path) -> Work:
    """Read everything with pandas, build one tree with lxml: no residue, findings or checks."""
    import pandas
    from lxml import etree

    def work() -> None:
        root = etree.Element("RegistrationMessage")
        table = pandas.read_csv(source, dtype=str, keep_default_na=False)
        for record in table.to_dict("records"):
            _registration(etree.SubElement(root, "Registration"), record)
        etree.ElementTree(root).write(
            str(target), encoding="utf-8", xml_declaration=True, pretty_print=True
        )

    return work


def _registration(root: Any, record: dict[Any, str]) -> None:
    """Put a record into an element, with what follows where the body is its own supplier."""
    _put(root, "RecordID", f"nl-algoritmeregister:{record['algorithm_id']}")
    _put(root, "Modified", record["publication_dt"].replace(" ", "T"))
    _put(root, "Language", "nl")
    _put(root, "Source/Register", "nl-algoritmeregister")
    page = f"https://algoritmes.overheid.nl/nl/algoritme/{record['algorithm_id']}"
    _put(root, "Source/Page", page)
    declared, register_class = _CLASSES[record["publication_category"]]
    _put(root, "Classification/Declared", declared)
    _put(root, "Classification/DeclaredAs", register_class)
    use, system = _STATUS[record["status"]]
    _put(root, "Use/Status", use)
    for field, path in _TEXTS.items():
        if record[field]:
            _put(root, path, record[field].strip(), "nl")
    for field, path in _STRINGS.items():
        if record[field]:
            _put(root, path, record[field].strip())
    for word in sorted({word.strip() for word in record["tags"].split(",")} - {""}):
        _put(root, "Keyword", word, "nl")
    for theme in sorted({each.strip() for each in record["category"].split(",")} - {""}):
        _put(root, "Use/Theme", _THEMES[theme])
    for field, path in _LINKS.items():
        if record[field]:
            _put(_new(root, path), "URL", record[field])
    for field, path in _GROUPINGS.items():
        for title, url in _ENTRY.findall(record[field]):
            entry = _new(root, path)
            if path.endswith("Assessment"):
                _put(entry, "Kind", "dpia" if "DPIA" in title else "other")
            _put(entry, "Title", title)
            _put(entry, "URL", url)
    if record["source_id"]:
        _identifier(root, "Identifier", "source_id", record["source_id"])
    _identifier(root, "Deployer/Identifier", "org_id", record["org_id"])
    _contact(root, "Deployer/Contact", record["contact_email"])
    own = record["provider"] == "Intern ontwikkeld"
    _put(root, "Provider/Name", record["organization"] if own else record["provider"])
    if own:
        _contact(root, "Provider/Contact", record["contact_email"])
        _put(root, "System/TradeName", record["name"])
        _put(root, "System/IntendedPurpose", record["goal"], "nl")
        _put(root, "System/MoreInformation", record["website"] or page)
        if system:
            _put(root, "System/Status", system)
        if record["begin_date"]:
            _put(root, "System/FirstPlaced", record["begin_date"])


def _put(root: Any, path: str, text: str, language: str | None = None) -> None:
    element = _new(root, path)
    element.text = text
    if language:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _new(root: Any, path: str) -> Any:
    """Return a new element at a path; the part that it belongs to is made at need."""
    from lxml.etree import SubElement

    part, _, name = path.rpartition("/")
    if part:
        found = root.find(part)
        root = SubElement(root, part) if found is None else found
    return SubElement(root, name)


def _identifier(root: Any, path: str, scheme: str, value: str) -> None:
    element = _new(root, path)
    _put(element, "Scheme", scheme)
    _put(element, "Value", value)


def _contact(root: Any, path: str, said: str) -> None:
    element = _new(root, path)
    _put(element, "Email" if "@" in said else "URL", said)
    _put(element, "Public", "true")
