"""TechOps templates of Annex IV: documentation of an application, a model or data, in Markdown.

The templates' own instructions are no answers: their lines are known by their fingerprints.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers import markdown
from aiexchange.registers.document import Transport
from aiexchange.registers.nested import Taking
from aiexchange.registers.record import Record
from aiexchange.resources import data_folder

_TITLE = re.compile(
    r"^#[ \t]+(?P<before>.*?)\b(?P<kind>Application|Model|Data|Dataset) Documentation\b"
    r"(?P<after>.*)$",
    re.MULTILINE | re.IGNORECASE,
)
_OWNER = re.compile(r"\*\*(?:Application|Model|Dataset) Owner\*\*", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+\.[A-Za-z]{2,}")
_MARKS = re.compile(r"^[\s>*_#|\-+0-9.\[\]()`]+|[\s*_|`]+$")
DECLARATION = "EU Declaration of conformity"

_FIELDS = {
    "Purpose and Intended Use": "purpose",
    "Intended Use": "purpose",
    "Risk classification": "risk",
    "Instructions for use for deployers": "instructions",
    "Deployer instructions of Use": "instructions",
    "Model Capabilities": "functions",
    "Input Data Requirements": "information",
    "Dataset Description": "information",
    "System Architecture Overview": "logic",
    "Model Architecture": "logic",
    "Model Type": "logic",
    DECLARATION: "declaration",
}
"""The field of each heading and label that means something; of two, the first that is filled in."""


def recognises(head: bytes) -> bool:
    """Tell whether it is titled as one of the three and names an owner as they do."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return bool(_TITLE.search(text) and _OWNER.search(text))


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield what the document describes; what the template itself says is no answer.

    Raises:
        InputError: not UTF-8, or without a title.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{file or 'the input'} is not UTF-8: {error.reason}") from None
    title = _TITLE.search(text)
    if title is None:
        raise InputError(f"{file or 'the input'} has no title of a TechOps document")
    found = markdown.sections(text, comments=lambda each: DECLARATION.casefold() in each.casefold())
    prompts = sum(_answer(section) for section in found)
    taking = Taking({})
    taking.put("kind", title["kind"].casefold().replace("dataset", "data"), "title")
    name = f"{title['before']} {title['after']}".replace("Template", "").strip(" -–—:\t")
    taking.put("name", name, "title")
    for section in _with_labels(found):
        _take(taking, section)
    origin = Origin(file, row=1)
    yield taking.record(origin, _prompted(prompts, origin))


@cache
def _known() -> frozenset[str]:
    path = data_folder("mappings") / "techops" / "1.0" / "prompts.txt"
    lines = path.read_text(encoding="ascii").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def fingerprint(line: str) -> str | None:
    """Return what an instruction is known by, whatever marks and spacing are around it."""
    words = " ".join(_MARKS.sub("", markdown.unlinked(line)).split()).casefold()
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16] if words else None


def _answer(section: markdown.Section) -> int:
    """Keep the lines that somebody wrote, and return how many were the template's own."""
    kept, dropped = [], 0
    for line in section.body:
        mark = fingerprint(line)
        if mark in _known():
            dropped += 1
        elif mark is not None or not line.strip():
            kept.append(line)
    section.body = kept
    return dropped


def _with_labels(found: list[markdown.Section]) -> Iterator[markdown.Section]:
    """Yield the sections that say something; a label of a list belongs to its section too."""
    for section in found:
        if section.text and section.level:
            yield section


def _take(taking: Taking, section: markdown.Section) -> None:
    text = section.text
    place = f"line {section.line}, {section.title}"
    if section.title.casefold().endswith(" owner"):
        _owner(taking, text, place)
        return
    named = {title.casefold(): field for title, field in _FIELDS.items()}
    field = named.get(section.title.casefold())
    if field is None or field in taking.fields:
        taking.put(f"section {section.title}", text, place)
    elif field in ("instructions", "declaration"):
        _document(taking, field, text, place, section.title)
    elif field == "risk":
        first = re.split(r"[\s,.:;(]", text.lstrip("*- "), maxsplit=1)[0]
        taking.put("risk", first, place)
        taking.put("section Risk classification", text, place)
    else:
        taking.put(field, markdown.unlinked(text), place)


def _document(taking: Taking, field: str, text: str, place: str, title: str) -> None:
    """Take the links as documents; without any, the text stays beside, for somebody to publish."""
    links = markdown.links(text)
    links += [{"title": title, "url": url} for url in re.findall(r"(?<!\()https?://[^\s)>]+", text)]
    if links:
        taking.put(field, links, place)
    if not links or markdown.unlinked(text).strip() not in {each["title"] for each in links}:
        taking.put(f"section {title}", text, place)


def _owner(taking: Taking, text: str, place: str) -> None:
    first = re.split(r"[,;<(\n]", text, maxsplit=1)[0].strip()
    if "@" not in first:
        taking.put("provider.name", first, place)
    mails = [{"email": mail} for mail in _MAIL.findall(text)]
    taking.put("provider.contacts", mails, place)
    if text != first:
        taking.put("section Owner", text, place)


def _prompted(count: int, origin: Origin) -> tuple[Finding, ...]:
    if not count:
        return ()
    return (
        Finding(
            "loss.prompt",
            Severity.INFO,
            f"{count} lines are the template's own instructions; they answer nothing.",
            origin=origin,
            mend="Write the answers in their place.",
        ),
    )


TRANSPORT = Transport(
    recognises, read, about_model=lambda fields: fields.get("kind") != "application"
)
