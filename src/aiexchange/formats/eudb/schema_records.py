"""Schema of registrations: each block of the layout, then the parts of the model in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aiexchange import law
from aiexchange.formats.eudb.layout import (
    BLOCKS,
    CONTEXT,
    EXTENSIONS,
    RESTRICTED_CONTEXT,
    SECTIONS,
    Block,
    Group,
    Slot,
    restricted_sections,
)
from aiexchange.formats.eudb.names import (
    CODELIST,
    COMMON,
    FORMS,
    RECORDS,
    REGISTRATION,
    element_name,
)
from aiexchange.formats.eudb.schema_text import TYPES, documented, many, schema, sequence, unique
from aiexchange.model import CanonicalModel, Statement
from aiexchange.model.codes import SectionCode
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind

_FILES = {COMMON: "common.xsd", CODELIST: "codelist.xsd"}
_MEMBERS = {Kind.JSON: ("Value", "name"), Kind.STATEMENTS: ("Statement", "path")}
_ABOUT = (
    "One registration. A section stands here if it is due; each field of the canonical model "
    "stands once, in the first section that has an item for it, else in the context or the "
    "extensions. Presence is for the rules, not for this schema."
)

_ABOUT_RESTRICTED = (
    "One registration for the part of the EU database that is not public: the set that "
    "Art. 49(4) leaves, and nothing else."
)
_ABOUT_TEST = (
    "One test in real-world conditions that the provider has not consented to publish (Art. 71(4))."
)


def registration() -> str:
    """Return the schema of registrations; each kind of record is a global element."""
    return schema(REGISTRATION, "A registration, section by section.", _lines(), _FILES)


def _lines() -> Iterator[str]:
    for name in RECORDS:
        yield f'  <xs:element name="{name}" type="r:{name}"/>'
    blocks = {block.name: block for block in BLOCKS}
    yield from _record("Registration", _ABOUT, blocks, {name: name for name in blocks})
    yield from _block(CONTEXT.name, CONTEXT.content, "What routes a registration (Art. 49).")
    for code, block in SECTIONS.items():
        about = law.codelist("section")[code.value].label_en
        yield from _block(block.name, block.content, f"{about}: the fields of its items.")
    yield from _restricted()
    yield from _block(EXTENSIONS.name, EXTENSIONS.content, "What no due section carries.")
    for name, model in _models().items():
        elements = (
            line
            for each, field in fields_of(model).items()
            for line in _element(element_name(each), field, "      ")
        )
        yield from sequence(name, model.__doc__ or "", elements)
    yield from _maps()


def _record(
    name: str, about: str, blocks: Mapping[str, Block], types: Mapping[str, str]
) -> Iterator[str]:
    """Yield the type of a record: its key, then its blocks, of which the context is a must."""
    yield f'  <xs:complexType name="{name}">'
    yield from documented(about, "    ")
    yield "    <xs:sequence>"
    yield '      <xs:element name="RecordID" type="c:RecordID"/>'
    yield '      <xs:element name="Version" type="xs:positiveInteger"/>'
    for each, block in blocks.items():
        least = "1" if each == CONTEXT.name else "0"
        yield f'      <xs:element name="{each}" type="r:{types[each]}" minOccurs="{least}">'
        yield from _languages(f"{name if name != 'Registration' else ''}{each}", block.content)
        yield "      </xs:element>"
    yield "    </xs:sequence>"
    yield '    <xs:attribute name="action" type="k:Action" use="required"/>'
    yield "  </xs:complexType>"


def _languages(
    owner: str, content: Iterable[Slot | Group], indent: str = "        "
) -> Iterator[str]:
    """Yield that each text has a language once."""
    for each in content:
        if isinstance(each, Slot) and each.field.kind is Kind.TEXT:
            yield from unique(f"{owner}{each.name}", each.name, "xml:lang", indent)


def _block(name: str, content: Iterable[Slot | Group], about: str) -> Iterator[str]:
    def elements() -> Iterator[str]:
        for each in content:
            if isinstance(each, Slot):
                yield from _element(each.name, each.field, "      ", each.item)
            else:
                yield from _group(name, each)

    yield from sequence(name, about, elements())


def _group(owner: str, group: Group) -> Iterator[str]:
    yield f'      <xs:element name="{group.name}" minOccurs="0">'
    yield "        <xs:complexType><xs:sequence>"
    for slot in group.slots:
        yield from _element(slot.name, slot.field, "          ", slot.item)
    yield "        </xs:sequence></xs:complexType>"
    yield from _languages(f"{owner}{group.name}", group.slots, "        ")
    yield "      </xs:element>"


def _element(name: str, field: Field, indent: str, item: str = "") -> Iterator[str]:
    least = "1" if field.required else "0"
    occurs = f'minOccurs="{least}"' + (' maxOccurs="unbounded"' if many(field) else "")
    yield f'{indent}<xs:element name="{name}" type="{_type_of(field)}" {occurs}>'
    yield from documented(field.doc, indent + "  ", item)
    if field.kind in _MEMBERS:
        yield from unique(name, *_MEMBERS[field.kind], indent + "  ")
    yield f"{indent}</xs:element>"


def _type_of(field: Field) -> str:
    if field.model is not None:
        return f"r:{field.model.__name__}"
    if field.codes is not None:
        return f"k:{field.codes.__name__}"
    form = FORMS.get(field.name) if field.kind is Kind.STRING else None
    return f"c:{form}" if form else TYPES[field.kind]


def _restricted() -> Iterator[str]:
    """Yield what goes into the part that is not public, in types that hold no more than it may."""
    context = RESTRICTED_CONTEXT.content
    yield from _block("RestrictedContext", context, "What tells that a registration is restricted.")
    for block in restricted_sections().values():
        about = "The items that Art. 49(4) leaves of the section."
        yield from _block(f"Restricted{block.name}", block.content, about)
    sections = {block.name: block for block in restricted_sections().values()}
    restricted = {"Context": RESTRICTED_CONTEXT, **sections}
    types = {name: f"Restricted{name}" for name in restricted}
    yield from _record("RestrictedRegistration", _ABOUT_RESTRICTED, restricted, types)
    test = {"Context": CONTEXT, "AnnexIX": SECTIONS[SectionCode.IX]}
    yield from _record("UnpublishedTest", _ABOUT_TEST, test, {name: name for name in test})


def _models() -> dict[str, type[CanonicalModel]]:
    """Return the parts that elements hold, by name."""
    found: dict[str, type[CanonicalModel]] = {}

    def visit(model: type[CanonicalModel] | None) -> None:
        if model is not None and model.__name__ not in found:
            found[model.__name__] = model
            for field in fields_of(model).values():
                visit(field.model)

    visit(Statement)
    for block in BLOCKS:
        for slot in block.slots():
            visit(slot.field.model)
    return dict(sorted(found.items()))


def _maps() -> Iterator[str]:
    """Yield the types of what is kept by name: source values, and statements."""
    yield from _map(
        "Values",
        "Source values as JSON, by name; the name is escaped as within a JSON string.",
        '        <xs:complexType><xs:simpleContent><xs:extension base="xs:string">',
        *_MEMBERS[Kind.JSON],
        "        </xs:extension></xs:simpleContent></xs:complexType>",
    )
    yield from _map(
        "Statements",
        "Who stated a value, or from what it follows, by canonical path.",
        '        <xs:complexType><xs:complexContent><xs:extension base="r:Statement">',
        *_MEMBERS[Kind.STATEMENTS],
        "        </xs:extension></xs:complexContent></xs:complexType>",
    )


def _map(name: str, about: str, opening: str, member: str, key: str, closing: str) -> Iterator[str]:
    lines = (
        f'      <xs:element name="{member}" minOccurs="0" maxOccurs="unbounded">',
        opening,
        f'          <xs:attribute name="{key}" type="xs:string" use="required"/>',
        closing,
        "      </xs:element>",
    )
    yield from sequence(name, about, lines)
