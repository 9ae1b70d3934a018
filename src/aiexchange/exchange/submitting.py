"""Submitting: the registrations that are ready, in as many numbered files as they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from aiexchange.exchange.target import Target, refuse_existing, replacing
from aiexchange.findings import Finding
from aiexchange.formats import FORMATS, Options
from aiexchange.formats.eudb import EudbXml
from aiexchange.model import Entry

if TYPE_CHECKING:
    from aiexchange.formats.eudb.submission import Submission


def submit(
    entries: Iterable[Entry], target: Target, options: Options, *, force: bool, files: list[str]
) -> Iterator[Finding]:
    """Write the messages of a submission, and add the names of their files to `files`.

    One message goes to the target itself, more to `out-001.xml`, `out-002.xml` and so on; nothing
    is written if no registration is ready. All files are written, or none.

    Raises:
        UsageError: one stream does not hold it all.
        TargetExistsError: a file exists, and `force` is not set.
        OutputError: one cannot be written.
    """
    codec = FORMATS["eudb-xml"]
    assert isinstance(codec, EudbXml)
    with codec.submission(options) as submission:
        yield from submission.add(entries)
        if submission.parts:
            _write(submission, _targets(target, submission), force=force)
            files += map(str, _targets(target, submission))


def _targets(target: Target, submission: Submission) -> list[Target]:
    submission.fits(1 if not isinstance(target, str | Path) or str(target) == "-" else None)
    if submission.parts == 1:
        return [target]
    path = Path(str(target))
    return [
        path.with_name(f"{path.stem}-{part:03}{path.suffix}")
        for part in range(1, submission.parts + 1)
    ]


def _write(submission: Submission, targets: list[Target], *, force: bool) -> None:
    for target in targets:
        if isinstance(target, str | Path):
            refuse_existing(target, force=force)
    with ExitStack() as stack:
        for part, target in enumerate(targets, 1):
            submission.write(part, stack.enter_context(replacing(target, force=force)))
