"""Options that describe the catalogue which `convert` writes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

_TEXTS = ("title", "publisher", "licence", "homepage")


def catalogued(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a catalogue; the command takes what they say as `catalogued`."""

    @functools.wraps(command)
    def with_catalogue(*arguments: Any, **given: Any) -> Any:
        said = {name: given.pop(name) for name in _TEXTS}
        found = {
            "base_iri": given.pop("base_iri"),
            "with_ranges": given.pop("with_ranges"),
            "catalogue": _catalogue(given.pop("catalogue"), said),
        }
        return command(*arguments, **given, catalogued=found)

    wrapped = with_catalogue
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _catalogue(file: str | None, said: dict[str, str | None]) -> Any:
    """Return the catalogue of a file with what the options say instead; None if neither does."""
    if file is None and not any(said.values()):
        return None
    from aiexchange.formats.dcat.catalogue import Catalogue, load

    return (load(file) if file is not None else Catalogue()).but(**said)


_OPTIONS = (
    click.option(
        "--base-iri",
        metavar="IRI",
        help="What the IRIs of a catalogue begin with; it ends in /.",
    ),
    click.option(
        "--catalogue",
        metavar="FILE",
        help="TOML with title, description, publisher, contact, homepage, licence of a catalogue.",
    ),
    click.option("--title", metavar="TEXT", help="Title of the catalogue."),
    click.option("--publisher", metavar="NAME", help="Publisher of the catalogue."),
    click.option(
        "--licence",
        metavar="IRI",
        help="Licence of the catalogue; only with one are distributions listed.",
    ),
    click.option("--homepage", metavar="URL", help="Home page of the catalogue."),
    click.option(
        "--with-ranges",
        is_flag=True,
        help="Say in a catalogue of which class the things are to which it leads, for receivers "
        "that check ranges.",
    ),
)
