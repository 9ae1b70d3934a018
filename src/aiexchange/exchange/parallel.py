"""Parallel: the blocks of a source over several processes, with the answers in its order."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection
from typing import Any, Protocol

from aiexchange.model import Entry

BLOCK = 500
"""Records of a block; each process has every so-manieth of them."""


@dataclass(frozen=True, slots=True)
class Share:
    """The blocks of one of several processes: 1 for each place that is another's."""

    number: int
    jobs: int

    def __len__(self) -> int:
        return sys.maxsize

    def __getitem__(self, place: int, /) -> int:
        return int(place // BLOCK % self.jobs != self.number)


class Task(Protocol):
    """What a process does with its share. It is sent to the process, so it holds plain values."""

    def run(self, share: Share) -> Iterator[Any]:
        """Yield an answer for each block of the share: plain values and findings, no models."""


def blocks(entries: Iterator[Entry]) -> Iterator[Iterator[Entry]]:
    """Yield the entries of a share block by block; each is to be used up before the next."""
    for first in entries:
        yield chain((first,), islice(entries, BLOCK - 1))


def answers(task: Task, jobs: int) -> Iterator[Any]:
    """Yield the answers of all blocks in the order of the source.

    Raises:
        Indivisible: one record bears on what another says; this comes before any answer.
        Exception: what a process has raised.
    """
    with _processes(task, jobs) as pipes:
        number = 0
        while (answer := _received(pipes[number % jobs])) is not _END:
            yield answer
            number += 1


_END = "end"


def _received(pipe: Connection) -> Any:
    kind, answer = pipe.recv()
    if kind == "raise":
        raise answer
    return _END if kind == _END else answer


@contextmanager
def _processes(task: Task, jobs: int) -> Iterator[list[Connection]]:
    """Start the processes, and end them whatever happens; Ctrl-C is for the parent alone."""
    context = multiprocessing.get_context("spawn")
    pairs = [context.Pipe(duplex=False) for _ in range(jobs)]
    started = [
        context.Process(target=_work, args=(task, Share(number, jobs), pair[1]), daemon=True)
        for number, pair in enumerate(pairs)
    ]
    try:
        for process, (_, theirs) in zip(started, pairs, strict=True):
            process.start()
            theirs.close()
        yield [ours for ours, _ in pairs]
    finally:
        for process, (ours, _) in zip(started, pairs, strict=True):
            ours.close()
            process.terminate()
            process.join()
            process.close()


def _work(task: Task, share: Share, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        try:
            for answer in task.run(share):
                pipe.send(("answer", answer))
            pipe.send((_END, None))
        except Exception as error:
            pipe.send(("raise", error))
