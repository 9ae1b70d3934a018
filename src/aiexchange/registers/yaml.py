"""YAML: values and nothing else; tags that would include or construct something are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from aiexchange.errors import InputError, LimitError
from aiexchange.findings import Finding, Origin, Severity

MOST_NODES = 2_000_000
"""Values of a document, those behind aliases counted as often as they are used."""

DEEPEST = 64
"""Levels of nesting that are read."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader, with dates as they are written, and a note of each tag that was refused."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.refused: list[tuple[str, str, int]] = []


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def _refuse(loader: Any, suffix: str, node: Any) -> str:
    said = node.value if isinstance(node.value, str) else ""
    loader.refused.append((suffix, said, node.start_mark.line + 1))
    return f"!{suffix} {said}".strip()


_Loader.add_multi_constructor("!", _refuse)
_Loader.add_multi_constructor("tag:", _refuse)


def documents(data: bytes, file: str | None) -> Iterator[tuple[Any, tuple[Finding, ...]]]:
    """Yield the documents of a file with what was refused in each.

    Raises:
        InputError: no YAML, or nested too deeply.
        LimitError: more values than a document may hold; aliases may stand for millions.
    """
    name = file or "the input"
    loader = None
    try:
        loader = _Loader(data.removeprefix(b"\xef\xbb\xbf"))
        while loader.check_data():
            value = loader.get_data()
            _within(value, name)
            yield value, tuple(_refused(*each, file) for each in loader.refused)
            loader.refused.clear()
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        said = " ".join(str(error).split())
        raise InputError(f"{name} is no YAML: {said}") from None
    except RecursionError:
        raise InputError(f"{name} is nested too deeply") from None
    finally:
        if loader is not None:
            loader.dispose()


def _within(value: Any, name: str) -> None:
    waiting, seen = [(value, 1)], 0
    while waiting:
        each, depth = waiting.pop()
        seen += 1
        if seen > MOST_NODES:
            raise LimitError(f"{name} holds more than {MOST_NODES:,} values, the limit")
        if depth > DEEPEST:
            raise InputError(f"{name} is nested more than {DEEPEST} levels deep, the limit")
        if isinstance(each, dict):
            waiting += [(inner, depth + 1) for inner in each.values()]
        elif isinstance(each, list):
            waiting += [(inner, depth + 1) for inner in each]


def _refused(suffix: str, said: str, line: int, file: str | None) -> Finding:
    include = suffix == "include"
    return Finding(
        "yaml.include" if include else "yaml.tag",
        Severity.WARNING,
        f"!{suffix} {said}".strip() + " is not followed; the text stands in its place.",
        origin=Origin(file, line=line),
        mend="Put the content of the file in its place."
        if include
        else "Write the value without a tag.",
    )


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The safe dumper, with texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write every value where it stands."""
        return True


def _text(dumper: Any, value: str) -> Any:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def written(value: Any) -> bytes:
    """Return a value as one YAML document, its members in their order."""
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, encoding="utf-8"
    )
    assert isinstance(text, bytes)
    return text
