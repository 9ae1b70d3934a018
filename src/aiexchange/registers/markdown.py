"""Markdown: the sections of a document by heading, its labelled lines, and its comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_LABEL = re.compile(
    r"^\s*(?:[-*]\s+|<br>\s*)?\*\*(?P<label>[^*:]{2,80}?)\s*(?:\[optional\])?\s*:?\s*\*\*\s*:?\s*(?P<rest>.*)$"
)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"</?(?:br|div|p|a|span|font|b|i|em|strong)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]*)\]\(\s*([^)\s]*)\s*\)")
_OPTIONAL = re.compile(r"\s*\[optional\]\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """One heading or label with the text under it; `line` is where it stands."""

    title: str
    level: int
    line: int
    body: list[str]

    @property
    def text(self) -> str:
        """The text under it, without the lines that are empty at its ends."""
        return "\n".join(self.body).strip()


def sections(text: str, *, comments: Callable[[str], bool] = lambda _: False) -> list[Section]:
    """Return the sections of a document in order; a labelled line begins one of level 7.

    Mark-up goes. A comment is kept as text in the sections whose title `comments` says yes to;
    elsewhere it is an instruction to the author.
    """
    found = [Section("", 0, 1, [])]
    title = ""
    fenced = False
    for number, line in enumerate(_uncommented(text, comments).split("\n"), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if not fenced and (heading := _HEADING.match(line)):
            title = _OPTIONAL.sub("", heading[2])
            found.append(Section(title, len(heading[1]), number, []))
        elif not fenced and (label := _LABEL.match(line)):
            found.append(Section(label["label"].strip(), 7, number, [plain(label["rest"])]))
        else:
            found[-1].body.append(plain(line))
    return found


def plain(line: str) -> str:
    """Return a line without tags."""
    return _TAG.sub("", line).rstrip()


def _uncommented(text: str, comments: Callable[[str], bool]) -> str:
    """Return a text without comments, but for those in sections that keep them; lines stay."""

    def replaced(found: re.Match[str]) -> str:
        before = text[: found.start()].rsplit("\n#", 1)
        title = before[-1].partition("\n")[0].lstrip("# ").strip() if len(before) > 1 else ""
        lines = found[1].count("\n")
        return found[1] if comments(title) else "\n" * lines

    return _COMMENT.sub(replaced, text)


def links(text: str) -> list[dict[str, str]]:
    """Return the links of a text that lead somewhere."""
    return [{"title": title, "url": url} for title, url in _LINK.findall(text) if url]


def unlinked(text: str) -> str:
    """Return a text with the links in it as their titles."""
    return _LINK.sub(lambda link: link[1], text)


def under(found: Iterable[Section], title: str) -> Section | None:
    """Return the first section of a title, whatever its case, that says something."""
    wanted = title.casefold()
    return next((each for each in found if each.title.casefold() == wanted and each.text), None)
