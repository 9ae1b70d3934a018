"""Progress is for a person at a terminal: never on a pipe, gone when the command is done."""

import os
import pty
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest
from benchmarks import corpus

from aiexchange.cli import progress
from aiexchange.cli.progress import Progress, described
from aiexchange.findings import Finding, Severity


class Terminal:
    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


@pytest.fixture
def terminal(monkeypatch):
    fake = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=fake))
    return fake


def test_the_line_says_how_many_how_fast_what_was_found_and_how_long_it_takes():
    found = Counter({Severity.WARNING: 2, Severity.VIOLATION: 1, Severity.INFO: 3})
    assert described(12_300, 0.25, 4.0, found) == (
        "12,300 records, 3,075/s, 1 violation, 2 warnings, 3 info, about 12 s left"
    )
    assert described(100, 0.5, 90.0, Counter()) == "100 records, 1/s, about 1 min 30 s left"
    assert described(100, None, 1.0, Counter()) == "100 records, 100/s"


def test_it_is_shown_after_a_second_and_gone_at_the_end(terminal, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with Progress() as shown:
        shown.found(Finding("a.code", Severity.WARNING, "Something."))
        shown.tick(10, 0.1)
        assert terminal.text == ""
        now[0] = 2.0
        shown.tick(20, 0.5)
        assert "20 records, 10/s, 1 warning, about 2 s left" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")


def test_it_is_gone_after_an_interruption_too(terminal, monkeypatch):
    monkeypatch.setattr(progress, "AFTER", 0.0)
    with pytest.raises(KeyboardInterrupt), Progress() as shown:
        shown.tick(1, None)
        raise KeyboardInterrupt
    assert terminal.text.endswith("\r\x1b[K")


def test_a_pipe_sees_nothing_of_it(capsys):
    with Progress() as shown:
        assert shown.tick is None


def test_a_command_shows_it_on_a_terminal_and_its_output_stays_clean(tmp_path):
    source = tmp_path / "export.csv"
    corpus.write(source, 60)
    program = (
        "from aiexchange.cli import progress\n"
        "progress.AFTER = progress.EVERY = 0.0\n"
        "from aiexchange.cli.main import main\nmain()"
    )
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", program, "convert", str(source), "-", "--to", "jsonl"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "30 records, " in shown
    assert " s left" in shown
    assert done.stdout.count(b"\n") == 60
    assert b"records" not in done.stdout
