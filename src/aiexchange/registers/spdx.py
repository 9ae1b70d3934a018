"""SPDX 3.0 with the AI profile: each AI package as a record, with the data sets it comes with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.cards import parsed
from aiexchange.registers.document import Transport
from aiexchange.registers.json import first_names
from aiexchange.registers.nested import Taking, listed
from aiexchange.registers.record import Record


def recognises(head: bytes) -> bool:
    """Tell whether it is a graph in the context of SPDX 3."""
    names = first_names(head)
    return {"@context", "@graph"} <= names and b"spdx.org/rdf/3." in head


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield every AI package; a graph without any yields its data sets.

    Raises:
        InputError: no JSON, or neither AI package nor data set.
    """
    document = parsed(data, file)
    graph = [each for each in listed(document.get("@graph")) if isinstance(each, dict)]
    nodes = {_id(each): each for each in graph}
    packages = [each for each in graph if _kind(each) == "AIPackage"]
    data_sets = [each for each in graph if _kind(each) == "DatasetPackage"]
    if not packages and not data_sets:
        raise InputError(f"{file or 'the input'} holds no AI package and no data set of SPDX")
    used = packages or data_sets
    findings = _others(graph, {id(each) for each in (*packages, *data_sets)}, file)
    for number, each in enumerate(used, 1):
        sets = data_sets if packages else []
        yield _record(each, sets, nodes, Origin(file, row=number), findings)
        findings = ()


def _id(node: dict[str, Any]) -> str:
    return str(node.get("spdxId") or node.get("@id") or "")


def _kind(node: dict[str, Any]) -> str:
    kind = str(node.get("type") or node.get("@type") or "")
    return kind.replace("/", "_").rpartition("_")[2]


def _others(graph: list[dict[str, Any]], read: set[int], file: str | None) -> tuple[Finding, ...]:
    counts = Counter(_kind(each) or "node" for each in graph if id(each) not in read)
    if not counts:
        return ()
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    return (
        Finding(
            "loss.file-member",
            Severity.WARNING,
            f"The graph also holds {told}; they are left out, but for who supplied the packages.",
            path="@graph",
            origin=Origin(file),
            mend="Keep the file, if you need them.",
        ),
    )


def _record(
    package: dict[str, Any],
    data_sets: list[dict[str, Any]],
    nodes: dict[str, dict[str, Any]],
    origin: Origin,
    findings: tuple[Finding, ...],
) -> Record:
    own = {
        name.removeprefix("ai_").removeprefix("software_").removeprefix("dataset_"): value
        for name, value in package.items()
    }
    taking = Taking(own, f"{_id(package)} ")
    taking.put("id", _id(package), "spdxId")
    taking.drop("spdxId", "@id", "type", "@type")
    for name in ("name", "description", "downloadLocation", "homePage", "packageUrl"):
        taking.take(name, name)
    taking.take("version", "packageVersion")
    created = nodes.get(str(own.get("creationInfo")))
    taking.drop("creationInfo")
    if created:
        taking.put("created", created.get("created"), "creationInfo.created")
    supplier = next((nodes.get(str(each)) for each in listed(own.get("suppliedBy"))), None)
    if supplier:
        _supplier(taking, supplier)
    taking.gather("purpose", Application="informationAboutApplication", Domain="domain")
    taking.gather("logic", Type_of_model="typeOfModel", Explainability="modelExplainability")
    sets = {
        str(each.get("name") or _id(each)): {
            name.rpartition("_")[2]: value
            for name, value in each.items()
            if name not in ("type", "@type", "creationInfo", "name")
        }
        for each in data_sets
    }
    taking.gather(
        "information", Training="informationAboutTraining", Preprocessing="modelDataPreprocessing"
    )
    if sets:
        said = {**taking.fields.get("information", {}), "Data sets": sets}
        place = taking.places.get("information", "")
        taking.put(
            "information", said, f"{place} and DatasetPackage" if place else "DatasetPackage"
        )
    return taking.record(origin, findings)


def _supplier(taking: Taking, supplier: dict[str, Any]) -> None:
    taking.put("provider.name", supplier.get("name"), f"{_id(supplier)} name")
    contacts = [
        {"email": str(each.get("identifier"))}
        for each in listed(supplier.get("externalIdentifier"))
        if isinstance(each, dict) and each.get("externalIdentifierType") == "email"
    ]
    taking.put("provider.contacts", contacts, f"{_id(supplier)} externalIdentifier")
    taking.drop("suppliedBy")


TRANSPORT = Transport(recognises, read, about_model=lambda _: True)
