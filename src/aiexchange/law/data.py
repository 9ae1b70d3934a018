"""Reading the law's own data files, with errors that name the file and the entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiexchange.errors import AiexchangeError


class LegalDataError(AiexchangeError):
    """A data file of the law contradicts itself or names a path that the model does not have."""


def read_toml(path: Path) -> Mapping[str, Any]:
    """Return the content of a data file.

    Raises:
        LegalDataError: the file is absent or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LegalDataError(f"{path.parent.name}/{path.name}: {error}") from error


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn a missing member or a wrong value into an error that says where it stands."""
    try:
        yield
    except KeyError as error:
        raise LegalDataError(f"{what}: {error.args[0]}") from error
    except (TypeError, ValueError) as error:
        raise LegalDataError(f"{what}: {error}") from error
