"""Merging: a register completed by the files of its suppliers, in two orders."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aiexchange import Registration
from aiexchange.exchange import new_template
from aiexchange.exchange import write as write_registrations
from benchmarks.corpus import lars
from benchmarks.table import Line

REGISTRATIONS, FILES = 20_000, 500
MOST = 60
"""The most seconds by the clock."""


def merging(folder: Path, registrations: int = REGISTRATIONS, files: int = FILES) -> Iterator[Line]:
    """Yield what a merge takes by the clock, and whether the order of the files says anything."""
    base, overlays = corpus(folder, registrations, files)
    targets = [folder / f"merged-{turn}.jsonl" for turn in (1, 2)]
    seconds = _clock(base, overlays, targets[0])
    _clock(base, reversed(overlays), targets[1])
    output = "same" if targets[0].read_bytes() == targets[1].read_bytes() else "OTHER"
    met = seconds < MOST and output == "same"
    bar = f"{'met' if met else 'MISSED'} ({MOST} s)"
    completed = targets[0].read_bytes().count(b"/instructions.pdf")
    shown = f"{output}, {completed:,} completed"
    rate = f"{registrations / seconds:,.0f}"
    yield Line(
        (
            "merge",
            f"{files} files, {seconds:.0f} s",
            f"{registrations:,}",
            rate,
            "",
            "",
            shown,
            bar,
        ),
        met,
    )


def corpus(folder: Path, registrations: int, files: int) -> tuple[Path, list[Path]]:
    """Write a register, and a filled template of each of its products; return both."""
    base = folder / "merge-base.jsonl"
    write_registrations((_used(each, files) for each in range(registrations)), base, force=True)
    overlays = [folder / f"supplier-{number:03}.xlsx" for number in range(files)]
    for number, overlay in enumerate(overlays):
        supplied = folder / "supplied.jsonl"
        write_registrations([_supplied(number)], supplied, force=True)
        new_template(overlay, source=supplied, force=True)
    return base, overlays


def _used(number: int, products: int) -> Registration:
    return _registration(
        f"nl-algoritmeregister:{lars(number)}",
        number % products,
        {"title": {"nl": f"Toepassing {number}"}, "deployer": {"name": f"Gemeente {number % 340}"}},
    )


def _supplied(product: int) -> Registration:
    site = f"https://voorbeeld{product}.example"
    found = _registration(f"supplier:{product}", product, {})
    plain = found.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["provider"]["address"] = {"full": f"Voorbeeldstraat {product}, Voorbeeldstad"}
    plain["system"]["instructions_for_use"] = [{"url": f"{site}/instructions.pdf"}]
    plain["system"]["member_states"] = ["BE", "NL"]
    return Registration.model_validate(plain)


def _registration(record_id: str, product: int, other: dict[str, Any]) -> Registration:
    register = record_id.partition(":")[0]
    return Registration.model_validate(
        {
            "record_id": record_id,
            "source": {"register": register},
            "provider": {"name": f"Leverancier {product % 170} B.V."},
            "system": {"trade_name": f"Product {product}"},
            **other,
        }
    )


def _clock(base: Path, overlays: Iterable[Path], target: Path) -> float:
    program = Path(sys.executable).with_name("aiexchange")
    fixed = ("--force", "--stated", "2026-01-01", "--fail-on", "never")
    start = time.perf_counter()
    subprocess.run(
        [program, "merge", base, *overlays, target, *fixed], check=True, capture_output=True
    )
    return time.perf_counter() - start
