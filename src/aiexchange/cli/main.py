"""The entry point: runs a command and turns what it raises into an exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from aiexchange.cli.app import ReaderGoneError, app
from aiexchange.errors import InputError, OutputError, TargetExistsError, UsageError

BUG = 4
INTERRUPTED = 130
TERMINATED = 143


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    0 done, 1 findings or differences, 2 wrong use, 3 input or output that cannot be read or
    written, 4 a bug, 130 interrupted.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _terminate)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(_run())


def _terminate(*_: Any) -> NoReturn:
    sys.exit(TERMINATED)


def _run() -> int:
    try:
        result = app.main(prog_name="aiexchange", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted; nothing was written", INTERRUPTED)
    except (BrokenPipeError, ReaderGoneError):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (UsageError, TargetExistsError) as error:
        return _say(str(error), 2)
    except (InputError, OutputError) as error:
        return _say(str(error), 3)
    except OSError as error:
        what = error.filename or "a file or standard output"
        return _say(f"{what} cannot be read or written: {error.strerror or error}", 3)
    except Exception as error:
        if os.environ.get("AIEXCHANGE_DEBUG"):
            raise
        return _say(
            f"this is a bug ({type(error).__name__}: {error}). Please report it with the command "
            "and what AIEXCHANGE_DEBUG=1 shows",
            BUG,
        )


def _say(message: str, code: int) -> int:
    click.echo(f"aiexchange: {message}", err=True)
    return code
