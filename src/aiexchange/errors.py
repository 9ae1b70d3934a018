"""The exceptions of aiexchange: misuse and unreadable input, never data trouble."""


class AiexchangeError(Exception):
    """Root of every exception that aiexchange raises on purpose."""


class InputError(AiexchangeError):
    """An input cannot be read at all: malformed, truncated, empty, forbidden (exit 3)."""


class UnrecognisedInputError(InputError):
    """Nothing that aiexchange reads looks like this input."""


class LimitError(InputError):
    """An input is larger than a limit that guards memory; the message names the limit."""


class OutputError(AiexchangeError):
    """A target cannot be written (exit 3)."""


class TargetExistsError(AiexchangeError):
    """The target exists and overwriting was not asked for (exit 2)."""


class UsageError(AiexchangeError):
    """A name or an option that does not exist (exit 2)."""


class UnknownFormatError(UsageError):
    """No format of that name, and none that fits the file's suffix."""


class UnknownLegalVersionError(UsageError):
    """No consolidated text of the Act of that date is shipped."""


class MappingError(AiexchangeError):
    """A mapping file contradicts itself, its register's field list or the model."""
