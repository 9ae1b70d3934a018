"""Cataloguing: the options that a catalogue has and other formats have not; and as a graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aiexchange.errors import UsageError
from aiexchange.exchange.codecs import Codec
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.dcat.catalogue import Catalogue, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiexchange.exchange.source import Source
    from aiexchange.formats.dcat.graph import Graph
    from aiexchange.model import Entry, Registration


def with_catalogue(
    options: Options,
    codec: Codec,
    *,
    base_iri: str | None = None,
    with_ranges: bool = False,
    catalogue: Catalogue | str | Path | None = None,
) -> Options:
    """Return the options of writing with those of a catalogue.

    Raises:
        UsageError: the target is no catalogue, or what is given makes none.
    """
    if codec is not FORMATS["dcat"]:
        if base_iri is not None or with_ranges or catalogue is not None:
            raise UsageError(f"{codec.name} is no catalogue: it has no base IRI and no publisher")
        return options
    if isinstance(catalogue, str | Path):
        catalogue = load(catalogue)
    return replace(
        options,
        base_iri=base_iri or options.base_iri,
        with_ranges=with_ranges,
        catalogue=catalogue,
    )


def to_graph(
    source: Source | Iterable[Entry | Registration],
    *,
    format: str | None = None,
    profile: str | None = None,
    legal_version: str | None = None,
    base_iri: str | None = None,
    with_ranges: bool = False,
    catalogue: Catalogue | str | Path | None = None,
) -> Graph:
    """Return registrations as a catalogue in memory, an `rdflib.Graph`.

    The graph holds the triples that `convert` writes; one registration takes some 150 KB. What may
    not be published is left out.

    Raises:
        InputError: the source cannot be read at all.
        UsageError: there is no such profile, or what is given makes no catalogue.
    """
    from aiexchange.exchange.reading import entries_from
    from aiexchange.formats.dcat.graph import graph

    options = with_catalogue(
        Options(profile=profile, legal_version=legal_version),
        FORMATS["dcat"],
        base_iri=base_iri,
        with_ranges=with_ranges,
        catalogue=catalogue,
    )
    return graph(entries_from(source, format), options)
