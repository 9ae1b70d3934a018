"""Targets: what a verb writes, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from aiexchange.errors import OutputError, TargetExistsError

Target = str | Path | IO[bytes]
"""A path, `-` for standard output, or an open binary stream."""


@contextmanager
def replacing(target: Target, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a target; what is written appears in it when the block ends well, else nothing does.

    A path is written beside itself and renamed into place. Standard output and streams are kept
    on disk until all is known to be well.

    Raises:
        TargetExistsError: the path exists, and `force` is not set.
        OutputError: it cannot be written.
    """
    if not isinstance(target, str | Path) or str(target) == "-":
        stream = sys.stdout.buffer if isinstance(target, str | Path) else target
        with tempfile.TemporaryFile() as kept:
            yield cast(BinaryIO, kept)
            kept.seek(0)
            shutil.copyfileobj(kept, stream)
            stream.flush()
        return
    path = Path(target)
    refuse_existing(path, force=force)
    with _beside(path) as (stream, temporary):
        yield stream
        stream.flush()
        _rename(temporary, path)


def refuse_existing(path: str | Path, *, force: bool) -> None:
    """Refuse a path that exists.

    Raises:
        TargetExistsError: it exists, and `force` is not set.
        OutputError: it is a folder, or something else that cannot be replaced.
    """
    if str(path) == "-" or not Path(path).exists():
        return
    if not Path(path).is_file():
        raise OutputError(f"{path} is not a file that can be replaced")
    if not force:
        raise TargetExistsError(f"{path} exists; --force replaces it")


@contextmanager
def _beside(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent
        )
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream, temporary
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _rename(temporary: Path, path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    temporary.replace(path)
