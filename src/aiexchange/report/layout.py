"""Layout: plain text at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from textwrap import TextWrapper

WIDTH = 80
"""Columns of a text report."""

LONGEST = 400
"""Characters of a message that a text report shows."""


def visible(text: str) -> str:
    """Return a text on one line, with characters that steer a terminal written as escapes."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in line
    )


def shorten(text: str, width: int) -> str:
    """Return a text on one line, cut with an ellipsis where it is longer than `width`."""
    line = visible(text)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def wrapped(text: str, indent: str = "", hang: str | None = None) -> list[str]:
    """Return a text in lines of at most 80 columns; `hang` indents all lines but the first."""
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_on_hyphens=False,
    )
    return wrapper.wrap(shorten(text, LONGEST)) or [indent.rstrip()]


def full(text: str, indent: str = "") -> list[str]:
    """Return an identifier in lines of at most 80 columns: never cut, broken where it must be."""
    room = WIDTH - len(indent)
    line = visible(text)
    return [indent + line[start : start + room] for start in range(0, len(line), room)]


def columns(cells: Iterable[str], indent: str) -> list[str]:
    """Return cells side by side if they fit, else each on lines of its own."""
    shown = [visible(cell) for cell in cells if cell]
    line = indent + "   ".join(shown)
    return [line] if len(line) <= WIDTH else [part for cell in shown for part in full(cell, indent)]


def entry(label: str, text: str, indent: int = 2) -> list[str]:
    """Return a label, such as a number, with a text that hangs beside it."""
    start = f"{' ' * indent}{label}  "
    return wrapped(text, start, " " * len(start))


def number(count: int) -> str:
    """Return a number as people write it: 1,234."""
    return f"{count:,}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: `1 record`, `1,234 records`."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def paragraphs(blocks: Iterable[list[str]]) -> str:
    """Return blocks of lines with one empty line between them; an empty block leaves none."""
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def table(rows: list[list[str]], indent: str = "  ") -> list[str]:
    """Return rows in columns, flush left in the first and flush right in the others."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return [
        indent
        + "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
