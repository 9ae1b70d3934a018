"""`template new` and `gaps --report suppliers`, as a user types them."""

from __future__ import annotations

import pytest

from aiexchange.exchange import request_suppliers
from aiexchange.exchange.requesting import slug
from aiexchange.formats.canonical import to_json
from aiexchange.model import Operator, Registration
from shared import EXPORT


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "yaml"])
def test_an_empty_template_is_made_and_nobody_has_filled_it_in(run, tmp_path, suffix):
    target = tmp_path / f"empty.{suffix}"
    assert run("template", "new", target, "--lang", "nl").code == 0
    outcome = run("gaps", target)
    assert outcome.code == 3
    assert "nobody has filled in" in outcome.err


@pytest.mark.parametrize(
    "options",
    [
        ("--section", "B"),
        ("--section", "IX"),
        ("--section", "C"),
        ("--for", "deployer"),
        ("--organisations",),
        ("--systems", "3"),
        ("--legal-version", "2024-07-12", "--section", "B"),
    ],
    ids=" ".join,
)
def test_every_kind_of_template_is_made(run, tmp_path, options):
    target = tmp_path / "template.xlsx"
    outcome = run("template", "new", target, *options)
    assert (outcome.code, outcome.err) == (0, f"Written: {target}\n")
    assert target.stat().st_size > 10_000


@pytest.mark.parametrize(
    "arguments",
    [
        ("out.pdf",),
        ("out.xlsx", "--for", "deployer", "--section", "A"),
        ("out.xlsx", "--for", "supplier", "--section", "C"),
        ("out.xlsx", "--organisations", "--for", "deployer"),
        ("out.xlsx", "--legal-version", "1999-01-01"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_made_is_wrong_use(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert run("template", "new", *arguments).code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_exists_is_not_replaced_unasked(run, tmp_path):
    folder = tmp_path / "requests"
    assert run("gaps", EXPORT, "--report", "suppliers").code == 2
    first = run("gaps", EXPORT, "--report", "suppliers", "-o", folder)
    assert first.code == 0
    assert "Wilgenrode Software B.V.: 2 products, 2 uses" in first.out
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    next(folder.iterdir()).unlink()
    again = run("gaps", EXPORT, "--report", "suppliers", "-o", folder)
    assert again.code == 2
    assert len(list(folder.iterdir())) == len(before) - 1
    assert run("gaps", EXPORT, "--report", "suppliers", "-o", folder, "--force").code == 0
    assert {each.name for each in folder.iterdir()} == set(before)


def due(number, supplier):
    """Return a registration that is due under Section C, of a product of a supplier."""
    return Registration.model_validate(
        {
            "record_id": f"x:{number}",
            "title": {"nl": f"Toets {number}"},
            "classification": {"declared": "high-risk", "annex_iii": ["5(a)"]},
            "provider": Operator(name=supplier),
            "deployer": {"name": f"Gemeente {number}", "kind": "public-authority"},
            "use": {"status": "in-use"},
        }
    )


def test_names_that_look_alike_on_disk_are_files_of_their_own(tmp_path):
    source = tmp_path / "due.jsonl"
    names = ["Å & Co.", "A Co", "a co B.V.", "漢字", None]
    lines = [to_json(due(number, name)) for number, name in enumerate(names)]
    source.write_bytes(b"\n".join(lines) + b"\n")
    requests = request_suppliers(source, tmp_path / "requests")
    files = {each.supplier: each.path.name for each in requests}
    assert len(set(files.values())) == len(files) == len(requests)
    assert files[None] == "supplier-not-named.xlsx"
    assert files["漢字"] == "supplier.xlsx"
    assert all(each.path.is_file() for each in requests)


def test_a_slug_is_safe_on_every_disk():
    assert slug("Wilgenrode / Software\\B.V.: “Zorg”") == "wilgenrode-software-b-v-zorg"
    assert len(slug("x" * 300)) == 60
