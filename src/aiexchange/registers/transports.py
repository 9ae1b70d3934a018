"""Transports of documents, by the name that their mapping gives them."""

from __future__ import annotations

from aiexchange.registers import cards
from aiexchange.registers.document import Transport

TRANSPORTS: dict[str, Transport] = {
    "system-card": cards.SYSTEM_CARD,
    "model-card": cards.MODEL_CARD,
    "assessment-card": cards.ASSESSMENT_CARD,
}
