"""Exchange: the public verbs, the same in the library and on the command line."""

from aiexchange.exchange.acknowledging import AcknowledgeResult, acknowledge
from aiexchange.exchange.cataloguing import to_graph
from aiexchange.exchange.checking import check, gaps
from aiexchange.exchange.comparing import diff, roundtrip
from aiexchange.exchange.detecting import Detection, detect
from aiexchange.exchange.merging import MatchReport, MergeReport, match, merge
from aiexchange.exchange.reading import ConvertResult, WriteResult, convert, read, write
from aiexchange.exchange.requesting import Request, request_suppliers
from aiexchange.exchange.templating import new_template
from aiexchange.exchange.upgrading import upgrade

__all__ = [
    "AcknowledgeResult",
    "ConvertResult",
    "Detection",
    "MatchReport",
    "MergeReport",
    "Request",
    "WriteResult",
    "acknowledge",
    "check",
    "convert",
    "detect",
    "diff",
    "gaps",
    "match",
    "merge",
    "new_template",
    "read",
    "request_suppliers",
    "roundtrip",
    "to_graph",
    "upgrade",
    "write",
]
