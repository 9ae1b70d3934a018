"""Markup: text as XML and Markdown hold it, whatever characters a finding quotes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from aiexchange.model.types import XML_FORBIDDEN
from aiexchange.report.layout import visible

_STEERING = re.compile(r"([\\`*_{}\[\]<>|~#])")


def content(text: str) -> str:
    """Return text as the content of an element; what XML forbids becomes U+FFFD."""
    return escape(XML_FORBIDDEN.sub("\ufffd", text))


def element(name: str, text: str, indent: str = "") -> str:
    """Return an element with text on a line; "" without a text."""
    return f"{indent}<{name}>{content(text)}</{name}>\n" if text else ""


def attributes(**members: object) -> str:
    """Return attributes with a space before each; those without a value are left out."""
    return "".join(
        f" {name}={quoteattr(XML_FORBIDDEN.sub('�', str(value)))}"
        for name, value in members.items()
        if value is not None
    )


def markdown(text: str) -> str:
    """Return text on one line in which nothing is taken for Markdown or HTML."""
    return _STEERING.sub(r"\\\1", visible(text))
