"""A corpus for the rules: the mutant of each, and registrations of random parts."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aiexchange import law
from aiexchange.law import LegalVersion, Rule
from aiexchange.law.routing import due_routes
from aiexchange.model import Registration, SectionCode
from aiexchange.model.paths import plain, walk
from aiexchange.resources import data_folder

BLANKS = (" ", "\u00a0\u2003", "\u3000\n")
TEXTS = ({"und": "x"}, {"nl": "\u2003"}, {"en": "x", "und": " "})


def mutants(version: LegalVersion) -> list[tuple[Rule, Registration]]:
    """The rules that memory can tell are broken, each with the registration that breaks it."""
    seen = (rule for rule in version.rules if "python" in rule.engines)
    return [(rule, law.failing(rule, version)) for rule in seen]


def generated(count: int, version: LegalVersion, seed: int = 1) -> Iterator[Registration]:
    """Registrations put together at random from what stands in the examples of all rules."""
    chance, pool = random.Random(seed), _pool(version)
    paths = sorted(pool)
    bases = [plain(each) for each in _examples(version)]
    for number in range(count):
        data = _copy(chance.choice(bases))
        for path in chance.sample(paths, chance.choice((0, 1, 2, 3, 5, 8, 20))):
            _put(data, path.split("."), chance.choice(pool[path]))
        data["record_id"] = f"generated:{number}"
        yield Registration.model_validate(data)


def due_of(registration: Registration, version: LegalVersion) -> frozenset[SectionCode]:
    routes, _ = due_routes(registration, version.duty_table)
    return frozenset(route.section for route in routes)


def codes(registration: Registration, version: LegalVersion, engine: str) -> list[str]:
    """What memory finds, of the rules that an engine can tell."""
    told = {rule.code for rule in version.rules if engine in rule.engines}
    return sorted(f.code for f in law.findings(registration, version) if f.code in told)


def _examples(version: LegalVersion) -> Iterator[Registration]:
    for rule in version.rules:
        yield law.failing(rule, version)
        yield law.passing(rule, version)


def _pool(version: LegalVersion) -> dict[str, list[Any]]:
    """Every value that stands somewhere in the examples, by path, with blanks and nothing."""
    pool: dict[str, list[Any]] = {}
    for registration in _examples(version):
        for path, field, value in walk(registration):
            held = pool.setdefault(path, [None])
            if (said := plain(value)) not in held:
                held.append(said)
            if field.kind.value == "string" and not field.many:
                held.extend(blank for blank in BLANKS if blank not in held)
            if field.kind.value == "text":
                held.extend(text for text in TEXTS if text not in held)
    del pool["record_id"]
    pool["system.certificates"].append([{}])
    pool["provider.submitter"] = [None, {}, {"address": {}}, {"contacts": [{}]}]
    pool["provider.authorised_representative"] = [None, {"contacts": [{}]}, {"name": " "}]
    pool["system.references"].append([{"value": " "}])
    return pool


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _copy(value) for name, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _put(data: dict[str, Any], names: list[str], value: Any) -> None:
    *owners, last = names
    for name in owners:
        data = data.setdefault(name, {})
    if value is None:
        data.pop(last, None)
    else:
        data[last] = _copy(value)


NEW_RULE = """
[[rule]]
code = "annex-viii.C.by-name"
severity = "warning"
section = "C"
kind = "forbidden-if"
when = ["provider-named"]
path = "use.provider_entry"
basis = "An amendment"
message = { en = "The entry is named twice.", nl = "De vermelding staat er dubbel." }
mend = { en = "Leave it out.", nl = "Laat het weg." }
fails = { "title" = { nl = "Titel" } }
"""


def amended(folder: Path) -> Path:
    """A third legal version: C-3 asks for something else, and there is a new rule."""
    newest = data_folder("schemas") / "annex-viii" / "2026-07-27"
    later = Path(shutil.copytree(newest, folder / "2029-01-01"))
    for file in later.iterdir():
        text = file.read_text(encoding="utf-8").replace(
            'legal-version = "2026-07-27"', 'legal-version = "2029-01-01"'
        )
        old = 'parts = [{ name = "address", nl = "adres", paths = ["use.provider_entry"] }]'
        if file.name == "items.toml":
            assert old in text
        text = text.replace(old, 'parts = [{ name = "title", nl = "titel", paths = ["title"] }]')
        more = NEW_RULE if file.name == "rules.toml" else ""
        file.write_text(text + more, encoding="utf-8")
    return later
