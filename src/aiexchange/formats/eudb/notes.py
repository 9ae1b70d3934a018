"""Notes: what the reader remarks on while it reads one registration."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.formats.eudb.message import line_of
from aiexchange.formats.eudb.names import LANG, RECORDS, REGISTRATION, XML

_PREFIX = f"{{{REGISTRATION}}}"
_ANYWHERE = ("{http://www.w3.org/2001/XMLSchema-instance}", f"{{{XML}}}space")
_LOOK = "Compare it with the schema in schemas/eudb/1.0."


@dataclass(slots=True)
class Notes:
    """Findings about one registration; `path` is the canonical path that is being read."""

    file: str | None
    path: str = ""
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
    """Whether a finding says that no registration can be made of it."""

    def text(self, element: etree._Element, *attributes: str) -> str:
        """Return the text of an element exactly; elements in it are unknown, what follows stays."""
        self.attributes(element, *attributes)
        text = element.text or ""
        for child in element:
            self.unknown(child)
            text += child.tail or ""
        return text

    def language(self, element: etree._Element) -> str:
        """Return the language of a text; one that is not given is not guessed."""
        language = element.get(LANG)
        if language:
            return language.strip().lower()
        self._add(
            "eudb-xml.no-language",
            Severity.WARNING,
            f"{path_of(element)} does not say its language; it is kept as und.",
            path_of(element),
            element,
            "Add xml:lang, such as nl.",
        )
        return "und"

    def within(self, element: etree._Element, *attributes: str) -> None:
        """Look for what does not belong around the elements of a part: attributes and text."""
        self.attributes(element, *attributes)
        between = [element.text, *(child.tail for child in element)]
        if any(text and not text.isspace() for text in between):
            self._unknown(element, f"{path_of(element)} holds text between its elements")

    def attributes(self, element: etree._Element, *known: str) -> None:
        """Look for attributes that the schema does not know."""
        for name in element.keys():  # noqa: SIM118
            if name not in known and not str(name).startswith(_ANYWHERE):
                self._unknown(element, f"{path_of(element)} has the unknown attribute {name}")

    def unknown(self, element: etree._Element) -> None:
        """Say that the schema does not know an element."""
        self._unknown(element, f"{path_of(element)} is no element of the schema")

    def refuse(self, element: etree._Element, reason: str) -> None:
        """Say why no registration can be made of it."""
        self.refused = True
        self._add(
            "eudb-xml.invalid-registration",
            Severity.VIOLATION,
            f"{path_of(element)}: {reason}. The registration is left out.",
            self.path,
            element,
            "Correct the element that the message names.",
        )

    def _unknown(self, element: etree._Element, what: str) -> None:
        self._add(
            "eudb-xml.unknown-element",
            Severity.WARNING,
            f"{what}; it is not carried on.",
            path_of(element),
            element,
            _LOOK,
        )

    def _add(
        self,
        code: str,
        severity: Severity,
        message: str,
        path: str,
        element: etree._Element,
        mend: str,
    ) -> None:
        origin = Origin(self.file, line=line_of(element))
        self.findings.append(Finding(code, severity, message, None, path, origin, mend=mend))


def name_of(element: etree._Element) -> str:
    """Return the name of an element, without the namespace of registrations."""
    return str(element.tag).removeprefix(_PREFIX)


def path_of(element: etree._Element) -> str:
    """Return the names from the registration down to an element: `Registration/SectionA/Status`."""
    names = [name_of(element)]
    parent = element.getparent()
    while names[0] not in RECORDS and parent is not None:
        names.insert(0, name_of(parent))
        parent = parent.getparent()
    return "/".join(names)
