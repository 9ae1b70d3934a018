"""Schemas: the XSD of our messages, made from the layout and the model.

`python -m aiexchange.formats.eudb.xsd` writes them to `schemas/eudb/1.0/`.
"""

from __future__ import annotations

from pathlib import Path

from aiexchange.formats.eudb.schema_messages import acknowledgement, message
from aiexchange.formats.eudb.schema_records import registration
from aiexchange.formats.eudb.schema_types import codelists, common, xml
from aiexchange.resources import data_folder

FOLDER = "1.0"


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file name."""
    return {
        "xml.xsd": xml(),
        "common.xsd": common(),
        "codelist.xsd": codelists(),
        "registration.xsd": registration(),
        "message.xsd": message(),
        "acknowledgement.xsd": acknowledgement(),
    }


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(data_folder("schemas") / "eudb" / FOLDER)
