"""Transports of documents, by the name that their mapping gives them."""

from __future__ import annotations

from aiexchange.registers import (
    aicat,
    cards,
    croissant,
    cyclonedx,
    decision_aid,
    huggingface,
    spdx,
    techops,
)
from aiexchange.registers.document import Transport

TRANSPORTS: dict[str, Transport] = {
    "system-card": cards.SYSTEM_CARD,
    "model-card": cards.MODEL_CARD,
    "assessment-card": cards.ASSESSMENT_CARD,
    "decision-aid": decision_aid.TRANSPORT,
    "cyclonedx": cyclonedx.TRANSPORT,
    "spdx": spdx.TRANSPORT,
    "huggingface": huggingface.TRANSPORT,
    "croissant": croissant.TRANSPORT,
    "techops": techops.TRANSPORT,
    "aicat": aicat.TRANSPORT,
}
