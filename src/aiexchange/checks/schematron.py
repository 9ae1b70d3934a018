"""Schematron: the rule catalogue of a legal version as a schema in ISO Schematron.

`python -m aiexchange.checks.schematron` writes the schemas to `schemas/schematron/`. They ask in
XPath 1.0, so that any engine runs them over our XML: lxml, Saxon, the EU Interoperability Test Bed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from aiexchange import law
from aiexchange.checks.xpath import BLANK, PREFIX, Variables, quoted, test
from aiexchange.findings import Severity
from aiexchange.formats.eudb.layout import SECTIONS
from aiexchange.formats.eudb.names import NOT_OFFICIAL, RECORDS, REGISTRATION
from aiexchange.law import Item, ItemState, LegalVersion, Part, Rule
from aiexchange.law.presence import part_lacks
from aiexchange.resources import data_folder

ENGINE = "schematron"
_WORDS = ("mend", "nl", "mend.nl")
NAMESPACE = "http://purl.oclc.org/dsdl/schematron"

_ROLES = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "information"}
_BLOCKS = {code.value: f"{PREFIX}:{block.name}" for code, block in SECTIONS.items()}
_DUE = " | ".join(_BLOCKS.values())
_CONDITIONS = {
    **{section: f"[{block}]" for section, block in _BLOCKS.items()},
    "any": f"[{_DUE}]",
    "none": f"[not({_DUE})]",
    "record": "",
}
"""Which registrations a rule is asked of: the block of a section tells that it is due."""

_TITLES = {
    "any": "whatever is due",
    "none": "nothing is due",
    "record": "the record itself",
}


def schema(version: LegalVersion) -> str:
    """Return the schema of a legal version.

    Raises:
        NotInXPathError: a rule asks what XPath 1.0 cannot, and does not leave the engine out.
    """
    rules = [rule for rule in version.rules if ENGINE in rule.engines]
    return "\n".join(_lines(rules, version)) + "\n"


def _lines(rules: list[Rule], version: LegalVersion) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<!-- {NOT_OFFICIAL} -->"
    yield f'<sch:schema xmlns:sch="{NAMESPACE}" queryBinding="xslt">'
    yield f"  <sch:title>Rules of the AI Act, legal version {version.id}</sch:title>"
    yield f'  <sch:ns prefix="{PREFIX}" uri="{REGISTRATION}"/>'
    yield f'  <sch:let name="blank" value={_attribute(quoted(BLANK))}/>'
    for section in law.SECTIONS:
        asked = [rule for rule in rules if rule.section == section]
        if asked:
            yield from _pattern(section, asked, version)
    yield "  <sch:diagnostics>"
    yield '    <sch:diagnostic id="record"><sch:value-of select="r:RecordID"/></sch:diagnostic>'
    for rule in rules:
        yield from _diagnostics(rule, version)
    yield "  </sch:diagnostics>"
    yield "</sch:schema>"


def _pattern(section: str, rules: Iterable[Rule], version: LegalVersion) -> Iterator[str]:
    known = Variables()
    asserts = [line for rule in rules for line in _assert(rule, known, version)]
    title = _TITLES.get(section) or law.codelist("section")[section].label_en
    yield f'  <sch:pattern id="section-{section}">'
    yield f"    <sch:title>{escape(title)}</sch:title>"
    context = " | ".join(f"{PREFIX}:{name}{_CONDITIONS[section]}" for name in RECORDS)
    yield f"    <sch:rule context={_attribute(context)}>"
    for name, value in known.values.items():
        yield f'      <sch:let name="{name}" value={_attribute(value)}/>'
    yield from asserts
    yield "    </sch:rule>"
    yield "  </sch:pattern>"


def _assert(rule: Rule, known: Variables, version: LegalVersion) -> Iterator[str]:
    asked = test(rule.asks, known)
    told = " ".join(("record", *(f"{rule.code}.{each}" for each in ("path", *_WORDS))))
    yield f'      <sch:assert id="{rule.code}" role="{_ROLES[rule.severity]}" diagnostics="{told}"'
    message = _message(rule, "en", known, version)
    yield f"        test={_attribute(f'not({asked})')}>{message}</sch:assert>"


def _message(rule: Rule, language: str, known: Variables, version: LegalVersion) -> str:
    """Return the message in a language; of an incomplete item it names what is missing."""
    said = rule.message[language]
    if rule.state is not ItemState.INCOMPLETE or rule.item is None:
        return escape(said)
    item = version.item(rule.item)
    before, _, after = said.rpartition(", ".join(part.term[language] for part in item.mandatory))
    joined = _joined(item, known, lambda part: part.term[language])
    return f"{escape(before)}<sch:value-of select={_attribute(joined)}/>{escape(after)}"


def _path(rule: Rule, version: LegalVersion) -> str:
    """Return the canonical path; of an incomplete item that of the first part that is missing."""
    if rule.state is not ItemState.INCOMPLETE or rule.item is None:
        return escape(rule.path)
    joined = _joined(version.item(rule.item), Variables(), lambda part: part.paths[0])
    first = f"substring-before(concat({joined}, ', '), ', ')"
    return f"<sch:value-of select={_attribute(first)}/>"


def _joined(item: Item, known: Variables, name: Callable[[Part], str]) -> str:
    """Return an expression that joins what names the parts that are missing."""
    names = (_if(test(part_lacks(part, item), known), f", {name(part)}") for part in item.mandatory)
    return f"substring(concat({', '.join(names)}, ''), 3)"


def _if(condition: str, text: str) -> str:
    return f"substring({quoted(text)}, 1, {len(text)} * number({condition}))"


def _diagnostics(rule: Rule, version: LegalVersion) -> Iterator[str]:
    for suffix, language, text in (
        ("path", "zxx", _path(rule, version)),
        ("mend", "en", escape(rule.mend["en"])),
        ("nl", "nl", _message(rule, "nl", Variables(), version)),
        ("mend.nl", "nl", escape(rule.mend["nl"])),
    ):
        start = f'    <sch:diagnostic id="{rule.code}.{suffix}" xml:lang="{language}">'
        yield f"{start}{text}</sch:diagnostic>"


def _attribute(text: str) -> str:
    """Return a text as an attribute, with references for white space and what is not ASCII."""
    odd = {each for each in text if each in "\n\t\r" or not each.isascii()}
    return quoteattr(text, {each: f"&#{ord(each)};" for each in odd})


def folder() -> Path:
    """Return where the schemas lie, one for each legal version."""
    return data_folder("schemas") / "schematron"


def write() -> None:
    """Write the schemas of all legal versions."""
    folder().mkdir(exist_ok=True)
    for id in law.legal_versions():
        text = schema(law.legal_version(id))
        (folder() / f"{id}.sch").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
