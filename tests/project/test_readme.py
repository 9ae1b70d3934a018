"""The README: its commands run, print what it shows, and its Python runs."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest
from click.testing import CliRunner

from aiexchange.cli.app import app
from shared import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLES = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def in_a_copy(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)


def test_every_command_prints_what_the_readme_shows(in_a_copy):
    for console in CONSOLES:
        for command in re.split(r"^\$ aiexchange ", console, flags=re.MULTILINE)[1:]:
            line, _, shown = command.partition("\n")
            result = CliRunner().invoke(app, shlex.split(line), standalone_mode=False)
            assert result.exception is None, line
            follows(
                (result.stdout or result.stderr).splitlines(), shown.strip("\n").splitlines(), line
            )


def follows(printed, shown, line):
    """Check that the lines come in order; an ellipsis stands for any number of others."""
    place, skipping = 0, False
    for expected in shown:
        if expected == "…":
            skipping = True
        elif skipping:
            place = printed.index(expected, place) + 1
            skipping = False
        else:
            assert printed[place : place + 1] == [expected], line
            place += 1
    assert skipping or place == len(printed), line


def test_the_python_runs(in_a_copy, capsys):
    for block in PYTHON:
        exec(block, {})
    assert "'C': 13" in capsys.readouterr().out


def test_every_command_is_in_the_readme():
    for name in app.list_commands(None):
        assert f"| `{name} " in README, name
