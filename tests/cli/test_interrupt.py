"""Ctrl-C half-way, in a process of its own: 130, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shared import EXPORT, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX here")
ENOUGH = 256 * 1024
"""Bytes after which the command has begun to read: more than a pipe and its buffers hold."""


def interrupted(arguments, folder: Path, number) -> subprocess.CompletedProcess[bytes]:
    """Run a command that reads from a pipe that never ends, and send it a signal."""
    process = subprocess.Popen(
        [sys.executable, "-m", "aiexchange", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(folder)},
    )
    try:
        assert process.stdin is not None
        heading, *rows = EXPORT.read_bytes().splitlines(keepends=True)
        process.stdin.write(heading + b"".join(rows) * (ENOUGH // len(b"".join(rows)) + 1))
        process.stdin.flush()
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", "-", "out.jsonl"],
        ["convert", "-", "out.xml"],
        ["convert", "-", "-", "--to", "jsonl"],
        ["gaps", "-", "-o", "gaps.json", "--report", "json"],
    ],
    ids=" ".join,
)
def test_an_interrupted_command_leaves_with_130_and_nothing_behind(tmp_path, arguments):
    done = interrupted(arguments, tmp_path, signal.SIGINT)
    assert done.returncode == 130, done.stderr
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_terminated_command_leaves_nothing_behind(tmp_path):
    done = interrupted(["convert", "-", "out.jsonl"], tmp_path, signal.SIGTERM)
    assert done.returncode == 143
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "aiexchange", "convert", str(EXPORT), "-", "--to", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert b"Traceback" not in err and b"BrokenPipe" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write on")
@pytest.mark.parametrize("arguments", [["list", "items"], ["gaps", str(EXPORT)]])
def test_a_full_disk_is_no_bug(arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "aiexchange", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
    assert done.returncode == 3
    assert b"No space left" in done.stderr
