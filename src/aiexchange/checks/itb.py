"""Test bed: the domains of the EU Interoperability Test Bed's validators, pointing at our schemas.

`python -m aiexchange.checks.itb` writes them to `schemas/itb/`; the README there says how to run
them. The names of the properties are those of the XML validator and of the RDF validator.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aiexchange import law
from aiexchange.formats.eudb.names import NOT_OFFICIAL
from aiexchange.resources import data_folder

_CHANNELS = "form, rest_api, soap_api"
_UP = "../.."
"""From a domain to `schemas/`."""


def domains() -> dict[str, str]:
    """Return the configuration of each domain by its place in `schemas/itb/`."""
    return {
        "xml/config.properties": "\n".join(_xml()) + "\n",
        "rdf/config.properties": "\n".join(_rdf()) + "\n",
    }


def _xml() -> Iterator[str]:
    versions = law.legal_versions()[::-1]
    yield from _head("Registration messages", (*map(_type, versions), "acknowledgement"))
    for version in versions:
        name = _type(version)
        yield f"validator.typeLabel.{name} = Registrations, legal version {version}"
        yield f"validator.schemaFile.{name} = {_UP}/eudb/1.0/message.xsd"
        yield f"validator.schematronFile.{name} = {_UP}/schematron/{version}.sch"
    yield "validator.typeLabel.acknowledgement = Acknowledgements"
    yield f"validator.schemaFile.acknowledgement = {_UP}/eudb/1.0/acknowledgement.xsd"


def _rdf() -> Iterator[str]:
    versions = law.legal_versions()[::-1]
    yield from _head("Catalogues of registrations", map(_type, versions))
    yield "validator.loadImports = false"
    yield "validator.defaultReportSyntax = text/turtle"
    for version in versions:
        name = _type(version)
        yield f"validator.typeLabel.{name} = Registrations, legal version {version}"
        yield f"validator.shaclFile.{name} = {_UP}/shacl/{version}.ttl"


def _head(title: str, types: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield f"# {NOT_OFFICIAL}"
    yield f"validator.uploadTitle = {title} (aiexchange)"
    yield f"validator.channels = {_CHANNELS}"
    yield f"validator.type = {', '.join(types)}"


def _type(version: str) -> str:
    return f"act-{version}"


def folder() -> Path:
    """Return where the domains lie."""
    return data_folder("schemas") / "itb"


def write() -> None:
    """Write the configuration of each domain."""
    for place, text in domains().items():
        file = folder() / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
