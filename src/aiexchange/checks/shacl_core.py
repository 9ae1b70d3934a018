"""SHACL Core: the law's questions as node shapes over the registrations of our catalogues."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from aiexchange.checks.xpath import BLANK
from aiexchange.formats.dcat.carriers import scalar
from aiexchange.formats.dcat.terms import carrier
from aiexchange.law.data import LegalDataError
from aiexchange.law.questions import Question
from aiexchange.law.reach import steps
from aiexchange.law.usable import TELLING
from aiexchange.model import CanonicalModel, Registration
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_STRINGS = (Kind.STRING, Kind.URL, Kind.DATE, Kind.MOMENT, Kind.COUNTRY, Kind.LANGUAGE, Kind.TEXT)
_NOT_BLANK = f"sh:pattern {json.dumps(f'[^{BLANK}]')}"


class NotInShaclError(LegalDataError):
    """SHACL Core cannot ask this; a rule that does has to leave the engine out, with a reason."""


def shape(question: Question) -> str:
    """Return the node shape to which a registration conforms while the answer is yes."""
    return f"rule:{question.named}" if question.named else unnamed(question)


def unnamed(question: Question) -> str:
    """Return the node shape in full, be it the question of a condition that has a name."""
    return _OPERATORS[question.operator](question)


def _join(word: str) -> Callable[[Question], str]:
    def join(question: Question) -> str:
        parts = [shape(each) for each in question.of if each.operator != "all" or each.of]
        return parts[0] if len(parts) == 1 else f"[ {word} ( {' '.join(parts)} ) ]"

    return join


def _not(question: Question) -> str:
    return f"[ sh:not {shape(question.of[0])} ]"


def _some(path: str, constraints: str) -> str:
    """Return the shape by which some value at a path keeps these constraints."""
    return _held(_path(path), constraints)


def _listed(question: Question) -> str:
    return f"[ sh:property [ sh:path {_path(question.path)} ; sh:minCount 1 ] ]"


def _stated(question: Question) -> str:
    field = steps(question.path)[-1]
    return _some(question.path, _says(field)) if field.model else _listed(question)


def _present(question: Question) -> str:
    usable = _usable(steps(question.path)[-1])
    return _some(question.path, usable) if usable else _listed(question)


def _usable(field: Field) -> str:
    if field.kind in _STRINGS:
        return _NOT_BLANK
    if field.model is None:
        return ""
    telling = TELLING.get(field.model)
    if telling is None:
        return _says(field)
    inner = (_held(carrier(field.model, name), _NOT_BLANK) for name in telling)
    return f"sh:or ( {' '.join(inner)} )"


def _held(path: str, constraints: str) -> str:
    qualified = f"sh:qualifiedValueShape [ {constraints} ] ; sh:qualifiedMinCount 1"
    return f"[ sh:property [ sh:path {path} ; {qualified} ] ]"


def _says(field: Field) -> str:
    assert field.model is not None
    paths = " ".join(_leaves(field.model))
    return f"sh:property [ sh:path [ sh:alternativePath ( {paths} ) ] ; sh:minCount 1 ]"


def _leaves(model: type[CanonicalModel], *before: str) -> Iterator[str]:
    for name, field in fields_of(model).items():
        way = (*before, carrier(model, name))
        if field.model is not None:
            yield from _leaves(field.model, *way)
        else:
            yield way[0] if len(way) == 1 else f"( {' '.join(way)} )"


def _is(question: Question) -> str:
    return _some(question.path, f"sh:in ( {_values(question)} )")


def _only(question: Question) -> str:
    path, values = _path(question.path), _values(question)
    return f"[ sh:property [ sh:path {path} ; sh:minCount 1 ; sh:in ( {values} ) ] ]"


def _outside(question: Question) -> str:
    return _some(question.path, f"sh:not [ sh:in ( {_values(question)} ) ]")


def _begins(question: Question) -> str:
    heads = "|".join(map(_plain, map(str, question.values)))
    return _some(question.path, f"sh:pattern {literal(f'^({heads})')}")


def _contains(question: Question) -> str:
    words = "|".join("".join(map(_any_case, str(word))) for word in question.values)
    return _some(question.path, f"sh:pattern {literal(words)}")


def _any_case(character: str) -> str:
    if character.isascii() and character.isalpha():
        return f"[{character.lower()}{character.upper()}]"
    return _plain(character)


def _plain(text: str) -> str:
    """Return a text as a regular expression of XML Schema and of Python has it."""
    return "".join(each if each.isalnum() or each in " -" else f"\\{each}" for each in text)


def _not_digits(question: Question) -> str:
    count = question.values[0]
    right = f'sh:pattern "^[0-9]{{{count}}}$" ; sh:maxLength {count}'
    return _some(question.path, f"sh:not [ {right} ]")


def _unsaid(question: Question) -> str:
    spoken = f'{_NOT_BLANK} ; sh:not [ sh:languageIn ( "und" ) ]'
    said = _some(question.path, spoken)
    return f"[ sh:and ( {_some(question.path, _NOT_BLANK)} [ sh:not {said} ] ) ]"


def _twice(question: Question) -> str:
    once = f"[ sh:property [ sh:path {_path(question.path)} ; sh:uniqueLang true ] ]"
    return f"[ sh:not {once} ]"


def _lacking(question: Question) -> str:
    depth = len(steps(question.path))
    held = []
    for path in map(str, question.values):
        way = _predicates(path)[depth:]
        inner = way[0] if len(way) == 1 else f"( {' '.join(way)} )"
        held.append(_held(inner, _usable(steps(path)[-1]) or "sh:minLength 0"))
    return _some(question.path, f"sh:not [ sh:or ( {' '.join(held)} ) ]")


def _never(question: Question) -> str:
    raise NotInShaclError(f"SHACL Core cannot ask {question.operator}")


_OPERATORS: dict[str, Callable[[Question], str]] = {
    "all": _join("sh:and"),
    "any": _join("sh:or"),
    "not": _not,
    "listed": _listed,
    "stated": _stated,
    "present": _present,
    "is": _is,
    "only": _only,
    "outside": _outside,
    "begins": _begins,
    "contains": _contains,
    "same-name": _never,
    "not-digits": _not_digits,
    "before": _never,
    "years-after": _never,
    "unsaid": _unsaid,
    "twice": _twice,
    "lacking": _lacking,
}


def _predicates(path: str) -> list[str]:
    model: type[CanonicalModel] | None = Registration
    found = []
    for field in steps(path):
        assert model is not None
        found.append(carrier(model, field.name))
        model = field.model
    return found


def _path(path: str) -> str:
    way = _predicates(path)
    return way[0] if len(way) == 1 else f"( {' '.join(way)} )"


def _values(question: Question) -> str:
    field = steps(question.path)[-1]
    write, as_code = scalar(field), field.codes
    values = (as_code(value) if as_code else value for value in question.values)
    return " ".join(map(write, values))


def literal(text: str) -> str:
    """Return a text as Turtle writes it."""
    return json.dumps(text, ensure_ascii=False)
