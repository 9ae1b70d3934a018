"""The commands by name; a command is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from aiexchange import __version__

COMMANDS = {
    "detect": "Say what a file is, and what in it does not fit.",
    "convert": "Convert a source into another format, or into a register's export.",
    "check": "Report what the register, the schema and the law find wrong.",
    "gaps": "Show what is due in the EU database, and what is missing.",
    "diff": "Show what differs between two sources, in whatever formats.",
    "roundtrip": "Prove that a source survives the way there and back.",
    "match": "Show which registrations of two sources speak of the same thing.",
    "merge": "Complete registrations with what suppliers and bodies sent.",
    "acknowledge": "Take what the EU database answers into the registrations.",
    "upgrade": "Write older records of a register in a newer version of its standard.",
    "template": "Make templates for suppliers, and for bodies that use their systems.",
    "list": "List registers, formats, legal versions, items or code lists.",
    "explain": "Explain an item of Annex VIII or the code of a finding.",
}
"""What each command does, in one line; its module is `aiexchange.cli.<name>_command`."""


class ReaderGoneError(Exception):
    """What reads our output has closed it; click would make an error of it."""


class Commands(click.Group):
    """A group that knows its commands by name, and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"aiexchange.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named.

        Raises:
            ReaderGoneError: the output is read no further.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, "-V", "--version", message="aiexchange %(version)s")
def app() -> None:
    """Carry registrations of AI systems between registers and the EU database.

    Exports of national registers, such as the Dutch Algoritmeregister, become registrations under
    the AI Act (Regulation (EU) 2024/1689), as XML, DCAT or JSON, and back without loss. The XML is
    our own: no official schema of the EU database is public.

    \b
    First steps:
      aiexchange gaps export.csv
      aiexchange convert export.csv registrations.xml

    A source or target named - is standard input or output.
    """
