"""What the tests of several rooms share: the command line, run as a user runs it."""

from __future__ import annotations

import io
import signal
import sys
from dataclasses import dataclass

import pytest

from aiexchange.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capfdbinary):
    """Run `aiexchange` with arguments in this process, and return its outcome."""

    def run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["aiexchange", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            with pytest.raises(SystemExit) as left:
                main()
        finally:
            for each, handler in handlers.items():
                signal.signal(each, handler)
        out, err = capfdbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Outcome(left.value.code, out.decode("utf-8"), err.decode("utf-8"))

    return run
