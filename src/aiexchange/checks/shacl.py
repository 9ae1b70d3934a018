"""SHACL: a shapes graph run over the triples of registrations, batch by batch."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiexchange.errors import InputError, UsageError
from aiexchange.findings import Finding, Origin, Severity, Words
from aiexchange.formats.dcat.places import path_of, record_id_of
from aiexchange.formats.dcat.terms import NAMESPACES

if TYPE_CHECKING:
    from rdflib import Graph

_SH = "http://www.w3.org/ns/shacl#"
_AIX = NAMESPACES["aix"]
_SEVERITIES = {
    f"{_SH}Violation": Severity.VIOLATION,
    f"{_SH}Warning": Severity.WARNING,
    f"{_SH}Info": Severity.INFO,
}
_CODES = {
    "MinCount": "shacl.missing",
    "MaxCount": "shacl.too-many",
    "UniqueLang": "shacl.too-many",
    "Datatype": "shacl.datatype",
    "NodeKind": "shacl.datatype",
    "Class": "shacl.class",
}
"""The code by the component that failed, where the shape names none; else it is `shacl.value`."""

_WORDS = {
    "MinCount": "There is no {path}, and there has to be one.",
    "MaxCount": "{path} is said too often.",
    "UniqueLang": "{path} is said more than once in one language.",
    "Datatype": "{path} has not the datatype that the shape asks for: {value}",
    "NodeKind": "{path} is a text where there has to be an address, or the reverse: {value}",
    "Class": "{path} leads to something that is not of the class that the shape asks for: {value}",
}


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph that is ready to run.

    A shape may say how its findings look: `aix:findingCode`, `aix:findingPath` (a canonical path),
    `aix:basis` and `aix:mend` (texts by language) beside the `sh:message` and `sh:severity` of the
    standard.
    """

    graph: Graph
    name: str = "the shapes"


def load(*paths: Path) -> Shapes:
    """Return the shapes of files; a folder gives all its files in Turtle.

    `owl:imports` are not followed: nothing is fetched.

    Raises:
        UsageError: there is no such file, or a folder without shapes.
        InputError: a file is no RDF, or holds no shape.
    """
    files = [file for path in paths for file in _files(path)]
    shapes = parse(*(file.read_bytes() for file in files), name=", ".join(map(str, paths)))
    if not any(shapes.graph.subject_objects(_uri(f"{_SH}property"))) and not any(
        shapes.graph.subjects(_uri(NAMESPACES["rdf"] + "type"), _uri(f"{_SH}NodeShape"))
    ):
        raise InputError(f"{', '.join(map(str, paths))} holds no shape")
    return shapes


def parse(*turtle: bytes | str, name: str = "the shapes") -> Shapes:
    """Return shapes that are written in Turtle.

    Raises:
        InputError: the text is no Turtle.
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for text in turtle:
        try:
            graph.parse(data=text, format="turtle")
        except Exception as error:
            first = str(error).strip().partition("\n")[0]
            raise InputError(f"{name} cannot be read as Turtle: {first}") from None
    return Shapes(graph, name)


def validate(batches: Iterable[bytes], shapes: Shapes, origin: Origin) -> Iterator[Finding]:
    """Yield what shapes find in batches of N-Triples; what two batches both hold is told once.

    A batch holds whole registrations, and all that they point at: a shape sees no other batch.
    Nothing is inferred, nothing is imported.

    Raises:
        InputError: a shape is no shape that can be run.
    """
    told: set[Finding] = set()
    for batch in batches:
        for finding in _of_batch(batch, shapes, origin):
            if finding.record_id is None:
                if finding in told:
                    continue
                told.add(finding)
            yield finding


def _of_batch(batch: bytes, shapes: Shapes, origin: Origin) -> list[Finding]:
    import pyshacl
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError

    data = _graph(batch)
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes.graph, inference="none", do_owl_imports=False, inplace=True
        )
    except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as error:
        raise InputError(
            f"{shapes.name} cannot be run: {str(error).partition(chr(10))[0]}"
        ) from None
    found = [
        _finding(report, result, data, shapes, origin)
        for result in report.objects(None, _uri(f"{_SH}result"))
    ]
    return sorted(found, key=lambda each: (each.record_id or "", each.path or "", each.message))


def _graph(ntriples: bytes) -> Graph:
    """Return triples as a graph whose literals are as they were written."""
    import rdflib

    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph(bind_namespaces="none")
        graph.parse(data=ntriples, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return graph


def _finding(report: Any, result: Any, data: Any, shapes: Shapes, origin: Origin) -> Finding:
    focus, shape = _value(report, result, "focusNode"), _value(report, result, "sourceShape")
    value, path = _value(report, result, "value"), _value(report, result, "resultPath")
    component = _local(_value(report, result, "sourceConstraintComponent"))
    place = path_of(str(focus), str(path) if path is not None else None)
    shown = "" if value is None else str(value)[:100]
    return Finding(
        code=_said(shapes, shape, "findingCode") or _CODES.get(component, "shacl.value"),
        severity=_SEVERITIES.get(str(_value(report, result, "resultSeverity")), Severity.VIOLATION),
        message=_message(shapes, report, result, shape)
        or _WORDS.get(component, "{path} breaks a shape ({component}): {value}").format(
            path=place, value=shown, component=component
        ),
        record_id=_record_id(data, focus),
        path=_said(shapes, shape, "findingPath") or place,
        origin=origin,
        basis=_said(shapes, shape, "basis"),
        mend=_said(shapes, shape, "mend")
        or "Correct what is said there; the shapes say what has to stand.",
        translated=_in_dutch(shapes, shape),
    )


def _in_dutch(shapes: Shapes, shape: Any) -> dict[str, Words] | None:
    texts = [
        str(each)
        for each in shapes.graph.objects(shape, _uri(f"{_SH}message"))
        if getattr(each, "language", None) == "nl"
    ]
    if not texts:
        return None
    mends = shapes.graph.objects(shape, _uri(f"{_AIX}mend"))
    own = [str(each) for each in mends if getattr(each, "language", None) == "nl"]
    mend = own[0] if own else "Verbeter wat daar staat; de vormen zeggen wat er moet staan."
    return {"nl": Words(min(texts), mend)}


def _value(graph: Any, subject: Any, name: str) -> Any:
    return graph.value(subject, _uri(_SH + name))


def _local(component: Any) -> str:
    local = re.split(r"[#/]", str(component))[-1]
    return local.removesuffix("ConstraintComponent")


def _said(shapes: Shapes, shape: Any, name: str) -> str | None:
    """Return what a shape says about its findings in English, else in any language."""
    texts = sorted(
        shapes.graph.objects(shape, _uri(_AIX + name)),
        key=lambda each: (getattr(each, "language", None) not in ("en", None), str(each)),
    )
    return str(texts[0]) if texts else None


def _message(shapes: Shapes, report: Any, result: Any, shape: Any) -> str | None:
    """Return the message of the shape; one that the engine made up is replaced by our own words."""
    own = {str(each) for each in shapes.graph.objects(shape, _uri(f"{_SH}message"))}
    said = sorted(
        (each for each in report.objects(result, _uri(f"{_SH}resultMessage")) if str(each) in own),
        key=lambda each: (each.language not in ("en", None), str(each)),
    )
    return str(said[0]) if said else None


def _record_id(data: Any, focus: Any) -> str | None:
    document = str(focus).partition("#")[0]
    said = data.value(_uri(document), _uri(f"{_AIX}recordId"))
    return str(said) if said is not None else record_id_of(document)


def _uri(iri: str) -> Any:
    import rdflib

    return rdflib.URIRef(iri)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(path.glob("*.ttl"))
        if not files:
            raise UsageError(f"{path} holds no file in Turtle (.ttl)")
        return files
    if not path.is_file():
        raise UsageError(f"there is no file of shapes {path}")
    return [path]
