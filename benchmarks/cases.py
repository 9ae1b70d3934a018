"""Cases: each path with its bar, and those that are measured beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One that does the work of a case: a function of `benchmarks.sides`.

    `records` is how many it gets at most, for slow ones; `least` how many times its rate ours has
    to be; `same` how its output is compared with ours (`triples` or `xml`), if it is the same.
    """

    name: str
    function: str
    package: str
    records: int = 10_000
    least: float | None = None
    same: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A path: its source and its target by suffix, our function, the bar, and the others."""

    name: str
    title: str
    corpus: str
    source: str
    target: str
    function: str
    bar: int
    others: tuple[Side, ...] = ()
    other_source: str | None = None
    """Suffix of what the others read, where that is not what we read."""


CASES = (
    Case(
        "csv-xml",
        "Dutch CSV to canonical, with residue and findings, to XML",
        "register",
        "csv",
        "xml",
        "convert",
        4_000,
        (
            Side(
                "pandas and lxml",
                "analyst:pandas_lxml",
                "pandas",
                least=0.5,
                remark="no residue, findings or checks",
            ),
        ),
    ),
    Case(
        "objects-xml",
        "Registrations in memory to XML",
        "reference",
        "xml",
        "xml",
        "write",
        4_000,
        (
            Side("xsdata", "objects:xsdata_write", "xsdata", 1_000, 8, "xml"),
            Side("xmlschema", "objects:xmlschema_write", "xmlschema", 300, None, "xml"),
            Side("pydantic-xml", "mirror:write", "pydantic-xml", 1_000, None, "xml"),
        ),
    ),
    Case(
        "xml-canonical",
        "XML to canonical, validated",
        "reference",
        "xml",
        "none",
        "read",
        2_500,
        (
            Side("xsdata", "objects:xsdata_read", "xsdata", 1_000, 4),
            Side("xmlschema", "objects:xmlschema_read", "xmlschema", 300, 8),
            Side("pydantic-xml", "mirror:read", "pydantic-xml", 1_000),
        ),
    ),
    Case(
        "xsd",
        "XSD validation with line, named path and record id",
        "reference",
        "xml",
        "none",
        "validate",
        4_000,
        (Side("xmlschema", "objects:xmlschema_validate", "xmlschema", 300, 10),),
    ),
    Case(
        "canonical-nt",
        "Canonical to N-Triples",
        "reference",
        "jsonl",
        "nt",
        "write",
        5_000,
        (
            Side("rdflib", "graphs:rdflib_write", "rdflib", 200, 20, "triples"),
            Side("pyoxigraph", "graphs:pyoxigraph_write", "pyoxigraph", 1_000, None, "triples"),
        ),
        "nt",
    ),
    Case(
        "canonical-turtle",
        "Canonical to Turtle",
        "reference",
        "jsonl",
        "ttl",
        "write",
        5_000,
        (
            Side("rdflib", "graphs:rdflib_write", "rdflib", 200, 20, "triples"),
            Side("pyoxigraph", "graphs:pyoxigraph_write", "pyoxigraph", 1_000, None, "triples"),
        ),
        "nt",
    ),
    Case(
        "nt-canonical",
        "N-Triples to canonical",
        "reference",
        "nt",
        "none",
        "read",
        1_500,
        (
            Side("rdflib", "graphs:rdflib_read", "rdflib", 200, 8, remark="parsing alone"),
            Side("pyoxigraph", "graphs:pyoxigraph_read", "pyoxigraph", remark="parsing alone"),
        ),
    ),
    Case(
        "turtle-canonical",
        "Turtle to canonical",
        "reference",
        "ttl",
        "none",
        "read",
        1_500,
        (
            Side("rdflib", "graphs:rdflib_read", "rdflib", 200, 8, remark="parsing alone"),
            Side("pyoxigraph", "graphs:pyoxigraph_read", "pyoxigraph", remark="parsing alone"),
        ),
    ),
    Case(
        "csv-nt",
        "Dutch CSV to N-Triples of the catalogue",
        "register",
        "csv",
        "nt",
        "convert",
        0,
        (Side("morph-kgc", "morph:morph_kgc", "morph-kgc", remark="one triple for each cell"),),
    ),
    Case(
        "xml-nt",
        "XML to N-Triples of the catalogue",
        "reference",
        "xml",
        "nt",
        "convert",
        0,
        (
            Side("libxslt", "scripts:libxslt", "lxml", remark="one triple for each text"),
            Side("Saxon", "scripts:saxon", "saxonche", remark="one triple for each text"),
        ),
    ),
    Case(
        "rules",
        "The whole rule catalogue, registrations in memory",
        "reference",
        "jsonl",
        "none",
        "rules",
        10_000,
        (Side("pySHACL", "graphs:pyshacl", "pyshacl", 50, 100),),
        "nt",
    ),
    Case("gaps", "Gaps over a bulk CSV", "register", "csv", "none", "gaps", 5_000),
    Case(
        "diff",
        "Diff of two exports, three of a hundred records changed",
        "register",
        "csv",
        "none",
        "diff",
        10_000,
        (Side("deepdiff", "scripts:deepdiff", "deepdiff", 300, 50, remark="values in memory"),),
    ),
)
"""The cases by which the figures are measured, in the order of the table."""
