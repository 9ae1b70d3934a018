"""Tree: a template as JSON or YAML, laid out as the canonical model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import yaml

from aiexchange.errors import InputError
from aiexchange.findings import Severity
from aiexchange.model import Registration
from aiexchange.model.paths import plain as plain_value
from aiexchange.model.types import Kind
from aiexchange.templates.answers import Answer, Filled, Place, Reference, Subject
from aiexchange.templates.flat import text_of
from aiexchange.templates.keys import MARK
from aiexchange.templates.plan import ORGANISATIONS, SUPPLIER, Ask, Plan, known
from aiexchange.templates.shown import elements, inner
from aiexchange.templates.subjects import Known, number_of, subjects_of
from aiexchange.templates.wording import LANGUAGES

Node = dict[str, Any]

_PERSON = {"name": "#by-name", "organisation": "#by-organisation", "date": "#by-date"}
_ABOUT = {"template": "#template", "section": "#section", "legal_version": "#law"}
_NULL = ("", "~", "null", "Null", "NULL")


def write_json(
    plan: Plan,
    registrations: Iterable[Registration],
    stream: BinaryIO,
    language: str,
    copies: int = 1,
) -> None:
    """Write a template as JSON; the questions stand at its beginning, by path."""
    tree = _tree(plan, list(registrations), language, copies)
    stream.write(json.dumps(tree, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def write_yaml(
    plan: Plan,
    registrations: Iterable[Registration],
    stream: BinaryIO,
    language: str,
    copies: int = 1,
) -> None:
    """Write a template as YAML; each question is a comment above its answer."""
    tree = _tree(plan, list(registrations), language, copies)
    questions = tree.pop("questions")
    stream.write(("\n".join(_lines(tree, questions)) + "\n").encode("utf-8"))


def _tree(plan: Plan, registrations: list[Registration], language: str, copies: int) -> Node:
    subjects = subjects_of(plan, registrations) or [Known() for _ in range(copies)]
    return {
        "schema": MARK,
        "template": plan.kind,
        "section": plan.section.value,
        "legal_version": plan.version.id,
        "language": language,
        "filled_in_by": dict.fromkeys(_PERSON),
        "questions": {path: _question(ask, language) for path, ask in _paths(plan)},
        "registrations": [_answers(plan, subject, language) for subject in subjects],
    }


def _question(ask: Ask, language: str) -> str:
    items = f"{', '.join(ask.items)}: " if ask.items else ""
    return f"{items}{ask.ask(language)} ({ask.must[language]})"


def _paths(plan: Plan) -> Iterator[tuple[str, Ask]]:
    for ask in (*plan.rows, *(ask for form in plan.forms.values() for ask in form)):
        yield ask.path, ask
    for table in plan.tables:
        for owner in table.owners:
            yield from ((f"{owner}[].{ask.path.partition('[].')[2]}", ask) for ask in table.asks)


def _answers(plan: Plan, subject: Known, language: str) -> Node:
    tree: Node = {}
    if plan.kind == ORGANISATIONS:
        tree["org_id"] = number_of(subject)
    else:
        tree["records"] = [
            {"record_id": each.record_id, "version": each.version} for each in subject.registrations
        ]
    lists: dict[str, list[tuple[str, Ask]]] = {}
    for path, ask in _paths(plan):
        if "[]." in path:
            lists.setdefault(path.partition("[].")[0], []).append((path, ask))
        else:
            _set(tree, path, _held(ask, subject.value(path), language))
    for owner, asks in lists.items():
        held = elements(subject.value(owner)) or [None]
        _set(tree, owner, [_element(asks, element, language) for element in held])
    return tree


def _element(asks: list[tuple[str, Ask]], element: Any, language: str) -> Node:
    node: Node = {}
    for path, ask in asks:
        value = None if element is None else inner(element, path)
        _set(node, path.partition("[].")[2].replace("[]", ""), _held(ask, value, language))
    return node


def _held(ask: Ask, value: Any, language: str) -> Any:
    if ask.kind is Kind.TEXT:
        return {tongue: (value or {}).get(tongue) for tongue in (language, *LANGUAGES)}
    if ask.many:
        return list(plain_value(value or ()))
    return None if value is None else plain_value(value)


def _set(tree: Node, path: str, value: Any) -> None:
    *owners, last = path.split(".")
    for name in owners:
        tree = tree.setdefault(name, {})
    tree[last] = value


def _lines(node: Node, questions: Node, path: str = "", indent: str = "") -> Iterator[str]:
    """Yield YAML with the questions as comments; scalars are written as JSON, which YAML is too."""
    for name, value in node.items():
        here = f"{path}.{name}" if path else name
        asked = next((questions[key] for key in _keys(here) if key in questions), None)
        if asked:
            yield f"{indent}# {asked}"
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:"
            yield from _lines(value, questions, here, f"{indent}  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for each in value:
                first, *others = _lines(each, questions, f"{here}[]", f"{indent}    ")
                lines = [first, *others]
                yield f"{indent}  -"
                yield from lines
        else:
            yield f"{indent}{name}: {json.dumps(value, ensure_ascii=False)}"


def _keys(path: str) -> tuple[str, str]:
    bare = path.removeprefix("registrations[].")
    return bare, re.sub(r"\.contacts\[\]\.", ".contacts[].", bare)


def read(stream: BinaryIO, filled: Filled) -> None:
    """Take the answers of a JSON or YAML template.

    Raises:
        InputError: it is neither, or holds no registrations.
    """
    text = text_of(stream, filled.file)
    name = filled.file or "the input"
    try:
        tree = json.loads(text) if text.lstrip().startswith("{") else _yaml(text, name)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"{name} is no template that can be read: {reason}") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("registrations"), list):
        raise InputError(f"{name} is a template without a list of registrations")
    _meta(tree, filled)
    for number, member in enumerate(tree["registrations"]):
        place = f"$.registrations[{number}]"
        if isinstance(member, dict):
            _subject(member, filled, place)
        else:
            filled.tell(
                "template.invalid",
                "an object is expected. The registration is left out.",
                Place(filled.file, path=place),
                "Write the answers as in an empty template.",
            )


def _yaml(text: str, name: str) -> Any:
    """Return YAML as strings, lists and maps: no `NO` that is a truth, no version that is a number.

    Raises:
        InputError: it uses references, which a small file could use to fill the memory.
    """
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        if isinstance(event, yaml.AliasEvent):
            raise InputError(f"{name} uses references (*name); a template does without")
    return yaml.load(text, Loader=yaml.BaseLoader)


def _meta(tree: Node, filled: Filled) -> None:
    about = {key: tree.get(name) for name, key in _ABOUT.items()}
    person = tree.get("filled_in_by")
    held = person if isinstance(person, dict) else {}
    about |= {key: held.get(name) for name, key in _PERSON.items()}
    for key, value in about.items():
        if value is not None and str(value) not in _NULL:
            filled.meta[key] = (value, Place(filled.file, path=f"$.{key.removeprefix('#')}"))
    filled.meta.setdefault("#template", (SUPPLIER, Place(filled.file, path="$.template")))


def _subject(member: Node, filled: Filled, place: str) -> None:
    form = "system" if filled.meta["#template"][0] == SUPPLIER else "row"
    subject = Subject(form, 0, Place(filled.file, path=place))
    for each in member.get("records") or ():
        record_id = each.get("record_id") if isinstance(each, dict) else each
        if record_id not in (None, *_NULL):
            subject.records.append(Reference(str(record_id)))
    held = member.get("org_id")
    subject.org_id = None if held in (None, *_NULL) else str(held)
    rest = {key: value for key, value in member.items() if key not in ("records", "org_id")}
    subject.answers = list(_walk(rest, "", place, filled))
    filled.subjects.append(subject)


def _walk(node: Any, path: str, place: str, filled: Filled) -> Iterator[Answer]:
    ask = known().get(re.sub(r"\[\d*\]", "[]", path)) or known().get(_once(path))
    if ask is not None and ask.kind is Kind.TEXT and isinstance(node, dict):
        for language, value in node.items():
            if value is not None and value not in _NULL:
                at = Place(filled.file, path=f"{place}.{language}")
                yield Answer(ask, path, value, at, str(language))
    elif ask is not None:
        if node is not None and node not in _NULL and node != []:
            yield Answer(ask, path, node, Place(filled.file, path=place), "und")
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _walk(
                value, f"{path}.{name}" if path else str(name), f"{place}.{name}", filled
            )
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _walk(value, f"{path}[{number}]", f"{place}[{number}]", filled)
    elif node is not None and node not in _NULL:
        filled.tell(
            "template.unknown-field",
            f"“{str(node)[:60]}” answers no question: there is no field {path}. It is left out.",
            Place(filled.file, path=place),
            "Put it under the field that it answers.",
            severity=Severity.VIOLATION,
        )


def _once(path: str) -> str:
    """Return the key of a list's field where an inner list is written as its one element."""
    return re.sub(r"\.contacts\.", ".contacts[].", re.sub(r"\[\d*\]", "[]", path))
