"""Object mappers for XML: xsdata and xmlschema, with what they generate from our schema."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from aiexchange.resources import data_folder
from benchmarks.sides.ours import Work

SCHEMA = data_folder("schemas") / "eudb" / "1.0" / "message.xsd"


def xsdata_write(source: Path, target: Path) -> Work:
    """Write the objects of a message with xsdata."""
    from xsdata.formats.dataclass.serializers import XmlSerializer

    message = _parsed(source)
    serializer = XmlSerializer()

    def work() -> None:
        with target.open("w", encoding="utf-8") as stream:
            serializer.write(stream, message)

    return work


def xsdata_read(source: Path, target: Path) -> Work:
    """Read a message into the objects of xsdata."""
    _classes()
    return lambda: _parsed(source)


def _parsed(source: Path) -> Any:
    from xsdata.formats.dataclass.parsers import XmlParser

    return XmlParser().from_path(source, _classes())


def _classes() -> Any:
    """Return the class of a message; xsdata generates it at the first call."""
    if "generated" not in sys.modules:
        folder = tempfile.mkdtemp(prefix="xsdata-")
        tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            [sys.executable, "-m", "xsdata", "generate", str(SCHEMA), "--package", "generated"],
            cwd=folder,
            env=os.environ | {"PATH": tools},
            check=True,
            capture_output=True,
        )
        sys.path.insert(0, folder)
    return importlib.import_module("generated").RegistrationMessage


def xmlschema_write(source: Path, target: Path) -> Work:
    """Encode the dictionaries of a message with xmlschema."""
    from lxml import etree

    schema = _xmlschema()
    data = schema.decode(str(source))

    def work() -> None:
        root = schema.encode(data, etree_element_class=etree.Element)
        etree.ElementTree(root).write(str(target), encoding="utf-8")

    return work


def xmlschema_read(source: Path, target: Path) -> Work:
    """Decode a message into dictionaries with xmlschema."""
    schema = _xmlschema()
    return lambda: schema.to_dict(str(source))


def xmlschema_validate(source: Path, target: Path) -> Work:
    """Hold a message against the XSD with xmlschema."""
    schema = _xmlschema()
    return lambda: list(schema.iter_errors(str(source)))


def _xmlschema() -> Any:
    import xmlschema

    return xmlschema.XMLSchema(str(SCHEMA))
