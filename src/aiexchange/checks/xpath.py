"""XPath: the law's questions as XPath 1.0 over the Registration elements of our XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from aiexchange.formats.eudb.layout import BLOCKS, Group
from aiexchange.formats.eudb.names import element_name
from aiexchange.law.data import LegalDataError
from aiexchange.law.questions import Question
from aiexchange.law.reach import steps
from aiexchange.law.usable import TELLING
from aiexchange.model.table import Field
from aiexchange.model.types import Kind

PREFIX = "r"
"""The prefix of the namespace of registrations."""

BLANK = (
    "\t\n\r \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
"""White space, as Python strips it, of the characters that XML allows."""

_NOT_BLANK = "translate(., $blank, '') != ''"
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_STRINGS = (Kind.STRING, Kind.URL, Kind.DATE, Kind.MOMENT, Kind.COUNTRY, Kind.LANGUAGE, Kind.TEXT)
_SAYS = "descendant-or-self::*[not(*)][string() != '']"
_TRUE = {True: ("true", "1"), False: ("false", "0")}


class NotInXPathError(LegalDataError):
    """XPath 1.0 cannot ask this; a rule that does has to leave the engine out, with a reason."""


class Variables:
    """The variables that a rule of a Schematron schema needs, in the order of their use."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def name(self, name: str, make: Callable[[], str]) -> str:
        """Return a reference to a variable, which is made when it is first asked for."""
        if name not in self.values:
            value = make()
            self.values[name] = value
        return f"${name}"

    def nodes(self, path: str) -> str:
        """Return a reference to the elements that stand at a canonical path."""
        bare = path.replace("[]", "")
        return self.name(bare, lambda: " | ".join(places(bare)))

    def present(self, path: str) -> str:
        """Return a reference to whether a usable value stands at a path."""
        bare = path.replace("[]", "")
        return self.name(f"has.{bare}", lambda: f"boolean({self.nodes(bare)}{usable(bare)})")


def test(question: Question, known: Variables) -> str:
    """Return a question as an XPath expression that is true or false.

    Raises:
        NotInXPathError: XPath 1.0 cannot say it.
    """
    if question.named is not None:
        return known.name(f"is.{question.named}", lambda: _test(question, known))
    return _test(question, known)


def places(path: str) -> Iterator[str]:
    """Yield every place at which a canonical path may stand, from the Registration on."""
    names = path.split(".")
    for block in BLOCKS:
        for each in block.content:
            group = each.name if isinstance(each, Group) else None
            for slot in each.slots if isinstance(each, Group) else (each,):
                under = slot.path.split(".")
                if names[: len(under)] == under:
                    inner = (element_name(name) for name in names[len(under) :])
                    yield _joined(block.name, group, slot.name, *inner)
                elif names == under[: len(names)] and group == element_name(names[0]):
                    yield _joined(block.name, group)
                    break


def usable(path: str) -> str:
    """Return the predicate by which the elements at a path hold a usable value."""
    return _usable(steps(path)[-1])


def _usable(field: Field) -> str:
    if field.kind in _STRINGS:
        return f"[{_NOT_BLANK}]"
    if field.model is None:
        return ""
    telling = TELLING.get(field.model)
    if telling is None:
        return f"[{_SAYS}]"
    inner = " or ".join(f"{PREFIX}:{element_name(name)}[{_NOT_BLANK}]" for name in telling)
    return f"[{inner}]"


def _joined(*names: str | None) -> str:
    return "/".join(f"{PREFIX}:{name}" for name in names if name)


def _test(question: Question, known: Variables) -> str:
    return _OPERATORS[question.operator](question, known)


def _join(word: str) -> Callable[[Question, Variables], str]:
    def join(question: Question, known: Variables) -> str:
        parts = [test(each, known) for each in question.of]
        if len(parts) == 1:
            return parts[0]
        return "(" + f" {word} ".join(parts) + ")" if parts else "true()"

    return join


def _not(question: Question, known: Variables) -> str:
    return f"not({test(question.of[0], known)})"


def _listed(question: Question, known: Variables) -> str:
    return f"boolean({known.nodes(question.path)})"


def _stated(question: Question, known: Variables) -> str:
    return f"boolean({known.nodes(question.path)}/{_SAYS})"


def _present(question: Question, known: Variables) -> str:
    return known.present(question.path)


def _among(question: Question) -> str:
    words = (word for value in question.values for word in _words(value))
    return " or ".join(f". = {quoted(word)}" for word in words)


def _words(value: object) -> tuple[str, ...]:
    return _TRUE[value] if isinstance(value, bool) else (str(value),)


def _is(question: Question, known: Variables) -> str:
    return f"boolean({known.nodes(question.path)}[{_among(question)}])"


def _only(question: Question, known: Variables) -> str:
    nodes = known.nodes(question.path)
    return f"(boolean({nodes}) and not({nodes}[not({_among(question)})]))"


def _outside(question: Question, known: Variables) -> str:
    listed = quoted("|" + "|".join(map(str, question.values)) + "|")
    return f"boolean({known.nodes(question.path)}[not(contains({listed}, concat('|', ., '|')))])"


def _begins(question: Question, known: Variables) -> str:
    heads = " or ".join(f"starts-with(., {quoted(str(value))})" for value in question.values)
    return f"boolean({known.nodes(question.path)}[{heads}])"


def _contains(question: Question, known: Variables) -> str:
    folded = f"translate(., '{_UPPER}', '{_LOWER}')"
    words = " or ".join(f"contains({folded}, {quoted(str(word))})" for word in question.values)
    return f"boolean({known.nodes(question.path)}[{words}])"


def _same_name(question: Question, known: Variables) -> str:
    raise NotInXPathError("XPath 1.0 cannot compare names whatever their case")


def _not_digits(question: Question, known: Variables) -> str:
    count = question.values[0]
    digits = f"string-length(.) != {count} or translate(., '0123456789', '') != ''"
    return f"boolean({known.nodes(question.path)}[{digits}])"


def _before(question: Question, known: Variables) -> str:
    one, other = known.nodes(question.path), known.nodes(str(question.values[0]))
    return f"({one} and {other} and {_latest(one)} < {_earliest(other)})"


def _years_after(question: Question, known: Variables) -> str:
    owner, _, last = question.path.rpartition(".")
    begins, years = question.values
    issued = f"{PREFIX}:{element_name(str(begins).rpartition('.')[2])}"
    expires = f"{PREFIX}:{element_name(last)}"
    reckoned = f"{_earliest(expires)} > {_latest(issued)} + {years}0000"
    return f"boolean({known.nodes(owner)}[{issued} and {expires} and {reckoned}])"


def _earliest(date: str) -> str:
    return _number(date, "-01-01")


def _latest(date: str) -> str:
    return _number(date, "-12-31")


def _number(date: str, rest: str) -> str:
    """Return a partial date as one number, with the day or month that it leaves open filled."""
    filled = f"concat({date}, substring('{rest}', string-length({date}) - 3))"
    return f"number(translate({filled}, '-', ''))"


def _unsaid(question: Question, known: Variables) -> str:
    nodes = known.nodes(question.path)
    spoken = "translate(normalize-space(@xml:lang), 'UND', 'und') != 'und' and @xml:lang"
    return f"({nodes}[{_NOT_BLANK}] and not({nodes}[{_NOT_BLANK}][{spoken}]))"


def _twice(question: Question, known: Variables) -> str:
    name = f"{PREFIX}:{element_name(question.path.rpartition('.')[2])}"
    same = f"[@xml:lang = preceding-sibling::{name}/@xml:lang]"
    return f"boolean({known.nodes(question.path)}{same})"


def _lacking(question: Question, known: Variables) -> str:
    depth = len(steps(question.path))
    held = " or ".join(
        "/".join(f"{PREFIX}:{element_name(each.name)}" for each in steps(str(path))[depth:])
        + _usable(steps(str(path))[-1])
        for path in question.values
    )
    return f"boolean({known.nodes(question.path)}[not({held})])"


@cache
def quoted(text: str) -> str:
    """Return a text as a literal of XPath 1.0.

    Raises:
        NotInXPathError: it holds both kinds of quotes.
    """
    if "'" not in text:
        return f"'{text}'"
    if '"' in text:
        raise NotInXPathError(f"XPath 1.0 has no literal for {text}")
    return f'"{text}"'


_OPERATORS: dict[str, Callable[[Question, Variables], str]] = {
    "all": _join("and"),
    "any": _join("or"),
    "not": _not,
    "listed": _listed,
    "stated": _stated,
    "present": _present,
    "is": _is,
    "only": _only,
    "outside": _outside,
    "begins": _begins,
    "contains": _contains,
    "same-name": _same_name,
    "not-digits": _not_digits,
    "before": _before,
    "years-after": _years_after,
    "unsaid": _unsaid,
    "twice": _twice,
    "lacking": _lacking,
}
