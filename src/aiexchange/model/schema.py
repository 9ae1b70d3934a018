"""JSON Schema of the canonical model, made from it.

`python -m aiexchange.model.schema` writes it to `schemas/registration.schema.json`.
"""

from __future__ import annotations

import json
from typing import Any

from aiexchange.model.registration import SCHEMA_ID, Registration
from aiexchange.resources import data_folder

FILE = "registration.schema.json"
ID = f"https://w3id.org/aiexchange/schemas/{FILE}"


def schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of one registration, as JSON and JSON Lines hold it."""
    made = Registration.model_json_schema(by_alias=True, mode="validation")
    properties = {
        "schema": {
            "const": SCHEMA_ID,
            "description": "What the object is; it comes first, so older files are told apart.",
        },
        **made.pop("properties"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        **{name: made[name] for name in ("title", "description", "type")},
        "properties": properties,
        "required": ["schema", *made["required"]],
        "additionalProperties": False,
        "$defs": made["$defs"],
    }


def text() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (data_folder("schemas") / FILE).write_text(text(), encoding="utf-8", newline="\n")
