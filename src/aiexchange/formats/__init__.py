"""Formats: canonical registrations as bytes, and back."""

from aiexchange.formats.canonical import CanonicalJson, JsonLines
from aiexchange.formats.dcat import Dcat, syntaxes
from aiexchange.formats.eudb import EudbXml
from aiexchange.formats.protocol import BASE_IRI, Format, Options, Shape

FORMATS: dict[str, Format] = {
    each.name: each for each in (JsonLines(), CanonicalJson(), EudbXml(), Dcat())
}
"""The formats, by name."""

SYNTAXES = {each.suffix: each.name for each in syntaxes.SYNTAXES.values()}
"""The syntax of a format that has several, by the suffix of the file."""

__all__ = ["BASE_IRI", "FORMATS", "SYNTAXES", "EudbXml", "Format", "JsonLines", "Options", "Shape"]
