"""The rooms: imports point down, and a library lives in its own room."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "aiexchange"
LEVELS = [
    {"cli"},
    {"exchange"},
    {"report"},
    {"compare", "checks", "templates"},
    {"registers", "formats"},
    {"mapping", "law"},
    {"model"},
    {"findings", "resources", "errors", "streams", "hashes"},
]
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}
HOMES = {
    "click": {"cli"},
    "lxml": {"formats", "checks", "registers"},
    "rdflib": {"formats", "checks"},
    "pyoxigraph": {"formats", "checks", "registers"},
    "pyshacl": {"checks"},
    "xmlschema": {"checks"},
    "ijson": {"formats", "registers"},
    "python_calamine": {"registers"},
    "xlsxwriter": {"registers", "templates"},
    "rapidfuzz": {"compare"},
}
PROTOCOL = "aiexchange.formats.protocol"
"""What both registers and formats speak."""

MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent != SOURCE)


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def imported(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += names if node.module == "aiexchange" else [node.module]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_down(path):
    room = room_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "aiexchange" or len(parts) < 2 or parts[1] == room or name == PROTOCOL:
            continue
        if parts[1].startswith("__"):
            continue
        assert LEVEL[room] < LEVEL[parts[1]], f"{room} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_library_lives_in_its_own_room(path):
    for name in imported(path):
        homes = HOMES.get(name.partition(".")[0])
        assert homes is None or room_of(path) in homes, f"{name} in {room_of(path)}"


def test_every_room_has_a_level():
    rooms = {path.stem for path in SOURCE.iterdir() if not path.name.startswith(("_", "py."))}
    assert rooms <= set(LEVEL)
