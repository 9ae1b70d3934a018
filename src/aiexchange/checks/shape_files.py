"""Shape files: the shapes that a name or a path stands for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from aiexchange.checks.shacl import Shapes, load
from aiexchange.errors import UsageError
from aiexchange.resources import data_folder

VARIABLE = "AIEXCHANGE_SHAPES"
"""The variable of the environment that names the folder with the official shapes."""

OFFICIAL = {
    "dcat-ap": ("shapes.ttl",),
    "dcat-ap-nl": ("shapes.ttl", "dcat-ap-nl-SHACL.ttl"),
}
"""Files of the official shapes: those of DCAT-AP-NL 3.0 add to those of DCAT-AP 3.0.1."""

_WHERE = (
    "the official shapes are not part of aiexchange: get shapes.ttl from "
    "https://github.com/SEMICeu/DCAT-AP (releases/3.0.1) and dcat-ap-nl-SHACL.ttl from "
    "https://github.com/Geonovum/DCAT-AP-NL30, put them into one folder and name it with "
    f"--shapes-folder or {VARIABLE}"
)


def ours() -> Shapes:
    """Return our own shapes: dates, languages and carriers."""
    return load(data_folder("schemas") / "dcat" / "shapes.ttl")


def given(names: Sequence[str | Path], folder: str | Path | None = None) -> Shapes:
    """Return shapes by name (dcat-ap, dcat-ap-nl) or by path: files, or folders of them.

    `folder` holds the official files; else `AIEXCHANGE_SHAPES` names it.

    Raises:
        UsageError: a file is not there.
        InputError: a file holds no shapes.
    """
    found: dict[Path, None] = {}
    for name in names:
        for path in _official(str(name), folder) if str(name) in OFFICIAL else [Path(name)]:
            found[path] = None
    return load(*found)


def _official(name: str, folder: str | Path | None) -> list[Path]:
    where = folder or os.environ.get(VARIABLE)
    if not where:
        raise UsageError(_WHERE)
    return [_one(Path(where), file) for file in OFFICIAL[name]]


def _one(folder: Path, file: str) -> Path:
    found = sorted(folder.rglob(file)) if folder.is_dir() else []
    if not found:
        raise UsageError(f"there is no {file} in {folder}; {_WHERE}")
    if len(found) > 1:
        raise UsageError(
            f"there are several files {file} in {folder}: {', '.join(map(str, found))}; name one "
            "with --shapes"
        )
    return found[0]
