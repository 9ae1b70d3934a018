"""Workbooks in the wild: whatever people do to them, no value is wrong, no loss untold."""

from __future__ import annotations

import io
import shutil
import subprocess

import openpyxl
import pytest

from templates.filling import filled, saved, values
from templates.mutilations import MUTILATIONS, SAME


@pytest.fixture(scope="module")
def original():
    return saved(filled()).getvalue()


@pytest.fixture(scope="module")
def expected(original):
    said, findings = values(io.BytesIO(original))
    assert findings == []
    return said


def agrees(said, meant):
    """Tell whether a value is what was meant, or a part of it."""
    if isinstance(said, dict):
        return all(key in meant and agrees(each, meant[key]) for key, each in said.items())
    if isinstance(said, list):
        return all(any(agrees(each, other) for other in meant) for each in said)
    return said == meant


def test_there_are_fifty_ways_and_more():
    assert len(MUTILATIONS) >= 50


@pytest.mark.parametrize("name", MUTILATIONS)
def test_no_value_is_wrong_and_what_is_lost_has_a_cell(name, original, expected):
    outcome, change = MUTILATIONS[name]
    book = openpyxl.load_workbook(io.BytesIO(original))
    change(book)
    said, findings = values(saved(book))
    for path, value in said.items():
        assert path in expected and agrees(value, expected[path]), (path, value)
    if outcome == SAME:
        assert said == expected
        assert all(finding.severity.value != "violation" for finding in findings)
        return
    told = [each for each in findings if each.code.startswith(("template.", "xlsx."))]
    assert any(each.origin.sheet and each.origin.column and each.origin.row for each in told)
    assert all(each.mend for each in told)


def test_a_workbook_that_openpyxl_has_rewritten_reads_back_equal(original, expected):
    again = saved(openpyxl.load_workbook(io.BytesIO(original)))
    assert values(again) == (expected, [])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_workbook_that_libreoffice_has_converted_reads_back_equal(original, expected, tmp_path):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(original)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    for suffix, folder in (("ods", "ods"), ("xlsx", "xlsx")):
        command = ["soffice", profile, "--headless", "--convert-to", suffix]
        command += ["--outdir", str(tmp_path / folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        file = tmp_path / folder / f"filled.{suffix}"
        assert values(io.BytesIO(file.read_bytes())) == (expected, [])
