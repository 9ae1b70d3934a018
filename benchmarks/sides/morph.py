"""morph-kgc: rows into triples; it runs in an environment of its own, without aiexchange."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path


def morph_kgc(source: Path, target: Path) -> Callable[[], object]:
    """Turn rows into triples with morph-kgc: each cell is one."""
    import morph_kgc

    mapping = source.with_suffix(".rml.ttl")
    mapping.write_text("\n".join(_rml(source)), encoding="utf-8")
    settings = (
        f"[CONFIGURATION]\nlogging_level=ERROR\nnumber_of_processes=1\n[Rows]\nmappings={mapping}\n"
    )
    return lambda: target.write_text("\n".join(morph_kgc.materialize_set(settings)))


def _rml(source: Path) -> Iterable[str]:
    with source.open(encoding="utf-8-sig", newline="") as stream:
        names = next(csv.reader(stream))
    yield "@prefix rr: <http://www.w3.org/ns/r2rml#> ."
    yield "@prefix rml: <http://semweb.mmlab.be/ns/rml#> ."
    yield "@prefix ql: <http://semweb.mmlab.be/ns/ql#> ."
    yield "<#Rows> a rr:TriplesMap ;"
    yield f'  rml:logicalSource [ rml:source "{source}" ; rml:referenceFormulation ql:CSV ] ;'
    yield '  rr:subjectMap [ rr:template "https://voorbeeld.example/{algorithm_id}" ]'
    for name in names:
        yield f"  ; rr:predicateObjectMap [ rr:predicate <https://voorbeeld.example/ns#{name}> ;"
        yield f'    rr:objectMap [ rml:reference "{name}" ] ]'
    yield "."
