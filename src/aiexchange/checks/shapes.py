"""Shapes: the rule catalogue of a legal version as SHACL Core over our DCAT.

`python -m aiexchange.checks.shapes` writes the shapes to `schemas/shacl/`. Each rule is a node
shape over the registrations of the sections it is about, and one about an incomplete item a shape
for each part; the question that it asks must not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aiexchange import law
from aiexchange.checks.shacl_core import literal, shape, unnamed
from aiexchange.findings import Severity
from aiexchange.formats.dcat.derived import SECTIONS
from aiexchange.formats.dcat.terms import NAMESPACES
from aiexchange.law import ItemState, LegalVersion, Rule
from aiexchange.law.presence import lacking_parts
from aiexchange.law.questions import Question
from aiexchange.resources import data_folder

ENGINE = "shacl"

_RULES = "https://w3id.org/aiexchange/rules#"
_PREFIXES = ("aix", "adms", "dcat", "foaf", "locn", "skos", "vcard", "xsd")
_SEVERITIES = {
    Severity.VIOLATION: "sh:Violation",
    Severity.WARNING: "sh:Warning",
    Severity.INFO: "sh:Info",
}
_CLASSES = {code.value: name for code, name in SECTIONS.items()}
_ALL = "aix:Registration"
_TARGETS = {
    **{section: (name,) for section, name in _CLASSES.items()},
    "any": tuple(_CLASSES.values()),
    "none": (_ALL,),
    "record": (_ALL,),
}
"""The classes of registrations of which a rule is asked; the class tells that a section is due."""


def shapes(version: LegalVersion) -> str:
    """Return the shapes of a legal version, in Turtle.

    Raises:
        NotInShaclError: a rule asks what SHACL Core cannot, and does not leave the engine out.
    """
    rules = [rule for rule in version.rules if ENGINE in rule.engines]
    return "\n".join(_lines(rules, version)) + "\n"


def _lines(rules: Iterable[Rule], version: LegalVersion) -> Iterator[str]:
    yield f"# Rules of the AI Act, legal version {version.id}, over catalogues of aiexchange."
    yield "# The namespaces aix: and rule: are placeholders of aiexchange; they are not registered."
    yield "@prefix sh: <http://www.w3.org/ns/shacl#> ."
    for prefix in _PREFIXES:
        yield f"@prefix {prefix}: <{NAMESPACES[prefix]}> ."
    yield f"@prefix rule: <{_RULES}> ."
    asked = {each.named: each for rule in rules for each in _named(rule.asks) if each.named}
    for name, question in asked.items():
        yield f"\nrule:{name} a sh:NodeShape ;\n  sh:and ( {unnamed(question)} ) ."
    for rule in rules:
        yield from _rule(rule, version)


def _named(question: Question) -> Iterator[Question]:
    for each in question.of:
        yield from _named(each)
    if question.named:
        yield question


def _rule(rule: Rule, version: LegalVersion) -> Iterator[str]:
    if rule.state is not ItemState.INCOMPLETE or rule.item is None:
        yield from _node(rule, rule.code, rule.asks, rule.message, rule.path)
        return
    item = version.item(rule.item)
    for part, asks in lacking_parts(rule, item):
        message = version.wording.message(item, rule.kind, (part.name,))
        name = f"{rule.code}.{part.name.replace(' ', '-')}"
        yield from _node(rule, name, asks, message, part.paths[0])


def _node(rule: Rule, name: str, asks: Question, message: law.Text, path: str) -> Iterator[str]:
    asked = shape(asks)
    if rule.section == "none":
        due = " ".join(f"[ sh:class {each} ]" for each in _CLASSES.values())
        asked = f"[ sh:and ( [ sh:not [ sh:or ( {due} ) ] ] {asked} ) ]"
    yield f"\nrule:{name} a sh:NodeShape ;"
    yield f"  sh:targetClass {', '.join(_TARGETS[rule.section])} ;"
    yield f"  sh:not {asked} ;"
    yield f"  sh:severity {_SEVERITIES[rule.severity]} ;"
    yield f"  sh:message {_texts(message)} ;"
    yield f"  aix:findingCode {literal(rule.code)} ;"
    yield f"  aix:findingPath {literal(path)} ;"
    yield f"  aix:basis {literal(rule.basis)} ;"
    yield f"  aix:mend {_texts(rule.mend)} ."


def _texts(texts: law.Text) -> str:
    return ", ".join(f"{literal(said)}@{language}" for language, said in texts.items())


def folder() -> Path:
    """Return where the shapes lie, one file for each legal version."""
    return data_folder("schemas") / "shacl"


def write() -> None:
    """Write the shapes of all legal versions."""
    folder().mkdir(exist_ok=True)
    for id in law.legal_versions():
        text = shapes(law.legal_version(id))
        (folder() / f"{id}.ttl").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
