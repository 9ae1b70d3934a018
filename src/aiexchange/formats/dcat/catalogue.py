"""The catalogue: who publishes it, under which title and licence, and the nodes that say so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aiexchange.errors import UsageError
from aiexchange.formats.dcat.carriers import Node, Pair
from aiexchange.formats.dcat.terms import AUTHORITY, LEGISLATION, TYPE, catalogue_iri, term
from aiexchange.formats.dcat.text import iri, literal, mailto

THEMES = f"<{AUTHORITY}data-theme>"

Texts = Mapping[str, str]
"""A text by language; the key is empty for one whose language is not said."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where people turn to with questions about the catalogue (`vcard:Kind`)."""

    name: str = "Contact not stated"
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a catalogue says about itself (`dcat:Catalog`); the defaults make a valid one.

    `licence` is the IRI under which the catalogue and what it links to may be used: without one no
    distribution is listed, as DCAT-AP-NL asks for a licence with each. `xml` is the address at
    which the same registrations are published as eudb-xml.
    """

    title: Texts = field(
        default_factory=lambda: {
            "en": "Registrations of AI systems",
            "nl": "Registraties van AI-systemen",
        }
    )
    description: Texts = field(
        default_factory=lambda: {
            "en": "Registrations under Article 49 of Regulation (EU) 2024/1689, converted from a "
            "national register"
        }
    )
    publisher: Texts = field(default_factory=lambda: {"en": "Publisher not stated"})
    homepage: str | None = None
    licence: str | None = None
    xml: str | None = None
    contact: Contact = Contact()

    def __post_init__(self) -> None:
        """Refuse an address that cannot be an IRI.

        Raises:
            UsageError: the homepage, the licence or another address is none.
        """
        for name in ("homepage", "licence", "xml"):
            _refuse_no_iri(name, getattr(self, name), iri)
        _refuse_no_iri("contact.url", self.contact.url, iri)
        _refuse_no_iri("contact.email", self.contact.email, mailto)

    def but(self, **given: str | None) -> Catalogue:
        """Return the catalogue with what is given in place of what it says; None leaves it.

        Raises:
            UsageError: an address cannot be an IRI.
        """
        members = {name: value for name, value in given.items() if value is not None}
        return replace(self, **{name: _member(name, value) for name, value in members.items()})


def load(path: str | Path) -> Catalogue:
    """Return the catalogue that a TOML file describes; what it leaves out has its default.

    Raises:
        UsageError: there is no such file, it is no TOML, or it says something unknown.
    """
    try:
        given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}") from None
    try:
        return replace(Catalogue(), **{name: _member(name, each) for name, each in given.items()})
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


def _member(name: str, value: Any) -> Any:
    if name == "contact":
        return _contact(value)
    if name not in _MEMBERS:
        raise UsageError(f"a catalogue has no {name}; it has {', '.join(_MEMBERS)}")
    if name in _TEXTS and isinstance(value, dict) and value:
        for tag, text in value.items():
            _refuse_no_text(f"{name}.{tag}", text)
        return dict(sorted(value.items()))
    _refuse_no_text(name, value)
    return {"": value} if name in _TEXTS else value


def _contact(value: Any) -> Contact:
    known = [each.name for each in fields(Contact)]
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise UsageError(f"the contact of a catalogue is a table of {', '.join(known)}")
    for name, text in value.items():
        _refuse_no_text(f"contact.{name}", text)
    return Contact(**value)


_TEXTS = ("title", "description", "publisher")
_MEMBERS = tuple(each.name for each in fields(Catalogue))


def _refuse_no_text(name: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{name} of a catalogue is a text, not {value!r}")


def _refuse_no_iri(name: str, value: str | None, check: Any) -> None:
    if value is not None and check(value) is None:
        raise UsageError(f"{name} of a catalogue is an address, not {value}")


def catalogue_nodes(catalogue: Catalogue, base: str) -> list[Node]:
    """Return the nodes of the catalogue itself, its publisher and its contact."""
    here = catalogue_iri(base)
    return [
        (here, _about(catalogue, here)),
        (
            f"{here}#publisher",
            [(TYPE, term("foaf:Agent")), *_said("foaf:name", catalogue.publisher)],
        ),
        (f"{here}#contact", [(TYPE, term("vcard:Kind")), *_reached(catalogue.contact)]),
    ]


def _about(catalogue: Catalogue, here: str) -> list[Pair]:
    pairs = [
        (TYPE, term("dcat:Catalog")),
        *_said("dct:title", catalogue.title),
        *_said("dct:description", catalogue.description),
        ("dct:publisher", f"<{here}#publisher>"),
        ("dcat:contactPoint", f"<{here}#contact>"),
        ("dcat:themeTaxonomy", THEMES),
        ("dcatap:applicableLegislation", f"<{LEGISLATION}>"),
    ]
    if catalogue.homepage is not None:
        pairs.append(("foaf:homepage", f"<{catalogue.homepage}>"))
    if catalogue.licence is not None:
        pairs.append(("dct:license", f"<{catalogue.licence}>"))
    return pairs


def _said(predicate: str, texts: Texts) -> list[Pair]:
    return [(predicate, literal(text) + (f"@{tag}" if tag else "")) for tag, text in texts.items()]


def _reached(contact: Contact) -> list[Pair]:
    pairs = [("vcard:fn", literal(contact.name))]
    if contact.email is not None and (mail := mailto(contact.email)):
        pairs.append(("vcard:hasEmail", mail))
    if contact.url is not None:
        pairs.append(("vcard:hasURL", f"<{contact.url}>"))
    return pairs
