"""The command line: arguments, progress, exit codes."""

from aiexchange.cli.main import main

__all__ = ["main"]
