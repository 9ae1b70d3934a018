"""The JSON Schema says what the model says."""

from __future__ import annotations

from aiexchange.model.schema import FILE, schema, text
from aiexchange.resources import data_folder


def test_the_shipped_schema_is_the_one_of_the_model():
    assert (data_folder("schemas") / FILE).read_text(encoding="utf-8") == text()


def test_the_schema_uses_the_names_of_the_json_form():
    assert "copy" in schema()["$defs"]["Certificate"]["properties"]
    assert "register" in schema()["$defs"]["Source"]["properties"]
    assert "copy_" not in text()


def test_every_field_says_what_it_means():
    for definition in (schema(), *schema()["$defs"].values()):
        for name, field in definition.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, name
