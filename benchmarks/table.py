"""Table: figures as lines of text or of Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.cases import Case
from benchmarks.measure import Figures

HEADING = ("path", "side", "records", "records/s", "ours is", "peak MB", "output", "bar")
_WIDTHS = (17, 16, 9, 11, 9, 9, 31, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a case, as it is shown; `met` is None where there is no bar."""

    cells: tuple[str, ...]
    met: bool | None = None


def lines(case: Case, found: dict[str, Figures], same: dict[str, str]) -> Iterator[Line]:
    """Yield a line for each side, ours first, with the bar that concerns it."""
    ours = found["aiexchange"]
    met = ours.rate >= case.bar if case.bar else None
    yield Line(_cells(case.name, "aiexchange", ours, "", "", _bar(case.bar, met)), met)
    for side in case.others:
        figures = found[side.name]
        if figures.failure:
            cells = (case.name, side.name, *("-" * 5), f"not measured: {figures.failure}")
            yield Line(cells)
            continue
        ratio = ours.rate / figures.rate
        met = ratio >= side.least if side.least else None
        asked = f"{side.least:g} x" if side.least else ""
        output = same.get(side.name, side.remark)
        yield Line(
            _cells(case.name, side.name, figures, f"{ratio:.1f} x", output, _bar(asked, met)), met
        )


def _cells(
    name: str, side: str, figures: Figures, ratio: str, output: str, bar: str
) -> tuple[str, ...]:
    numbers = (f"{figures.records:,}", f"{figures.rate:,.0f}", ratio, f"{figures.peak:,.0f}")
    return (name, side, *numbers, output, bar)


def _bar(bar: int | str, met: bool | None) -> str:
    if met is None:
        return ""
    asked = f"{bar:,}" if isinstance(bar, int) else bar
    return f"{'met' if met else 'MISSED'} ({asked})"


def text(cells: tuple[str, ...]) -> str:
    """Return cells as a line of text."""
    padded = [
        f"{cell:<{width}}" if place in (0, 1, 6) else f"{cell:>{width}}  "
        for place, (cell, width) in enumerate(zip(cells[:-1], _WIDTHS, strict=False))
    ]
    return "".join((*padded, cells[-1])).rstrip()


def markdown(cells: tuple[str, ...]) -> str:
    """Return cells as a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"
