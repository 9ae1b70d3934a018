"""Same: whether another side wrote what we wrote, as sorted triples or as canonical XML."""

from __future__ import annotations

from pathlib import Path

from lxml import etree


def same(kind: str, ours: Path, others: Path) -> bool:
    """Compare two outputs: `triples`, in any order, or `xml`, whatever its indentation."""
    return _READ[kind](ours) == _READ[kind](others)


def _triples(path: Path) -> list[str]:
    import pyoxigraph as ox

    return sorted(str(triple) for triple in ox.parse(path=str(path)))


def _canonical(path: Path) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    root = etree.parse(path, parser).getroot()
    for element in root.iter():
        for name in [each for each in element.attrib if "schema-instance" in str(each)]:
            del element.attrib[name]
    return etree.tostring(_plain(root), method="c14n2")


def _plain(root: etree._Element) -> etree._Element:
    """Return a copy without unused namespaces and prefixes of its own."""
    space = {None: etree.QName(root).namespace or ""}
    copy = etree.Element(root.tag, dict(root.attrib), nsmap=space)
    copy.text = root.text
    copy.extend(_plain(child) for child in root)
    return copy


_READ = {"triples": _triples, "xml": _canonical}
