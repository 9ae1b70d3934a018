"""CycloneDX ML-BOM 1.5 to 1.7, JSON and XML: the system, and each model in it, as records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from aiexchange.errors import InputError
from aiexchange.findings import Finding, Origin, Severity
from aiexchange.registers.cards import parsed
from aiexchange.registers.document import Transport
from aiexchange.registers.json import first_names
from aiexchange.registers.nested import Taking, at, country, listed
from aiexchange.registers.record import Record

MODEL = "machine-learning-model"
_NAMESPACE = re.compile(rb"http://cyclonedx\.org/schema/bom/1\.[0-9]+")
_WRAPPERS = frozenset(
    "components externalReferences datasets inputs outputs users useCases technicalLimitations "
    "performanceTradeoffs ethicalConsiderations fairnessAssessments performanceMetrics collection "
    "properties services dependencies hashes licenses tags authors manufacturers".split()
)
_LISTS = frozenset({"contact", "url"})
"""Members of an organisation that repeat without an element around them."""

_BODIES = ("manufacturer", "supplier", "publisher")
"""Who may be the provider, the first that is named."""


def recognises(head: bytes) -> bool:
    """Tell whether it is a bill of materials, in JSON or in XML."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return b"<bom" in head and bool(_NAMESPACE.search(head))
    return start.startswith(b"{") and {"bomFormat", "specVersion"} <= first_names(head)


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield the system that the bill is about, if it names one, and every model.

    Raises:
        InputError: no bill of materials, or one without system and model.
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    bill = _of_xml(data, file) if start.startswith(b"<") else parsed(data, file)
    if not isinstance(bill, dict):
        raise InputError(f"{file or 'the input'} is no bill of materials")
    found = list(_components(bill))
    if not found:
        raise InputError(f"{file or 'the input'} names neither a system nor a model")
    findings = _beside(bill, found, file)
    for number, (place, component) in enumerate(found, 1):
        yield _record(bill, component, place, Origin(file, row=number), findings)
        findings = ()


def _components(bill: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    main = at(bill, "metadata.component")
    if isinstance(main, dict) and main.get("name"):
        yield "metadata.component", main
    waiting = [("components", bill)]
    while waiting:
        path, owner = waiting.pop(0)
        for number, each in enumerate(listed(owner.get("components"))):
            if isinstance(each, dict):
                place = f"{path}[{number}]"
                if each.get("type") == MODEL or "modelCard" in each:
                    yield place, each
                waiting.append((f"{place}.components", each))


def _beside(
    bill: dict[str, Any], found: list[tuple[str, dict[str, Any]]], file: str | None
) -> tuple[Finding, ...]:
    """Report the parts of the bill that are about no system and no model."""
    read = {"bomFormat", "specVersion", "serialNumber", "version", "$schema", "metadata"}
    others = {name: bill[name] for name in bill if name not in read and bill[name]}
    count = len(listed(others.pop("components", []))) - sum(
        bool(re.fullmatch(r"components\[\d+\]", place)) for place, _ in found
    )
    told = [f"{count} other components"] if count else []
    told += [f"{name} ({len(listed(value))})" for name, value in others.items()]
    told += [
        f"metadata.{name}"
        for name in bill.get("metadata") or {}
        if name not in ("component", "supplier", "manufacturer", "manufacture", "timestamp")
    ]
    return tuple(
        Finding(
            "loss.file-member",
            Severity.WARNING,
            f"{each} in the bill is about no system and no model; it is left out.",
            path=each.partition(" (")[0],
            origin=Origin(file),
            mend="Keep the file, if you need it.",
        )
        for each in told
    )


def _record(
    bill: dict[str, Any],
    component: dict[str, Any],
    place: str,
    origin: Origin,
    findings: tuple[Finding, ...],
) -> Record:
    taking = Taking(component, f"{place}.")
    serial, own = bill.get("serialNumber"), component.get("bom-ref") or component.get("name")
    taking.put("id", f"{serial}#{own}" if serial else "", "serialNumber")
    taking.put("timestamp", at(bill, "metadata.timestamp"), "metadata.timestamp")
    taking.put("type", component.get("type"), f"{place}.type")
    taking.drop("bom-ref", "components", "externalReferences", "type")
    for name in ("name", "version", "purl", "description"):
        taking.take(name, name)
    _provider(taking, bill, component, place)
    _references(taking, component, place)
    model, said = "modelCard.modelParameters", "modelCard.considerations"
    taking.gather("purpose", Use_cases=f"{said}.useCases", Users=f"{said}.users")
    data = listed(at(component, f"{model}.datasets"))
    links = [
        {"title": each.get("name"), "url": at(each, "contents.url")}
        for each in data
        if isinstance(each, dict)
    ]
    taking.put("data", [each for each in links if any(each.values())], f"{place}.{model}.datasets")
    taking.gather(
        "information",
        Inputs=f"{model}.inputs",
        Outputs=f"{model}.outputs",
        Data_sets=f"{model}.datasets",
    )
    taking.gather(
        "logic",
        Approach=f"{model}.approach.type",
        Task=f"{model}.task",
        Family=f"{model}.architectureFamily",
        Architecture=f"{model}.modelArchitecture",
    )
    return taking.record(origin, findings)


def _provider(taking: Taking, bill: dict[str, Any], component: dict[str, Any], place: str) -> None:
    """Take the manufacturer, else the supplier, else the publisher; of the bill where need be."""
    metadata = bill.get("metadata") or {}
    for owner, root in ((component, place), (metadata, "metadata")):
        for name in (*_BODIES, "manufacture"):
            body = owner.get(name)
            if isinstance(body, str) and body:
                taking.put("provider.name", body, f"{root}.{name}")
                taking.drop(name)
                return
            if isinstance(body, dict) and body.get("name"):
                _body(taking, body, f"{root}.{name}")
                if owner is component:
                    taking.drop(name)
                return


def _body(taking: Taking, body: dict[str, Any], place: str) -> None:
    taking.put("provider.name", body.get("name"), f"{place}.name")
    address = body.get("address") or {}
    street = address.get("streetAddress") or (
        f"PO Box {address['postOfficeBoxNumber']}" if address.get("postOfficeBoxNumber") else ""
    )
    parts = {
        "street": street,
        "post_code": address.get("postalCode"),
        "city": address.get("locality"),
        "country": country(address.get("country")),
    }
    taking.put(
        "provider.address",
        {name: str(each) for name, each in parts.items() if each},
        f"{place}.address",
    )
    if address.get("country") and not parts["country"]:
        taking.put("provider.country", address["country"], f"{place}.address.country")
    taking.put("provider.region", address.get("region"), f"{place}.address.region")
    contacts = [
        {name: str(each[name]) for name in ("name", "email", "phone") if each.get(name)}
        for each in listed(body.get("contact"))
        if isinstance(each, dict)
    ]
    contacts += [{"url": str(url)} for url in listed(body.get("url"))]
    taking.put("provider.contacts", [each for each in contacts if each], f"{place}.contact")


_REFERENCES = {
    "website": "website",
    "documentation": "documentation",
    "vcs": "source",
    "certification-report": "certification",
    "attestation": "attestation",
}
"""The field of each type of external reference that means something."""


def _references(taking: Taking, component: dict[str, Any], place: str) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    others = []
    for each in listed(component.get("externalReferences")):
        field = _REFERENCES.get(str(each.get("type"))) if isinstance(each, dict) else None
        if field is None:
            others.append(each)
        else:
            link = {"title": each.get("comment"), "url": each.get("url")}
            found.setdefault(field, []).append({n: v for n, v in link.items() if v})
    for field, links in found.items():
        value: Any = links
        if field in ("website", "source"):
            value, more = links[0], links[1:]
            others += more
        if field == "certification":
            value = [{"copy": link} for link in links]
        taking.put(field, value, f"{place}.externalReferences")
    taking.put("externalReferences", others, f"{place}.externalReferences")


def _of_xml(data: bytes, file: str | None) -> dict[str, Any]:
    """Return a bill in XML as its JSON says it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{file or 'the input'} is no complete XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise InputError(f"{file or 'the input'} has a document type; that is not read")
    value = _element(root)
    return value if isinstance(value, dict) else {}


def _element(element: Any) -> Any:
    children = [child for child in element if isinstance(child.tag, str)]
    name = etree.QName(element).localname
    if name in _WRAPPERS:
        return [_element(child) for child in children]
    found: dict[str, Any] = {str(key): value for key, value in element.attrib.items()}
    for child in children:
        tag, value = etree.QName(child).localname, _element(child)
        if tag in found or (tag in _LISTS and name != "reference" and name != "contents"):
            found[tag] = [*listed(found.get(tag)), value]
        elif value not in ("", None, {}, []):
            found[tag] = value
    text = (element.text or "").strip()
    if not children:
        return {**found, "value": text} if found and text else found or text
    return found


TRANSPORT = Transport(recognises, read, about_model=lambda fields: fields.get("type") == MODEL)
