"""Layout: which element of which block carries which canonical field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from aiexchange import law
from aiexchange.formats.eudb.names import element_name
from aiexchange.model import Registration
from aiexchange.model.codes import SectionCode
from aiexchange.model.paths import field_at
from aiexchange.model.table import Field, fields_of
from aiexchange.model.types import Kind


@dataclass(frozen=True, slots=True)
class Slot:
    """One element, or one for each member of a list, and the canonical field that it carries."""

    name: str
    path: str
    item: str = ""
    """The point of Annex VIII or IX that asks for it."""

    @property
    def field(self) -> Field:
        """The canonical field."""
        return field_at(self.path)


@dataclass(frozen=True, slots=True)
class Group:
    """An element around slots that belong together; it is left out when all of them are empty."""

    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a Registration: its context, a section, or its extensions."""

    name: str
    content: tuple[Slot | Group, ...]

    def only(self, keep: Callable[[Slot], bool]) -> Block:
        """Return the block with some of its slots; a group without any goes."""
        content: list[Slot | Group] = []
        for each in self.content:
            if isinstance(each, Slot):
                content += [each] if keep(each) else []
            elif slots := tuple(filter(keep, each.slots)):
                content.append(Group(each.name, slots))
        return Block(self.name, tuple(content))

    def slots(self) -> Iterator[Slot]:
        """Yield the slots, those within groups too."""
        for each in self.content:
            yield from each.slots if isinstance(each, Group) else (each,)


_NAMED = ("name", "address", "contacts")


def _operator(name: str, path: str, item: str, parts: Iterable[str] = _NAMED) -> Group:
    return Group(name, tuple(Slot(element_name(each), f"{path}.{each}", item) for each in parts))


SECTIONS: dict[SectionCode, Block] = {
    SectionCode.A: Block(
        "SectionA",
        (
            _operator("Provider", "provider", "A-1"),
            Slot("Submitter", "provider.submitter", "A-2"),
            Slot("AuthorisedRepresentative", "provider.authorised_representative", "A-3"),
            Slot("TradeName", "system.trade_name", "A-4"),
            Slot("Reference", "system.references", "A-4"),
            Slot("IntendedPurpose", "system.intended_purpose", "A-5"),
            Slot("ComponentsAndFunctions", "system.components_and_functions", "A-5"),
            Slot("InformationUsed", "system.information_used", "A-6"),
            Slot("OperatingLogic", "system.operating_logic", "A-6"),
            Slot("Status", "system.status", "A-7"),
            Slot("Certificate", "system.certificates", "A-8 A-9"),
            Slot("MemberState", "system.member_states", "A-10"),
            Slot("DeclarationOfConformity", "system.declarations_of_conformity", "A-11"),
            Slot("InstructionsForUse", "system.instructions_for_use", "A-12"),
            Slot("MoreInformation", "system.more_information", "A-13"),
        ),
    ),
    SectionCode.B: Block(
        "SectionB",
        (
            _operator("Provider", "provider", "B-1"),
            Slot("Submitter", "provider.submitter", "B-2"),
            Slot("AuthorisedRepresentative", "provider.authorised_representative", "B-3"),
            Slot("TradeName", "system.trade_name", "B-4"),
            Slot("Reference", "system.references", "B-4"),
            Slot("IntendedPurpose", "system.intended_purpose", "B-5"),
            Slot("Article63Condition", "classification.article_6_3", "B-6"),
            Slot("Status", "system.status", "B-8"),
        ),
    ),
    SectionCode.C: Block(
        "SectionC",
        (
            _operator("Deployer", "deployer", "C-1"),
            Slot("Submitter", "deployer.submitter", "C-2"),
            Slot("ProviderEntry", "use.provider_entry", "C-3"),
            Slot("FRIASummary", "use.fria_summary", "C-4"),
            Slot("DPIASummary", "use.dpia_summary", "C-5"),
        ),
    ),
    SectionCode.IX: Block(
        "AnnexIX",
        (
            Slot("IdentificationNumber", "test.identification_number", "IX-1"),
            _operator("Provider", "provider", "IX-2", ("name", "contacts")),
            Slot("Deployer", "test.deployers", "IX-2"),
            Slot("Description", "test.description", "IX-3"),
            Slot("TradeName", "system.trade_name", "IX-3"),
            Slot("Reference", "system.references", "IX-3"),
            Slot("IntendedPurpose", "system.intended_purpose", "IX-3"),
            Slot("PlanSummary", "test.plan_summary", "IX-4"),
            Slot("Suspension", "test.suspension", "IX-5"),
            Slot("SuspensionNote", "test.suspension_note", "IX-5"),
        ),
    ),
}
"""The block of each section, in the order of its items. B-7 and B-9 are deleted: no element."""

CONTEXT = Block(
    "Context",
    (
        *(
            Slot(element_name(name), f"classification.{name}")
            for name in fields_of(field_at("classification").model or Registration)
        ),
        Slot("FirstPlaced", "system.first_placed"),
        Slot("SignificantChange", "system.significant_change"),
        Slot("IntendedForPublicAuthorities", "system.intended_for_public_authorities"),
        Slot("ProviderKind", "provider.kind"),
        Slot("DeployerKind", "deployer.kind"),
        Slot("PublicationConsent", "test.publication_consent"),
    ),
)
"""What routes a registration under Art. 49 and is no item of its section."""

_UNASKED = frozenset(
    f"classification.{name}" for name in ("declared_as", "not_high_risk_grounds", "annex_xiv")
)
_ROUTES = frozenset(
    f"classification.{name}" for name in ("declared", "annex_iii", "sensitive_area")
)

KEY = ("record_id", "version")
"""Fields that stand before all blocks."""


def _extensions() -> Iterator[Slot | Group]:
    """Yield what the model holds and the context does not, in the order of the model."""
    context = {slot.path for slot in CONTEXT.slots()}
    for name, field in fields_of(Registration).items():
        if field.kind is Kind.PART and not field.many and field.model is not None:
            slots = tuple(
                Slot(element_name(inner), f"{name}.{inner}")
                for inner in fields_of(field.model)
                if f"{name}.{inner}" not in context
            )
            if slots:
                yield Group(element_name(name), slots)
        elif name not in KEY:
            yield Slot(element_name(name), name)


EXTENSIONS = Block("Extensions", tuple(_extensions()))
"""What no due section carries, laid out as the model."""

BLOCKS = (CONTEXT, *SECTIONS.values(), EXTENSIONS)
"""The blocks in the order in which they stand."""


SUBMITTED_CONTEXT = CONTEXT.only(lambda slot: slot.path not in _UNASKED)
"""What a submission says of the routing: nothing that is the register's own, or legacy."""

RESTRICTED_CONTEXT = CONTEXT.only(lambda slot: slot.path in _ROUTES)
"""What tells a restricted registration from others; it holds no item."""


@cache
def restricted_sections() -> dict[SectionCode, Block]:
    """Return the sections as Art. 49(4) leaves them, by the newest legal version."""
    version = law.legal_version()
    left = {item.id for item in version.items if item.restricted_set and not item.deleted}
    return {
        code: block.only(lambda slot: bool(left & set(slot.item.split())))
        for code, block in SECTIONS.items()
    }


@cache
def plan(due: frozenset[SectionCode]) -> tuple[Block, ...]:
    """Return the blocks for a registration with these due sections, each field in one of them.

    A field stands in the first due section that has an item for it, else in the context or the
    extensions.
    """
    return _plan(CONTEXT, SECTIONS, due, (EXTENSIONS,))


@cache
def submission_plan(due: frozenset[SectionCode]) -> tuple[Block, ...]:
    """Return the blocks that hold what the items of these sections ask for, and the routing."""
    return _plan(SUBMITTED_CONTEXT, SECTIONS, due)


@cache
def restricted_plan(due: frozenset[SectionCode]) -> tuple[Block, ...]:
    """Return the blocks of a restricted registration: the Art. 49(4) set alone."""
    return _plan(RESTRICTED_CONTEXT, restricted_sections(), due)


def _plan(
    context: Block,
    sections: dict[SectionCode, Block],
    due: frozenset[SectionCode],
    after: tuple[Block, ...] = (),
) -> tuple[Block, ...]:
    taken: set[str] = set()
    found = [_without(block, taken) for code, block in sections.items() if code in due]
    rest = [_without(block, taken) for block in after]
    return (context.only(lambda slot: slot.path not in _taken(found)), *found, *rest)


def _taken(blocks: Iterable[Block]) -> set[str]:
    return {slot.path for block in blocks for slot in block.slots()}


def _without(block: Block, taken: set[str]) -> Block:
    """Return a block without the fields that are taken, and take the others."""
    left = block.only(lambda slot: slot.path not in taken)
    taken.update(slot.path for slot in left.slots())
    return left


def carried(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the canonical paths that blocks carry, the key of a registration among them."""
    return frozenset((*KEY, *_taken(blocks)))


def carries(kept: frozenset[str], path: str) -> bool:
    """Tell whether a path, or a part that holds it, is among those that are carried."""
    return path in kept or any(path.startswith(f"{each}.") for each in kept)
