"""Dividing: a conversion whose records are shared out among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeGuard, TypeVar

from aiexchange.exchange.codecs import CODECS, Codec
from aiexchange.exchange.counting import Counted
from aiexchange.exchange.parallel import Share, Task, answers, blocks
from aiexchange.exchange.source import Source, opened
from aiexchange.exchange.watching import Tick
from aiexchange.findings import Finding
from aiexchange.formats import EudbXml, JsonLines, Options
from aiexchange.model import Entry
from aiexchange.registers import Register
from aiexchange.streams import Indivisible

T = TypeVar("T")

OnSingle = Callable[[str], object] | None
"""Is told why one process does it all."""

Divisible = Register | JsonLines | EudbXml
"""Codecs that read some places of a source and pass over the others."""

Joinable = JsonLines | EudbXml
"""Formats whose parts make a whole when one is put behind the other."""


class Block(NamedTuple):
    """What became of a block: the bytes of it in its part, what was found, and what was counted."""

    length: int
    findings: list[Finding]
    entries: int
    registrations: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """A conversion of a file; each process writes a part of its own into the folder."""

    source: str
    from_format: str
    to_format: str
    options: Options
    folder: str

    def run(self, share: Share) -> Iterator[Block]:
        """Write the blocks of a share one behind the other; yield what became of each."""
        target = CODECS[self.to_format]
        assert isinstance(target, Joinable)
        with (
            opened(self.source, self.from_format) as found,
            self.part(share.number).open("wb") as stream,
        ):
            start = 0
            for block in blocks(part_of(found.codec, found.stream, found.options, share)):
                findings: list[Finding] = []
                counted = Counted(block, findings.append)
                for finding in target.body(counted, stream, self.options):
                    findings.append(finding)  # noqa: PERF402 (those of reading come in between)
                stream.flush()
                end = stream.tell()
                yield Block(end - start, findings, counted.entries, counted.registrations)
                start = end

    def part(self, number: int) -> Path:
        """Return the file of a process."""
        return Path(self.folder, f"part-{number}")


def part_of(codec: Codec, stream: BinaryIO, options: Options, share: Share) -> Iterator[Entry]:
    """Yield the entries of a share.

    Raises:
        Indivisible: one record bears on what another becomes.
    """
    assert isinstance(codec, Divisible)
    return codec.part(stream, options, share)


def why_whole(source: Source, codec: Codec) -> str | None:
    """Return why a source is read by one process, or None."""
    if not isinstance(source, str | Path) or str(source) == "-":
        return "standard input is read once"
    if not isinstance(codec, Divisible):
        return f"{codec.name} is read as a whole"
    return None


def divided(
    task: Task, jobs: int, source: Source, codec: Codec, whole: str | None = None
) -> Iterator[Any]:
    """Yield the answers of a task in the order of the source.

    Raises:
        Indivisible: one process has to do it, for the reason in `whole` or another.
    """
    if reason := whole or why_whole(source, codec):
        raise Indivisible(reason)
    yield from answers(task, jobs)


def either(
    parted: Iterator[T], alone: Callable[[], Iterator[T]], on_single: OnSingle
) -> Iterator[T]:
    """Yield what several processes give, or what one gives where that has to be."""
    try:
        yield from parted
    except Indivisible as reason:
        if on_single is not None:
            on_single(str(reason))
        yield from alone()


def is_joinable(codec: Codec, options: Options) -> TypeGuard[Joinable]:
    """Tell whether a target is the parts of it, one behind the other."""
    return isinstance(codec, Joinable) and options.profile in (None, "exchange")


def in_parts(
    conversion: Conversion,
    codec: Joinable,
    stream: BinaryIO,
    jobs: int,
    counted: Counted,
    tick: Tick | None = None,
) -> Iterator[Finding]:
    """Write a target by several processes; yield what was found, in the order of the source.

    Raises:
        Indivisible: one record bears on what another becomes; nothing has been written.
    """
    head, tail = codec.frame(conversion.options)
    with ExitStack() as files:
        parts: list[BinaryIO] = []
        for number, block in enumerate(answers(conversion, jobs)):
            if not number:
                stream.write(head)
            if number < jobs:
                parts.append(files.enter_context(conversion.part(number).open("rb")))
            stream.write(parts[number % jobs].read(block.length))
            counted.entries += block.entries
            counted.registrations += block.registrations
            yield from block.findings
            if tick is not None:
                tick(counted.entries, None)
        stream.write(tail if parts else head + tail)
