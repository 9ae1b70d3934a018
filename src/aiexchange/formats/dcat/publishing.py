"""Publishing: the files under `schemas/dcat/` that are made from the model.

`python -m aiexchange.formats.dcat.publishing` writes them.
"""

from __future__ import annotations

from collections.abc import Callable

from aiexchange.formats.dcat.context import context
from aiexchange.formats.dcat.shapes import shapes
from aiexchange.formats.dcat.vocabulary import vocabulary
from aiexchange.resources import data_folder

FILES: dict[str, Callable[[], str]] = {
    "aix-vocabulary.ttl": vocabulary,
    "context.jsonld": context,
    "shapes.ttl": shapes,
}
"""What is made, by the name of its file."""


def write() -> None:
    """Write the files anew."""
    for name, text in FILES.items():
        (data_folder("schemas") / "dcat" / name).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
