"""Exchange: the public verbs, the same in the library and on the command line."""

from aiexchange.exchange.checking import check, gaps
from aiexchange.exchange.comparing import diff, roundtrip
from aiexchange.exchange.reading import ConvertResult, WriteResult, convert, read, write

__all__ = [
    "ConvertResult",
    "WriteResult",
    "check",
    "convert",
    "diff",
    "gaps",
    "read",
    "roundtrip",
    "write",
]
