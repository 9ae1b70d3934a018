"""Hugging Face model cards: metadata in YAML, then Markdown under fixed headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers import markdown, yaml
from aiexchange.registers.document import Transport
from aiexchange.registers.nested import Taking, listed
from aiexchange.registers.record import Record

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEYS = re.compile(
    r"^(?:license|license_name|language|library_name|tags|datasets|metrics|model-index|base_model"
    r"|pipeline_tag):",
    re.MULTILINE,
)
_HEADING = re.compile(r"^# +Model Card\b", re.MULTILINE | re.IGNORECASE)
_MISSING = re.compile(r"\[?more information needed\]?|\{\{.*?\}\}", re.IGNORECASE | re.DOTALL)

_SECTIONS = {
    "Model Description": "description",
    "Developed by": "provider.name",
    "Direct Use": "direct_use",
    "Downstream Use": "downstream_use",
    "Model type": "model_type",
    "Model Architecture and Objective": "architecture",
    "Training Data": "training_data",
    "Repository": "repository",
}
"""The field of each heading and label that means something."""


def recognises(head: bytes) -> bool:
    """Tell whether it begins with metadata of the Hub, or calls itself a model card."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    front = _FRONT.match(text)
    if front is None:
        return text.lstrip().startswith("#") and bool(_HEADING.search(text))
    return bool(_KEYS.search(front[1]) or _HEADING.search(text))


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield the model that the card describes; a slot that nobody filled in says nothing.

    Raises:
        InputError: not UTF-8, or empty.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{file or 'the input'} is not UTF-8: {error.reason}") from None
    if not text.strip():
        raise InputError(f"{file or 'the input'} is empty")
    front = _FRONT.match(text)
    metadata, findings = _metadata(front[1], file) if front else ({}, ())
    taking = Taking(metadata)
    found = markdown.sections(text[front.end() :] if front else text)
    for section in found:
        _take(taking, section, file)
    _use(taking, found)
    _name(taking, found, metadata)
    taking.take("data", "datasets")
    yield taking.record(Origin(file, row=1), findings)


def _metadata(text: str, file: str | None) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the metadata; what is no YAML, such as a slot of a template, is kept as text."""
    try:
        value, findings = next(yaml.documents(text.encode("utf-8"), file), ({}, ()))
    except InputError as error:
        finding = Finding(
            "yaml.metadata",
            Severity.WARNING,
            f"The metadata of the card cannot be read: {error}",
            origin=Origin(file, line=1),
            mend="Correct the YAML between the two lines of dashes.",
        )
        return {"metadata": text}, (finding,)
    named = value if isinstance(value, dict) else {"metadata": text}
    return {str(name): _named(each) for name, each in named.items()}, findings


def _named(value: Any) -> Any:
    """Return a value with the names of its members as texts; `{slot}` of a template is one."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value.values())) is None:
            return "{" + str(next(iter(value))) + "}"
        return {str(name): _named(each) for name, each in value.items()}
    return [_named(each) for each in value] if isinstance(value, list) else value


def _said(text: str) -> str:
    return _MISSING.sub("", text).strip()


def _take(taking: Taking, section: markdown.Section, file: str | None) -> None:
    text = _said(section.text)
    if not text or section.level == 0:
        return
    place = f"line {section.line}, {section.title}"
    field = _SECTIONS.get(section.title)
    if field is None:
        taking.put(f"section {section.title}", text, place)
    elif field == "repository":
        links = markdown.links(text)
        taking.put(field, links[0]["url"] if links else text.strip("<>"), place)
    else:
        taking.put(field, markdown.unlinked(text), place)


def _use(taking: Taking, found: list[markdown.Section]) -> None:
    """Join what is said about uses, architecture and data, each with the name of its heading."""
    for field, parts in {
        "purpose": ("direct_use", "downstream_use"),
        "logic": ("model_type", "architecture"),
    }.items():
        said = {
            part.replace("_", " ").capitalize(): taking.fields.pop(part)
            for part in parts
            if part in taking.fields
        }
        place = " and ".join(taking.places.pop(part) for part in parts if part in taking.places)
        taking.put(field, said, place)
    uses = markdown.under(found, "Uses")
    if uses is not None and "purpose" not in taking.fields and (text := _said(uses.text)):
        taking.fields.pop("section Uses", None)
        taking.put("purpose", text, f"line {uses.line}, Uses")


def _name(taking: Taking, found: list[markdown.Section], metadata: dict[str, Any]) -> None:
    """Take the name: of the heading, else of the results in the metadata."""
    first = next((each for each in found if each.level == 1), None)
    name = _said(re.sub(r"(?i)^model card(?: for)?[:\s]*", "", first.title)) if first else ""
    index = next(
        (each for each in listed(metadata.get("model-index")) if isinstance(each, dict)), {}
    )
    if name:
        taking.put("name", name, f"line {first.line if first else 1}")
    else:
        taking.put("name", index.get("name"), "model-index[0].name")


TRANSPORT = Transport(recognises, read, about_model=lambda _: True)
