"""Pairing: which of the supplied registrations speak of the same record, product or body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from aiexchange.compare import names
from aiexchange.compare.supplied import RECORD_ID, Scope, Supplied
from aiexchange.model import Identifier, Operator, Registration

CERTAIN = 0.95
"""The least score of a pair that is merged without anybody's word."""

DOUBTFUL = 0.7
"""The least score of a pair that is worth a person's look."""

MOST_DOUBTFUL = 3
"""The most pairs of one registration that a person is asked about: the best of them."""

SAME_SUPPLIER = 0.85
"""The least likeness of two suppliers' names that may mean one supplier."""

_NOT_IDENTIFYING = frozenset({"version", "versie", "release", "revision", "spec-version"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A registration and what may complete it: the scope, a score from 0 to 1, and its reasons."""

    base: Registration
    supplied: Supplied
    scope: Scope
    score: float
    reasons: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Both record ids: by these a person decides about the pair."""
        return self.base.record_id, self.supplied.registration.record_id

    @property
    def is_certain(self) -> bool:
        """Whether it is merged without anybody's word."""
        return self.score >= CERTAIN


class Pairing:
    """The supplied registrations, indexed by all that can tie a record to them."""

    def __init__(self, supplied: Iterable[Supplied]) -> None:
        self.supplied = tuple(sorted(supplied, key=lambda each: each.order))
        self._by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._suppliers: dict[str, None] = {}
        self._near: dict[str, list[tuple[str, float]]] = {}
        for number, each in enumerate(self.supplied):
            for key in _keys_of_supplied(each):
                self._by_key[key].append(number)
            if each.is_of_supplier and (maker := each.registration.provider.name):
                self._suppliers[names.body(maker)] = None

    def pairs(self, base: Registration) -> list[Pair]:
        """Return the pairs of a registration, the certain ones, or those to decide about.

        Where a product or a record is certain, others of its supplier are not worth a look.
        """
        found = [pair for number in self._candidates(base) if (pair := self._pair(base, number))]
        settled = {pair.scope for pair in found if pair.is_certain}
        certain = [pair for pair in found if pair.is_certain]
        doubtful = [pair for pair in found if pair.scope not in settled]
        doubtful.sort(key=lambda pair: (-pair.score, pair.supplied.order))
        return certain + doubtful[:MOST_DOUBTFUL]

    def _pair(self, base: Registration, number: int) -> Pair | None:
        supplied = self.supplied[number]
        score, reasons, scope = 0.0, tuple[str, ...](), Scope.RECORD
        for each, judge in _JUDGES:
            more, why = judge(base, supplied)
            if more > score:
                score, reasons, scope = more, why, each
        score = round(score, 3)
        return Pair(base, supplied, scope, score, reasons) if score >= DOUBTFUL else None

    def _candidates(self, base: Registration) -> list[int]:
        found: set[int] = set()
        for key in _keys_of_base(base):
            found.update(self._by_key.get(key, ()))
        if maker := base.provider.name:
            for near, _ in self._suppliers_like(names.body(maker)):
                found.update(self._by_key.get(("provider", "", near), ()))
        return sorted(found)

    def _suppliers_like(self, maker: str) -> list[tuple[str, float]]:
        if maker in self._suppliers:
            return [(maker, 1.0)]
        if maker not in self._near:
            close = process.extract(
                maker,
                list(self._suppliers),
                scorer=fuzz.token_set_ratio,
                score_cutoff=100 * SAME_SUPPLIER,
                limit=20,
            )
            self._near[maker] = [(name, score / 100) for name, score, _ in close]
        return self._near[maker]


def _keys_of_supplied(supplied: Supplied) -> Iterator[tuple[str, str, str]]:
    said = supplied.registration
    yield "record", "", said.record_id
    if supplied.is_of_body:
        yield from _identifying("deployer-id", said.deployer.identifiers)
        if said.deployer.name:
            yield "deployer-alone", "", names.body(said.deployer.name)
        return
    for each in said.identifiers:
        if each.scheme == RECORD_ID:
            yield "record", "", each.value
    yield from _identifying("identifier", said.identifiers)
    if said.deployer.name:
        yield "deployer", "", names.body(said.deployer.name)
    if not supplied.is_of_supplier:
        return
    yield from _identifying("reference", said.system.references)
    yield from _identifying("provider-id", said.provider.identifiers)
    if said.provider.name:
        yield "provider", "", names.body(said.provider.name)
    kind = "product" if said.provider.name else "product-alone"
    for name in _product_names(said):
        yield kind, "", names.product(name, names.body(said.provider.name or ""))


def _keys_of_base(base: Registration) -> Iterator[tuple[str, str, str]]:
    yield "record", "", base.record_id
    yield from _identifying("identifier", base.identifiers)
    yield from _identifying("reference", base.system.references)
    yield from _identifying("provider-id", base.provider.identifiers)
    yield from _identifying("deployer-id", base.deployer.identifiers)
    if base.deployer.name:
        yield "deployer", "", names.body(base.deployer.name)
        yield "deployer-alone", "", names.body(base.deployer.name)
    if base.provider.name:
        yield "provider", "", names.body(base.provider.name)
    for name in _product_names(base):
        prepared = names.product(name, names.body(base.provider.name or ""))
        yield "product-alone", "", prepared
        if not base.provider.name:
            yield "product", "", prepared


def _identifying(kind: str, given: Iterable[Identifier]) -> Iterator[tuple[str, str, str]]:
    for each in given:
        scheme = (each.scheme or "").casefold()
        if scheme not in _NOT_IDENTIFYING:
            yield kind, scheme, _bare(each.value)


def _bare(value: str) -> str:
    """Return an identifier as it is compared: of an IRI the last part, whatever the case."""
    last = value.strip().rstrip("/").rpartition("/")[2] if "://" in value else value
    return last.strip().casefold()


def _product_names(registration: Registration) -> list[str]:
    found = [*(registration.title or {}).values()]
    if registration.system.trade_name:
        found.insert(0, registration.system.trade_name)
    return list(dict.fromkeys(found))


Judgement = tuple[float, tuple[str, ...]]
"""A score and its reasons."""

_NOTHING: Judgement = 0.0, ()


def _by_record(base: Registration, supplied: Supplied) -> Judgement:
    said = supplied.registration
    deployers = _same_body(base.deployer, said.deployer)
    if said.record_id == base.record_id and (deployers or not _is_about_product(supplied)):
        return 1.0, ("the same record id",)
    shared = _shared("identifier", base.identifiers, said.identifiers)
    if shared and deployers:
        return 1.0, (f"shared {shared}", "the same deployer")
    if shared and said.deployer.name is None:
        return 0.8, (f"shared {shared}", "no deployer named")
    if not deployers:
        return _NOTHING
    alike, left, right = _best(base, said, "")
    if alike < 0.8:
        return _NOTHING
    same = "the same name" if alike == 1 else f"names {alike:.0%} alike: “{left}”, “{right}”"
    return alike if alike == 1 else min(alike, 0.94), ("the same deployer", same)


def _is_about_product(supplied: Supplied) -> bool:
    """Tell whether a supplier speaks: even of a record it can only say what its product is."""
    said = supplied.registration
    return said.deployer.name is None and said.provider.name is not None


def _by_product(base: Registration, supplied: Supplied) -> Judgement:
    said = supplied.registration
    if not supplied.is_of_supplier:
        return _NOTHING
    named = {each.value for each in said.identifiers if each.scheme == RECORD_ID}
    if base.record_id in named | {said.record_id}:
        return 1.0, ("the supplier names this record",)
    score, reasons = _score_of_product(base, said)
    versions = _versions(base), _versions(said)
    if score >= CERTAIN and all(versions) and versions[0].isdisjoint(versions[1]):
        return 0.9, (*reasons, f"versions differ: {_listed(versions[0])}, {_listed(versions[1])}")
    return score, reasons


def _score_of_product(base: Registration, said: Registration) -> Judgement:
    suppliers, why = _supplier(base.provider, said.provider)
    if shared := _shared("reference", base.system.references, said.system.references):
        if suppliers == 0 and base.provider.name and said.provider.name:
            return 0.8, (f"shared {shared}", "other suppliers are named")
        return 1.0, (f"shared {shared}",)
    own = names.body(said.provider.name or base.provider.name or "")
    alike, left, right = _best(base, said, own)
    same = (
        "the same product name"
        if alike == 1
        else f"products {alike:.0%} alike: “{left}”, “{right}”"
    )
    if suppliers == 0:
        if alike == 1 and not (base.provider.name and said.provider.name):
            return 0.7, (same, "one of them names no supplier")
        return _NOTHING
    if alike < (DOUBTFUL if suppliers == 1 else SAME_SUPPLIER):
        return _NOTHING
    if suppliers == 1 and alike >= CERTAIN:
        return alike, (*why, same)
    return min(0.3 * suppliers + 0.7 * alike, 0.94), (*why, same)


def _register(registration: Registration) -> str:
    """Return the register that a record id names: of its own records each speaks for itself."""
    return registration.record_id.partition(":")[0]


def _by_body(base: Registration, supplied: Supplied) -> Judgement:
    if not supplied.is_of_body or _register(supplied.registration) == _register(base):
        return _NOTHING
    left, right = base.deployer, supplied.registration.deployer
    if shared := _shared("deployer-id", left.identifiers, right.identifiers):
        return 1.0, (f"shared {shared}",)
    if _schemes(left) & _schemes(right) or not _same_body(left, right):
        return _NOTHING
    return 1.0, ("the same name of the body",)


_JUDGES = (
    (Scope.RECORD, _by_record),
    (Scope.PRODUCT, _by_product),
    (Scope.BODY, _by_body),
)


def _supplier(left: Operator, right: Operator) -> Judgement:
    if shared := _shared("provider-id", left.identifiers, right.identifiers):
        return 1.0, (f"shared {shared}",)
    if not left.name or not right.name:
        return _NOTHING
    one, other = names.body(left.name), names.body(right.name)
    if one == other:
        return 1.0, ("the same supplier",)
    alike = names.likeness(one, other)
    if alike < SAME_SUPPLIER:
        return _NOTHING
    return min(alike, 0.99), (f"suppliers {alike:.0%} alike: “{left.name}”, “{right.name}”",)


def same_supplier(left: Operator, right: Operator) -> bool:
    """Tell whether two providers may be one: of names that are far apart only one can be right."""
    return not left.name or not right.name or _supplier(left, right)[0] > 0


def _same_body(left: Operator, right: Operator) -> bool:
    if _shared("deployer-id", left.identifiers, right.identifiers):
        return True
    return bool(left.name and right.name) and names.body(left.name) == names.body(right.name)


def _shared(kind: str, left: Iterable[Identifier], right: Iterable[Identifier]) -> str | None:
    common = set(_identifying(kind, left)) & set(_identifying(kind, right))
    if not common:
        return None
    _, scheme, value = min(common)
    return f"{scheme or 'identifier'} {value}"


def _schemes(operator: Operator) -> set[str]:
    return {(each.scheme or "").casefold() for each in operator.identifiers}


def _versions(registration: Registration) -> frozenset[str]:
    return frozenset(
        each.value.strip().casefold().removeprefix("v")
        for each in registration.system.references
        if (each.scheme or "").casefold() in ("version", "versie")
    )


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _best(base: Registration, said: Registration, supplier: str) -> tuple[float, str, str]:
    """Return how alike the two names are that are most alike, and these."""
    found = [
        (names.likeness(names.product(left, supplier), names.product(right, supplier)), left, right)
        for left in _product_names(base)
        for right in _product_names(said)
    ]
    return max(found, default=(0.0, "", ""))
