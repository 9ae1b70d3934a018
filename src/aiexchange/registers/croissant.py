"""Croissant: the description of a data set, as the record of what a system uses."""

from __future__ import annotations

from collections.abc import Iterator

from aiexchange.errors import InputError
from aiexchange.findings import Origin
from aiexchange.registers.cards import parsed
from aiexchange.registers.document import Transport
from aiexchange.registers.json import first_names
from aiexchange.registers.nested import Taking
from aiexchange.registers.record import Record


def recognises(head: bytes) -> bool:
    """Tell whether it is a data set that conforms to Croissant."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    marked = b"mlcommons.org/croissant" in head
    return start.startswith(b"{") and marked and "@context" in first_names(head)


def read(data: bytes, file: str | None) -> Iterator[Record]:
    """Yield the one data set that the file describes.

    Raises:
        InputError: no JSON, or no object.
    """
    described = parsed(data, file)
    if not isinstance(described, dict):
        raise InputError(f"{file or 'the input'} describes no data set")
    own = {
        name.replace("rai:", "").replace("http://mlcommons.org/croissant/RAI/", ""): value
        for name, value in described.items()
        if name != "@context"
    }
    taking = Taking(own)
    url = own.get("url") or own.get("@id")
    taking.put("id", url if isinstance(url, str) and " " not in url else "", "url")
    title = str(own.get("name") or "")
    taking.put("data", {"title": title, "url": own.get("url")}, "name and url")
    taking.drop("@type", "url", "@id")
    taking.gather(
        "information",
        Data_set="name",
        Version="version",
        Description="description",
        Collection="dataCollection",
        Personal_data="personalSensitiveInformation",
        Biases="dataBiases",
        Limitations="dataLimitations",
        Uses="dataUseCases",
    )
    taking.take("inLanguage", "inLanguage")
    yield taking.record(Origin(file, row=1))


TRANSPORT = Transport(recognises, read, about_model=lambda _: True)
