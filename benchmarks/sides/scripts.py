"""Scripts: what an analyst would write with deepdiff or XSLT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiexchange import exchange
from aiexchange.model.paths import plain
from benchmarks.sides.ours import Work

_XSLT = Path(__file__).with_name("triples.xslt")


def deepdiff(source: Path, target: Path) -> Work:
    """Compare the canonical values of two exports, pair by pair, with deepdiff."""
    from deepdiff import DeepDiff

    old, new = _values(source), _values(source.with_name(f"changed-{source.name}"))
    return lambda: [DeepDiff(old[key], new[key]) for key in old if key in new]


def _values(source: Path) -> dict[str, Any]:
    found = (entry.registration for entry in exchange.read(source))
    return {each.record_id: plain(each) for each in found if each}


def libxslt(source: Path, target: Path) -> Work:
    """Turn a message into triples with libxslt: each element with a text is one."""
    from lxml import etree

    transform = etree.XSLT(etree.parse(_XSLT))
    return lambda: transform(etree.parse(source)).write_output(str(target))


def saxon(source: Path, target: Path) -> Work:
    """Turn a message into triples with Saxon: each element with a text is one."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_XSLT))
    return lambda: executable.transform_to_file(source_file=str(source), output_file=str(target))
