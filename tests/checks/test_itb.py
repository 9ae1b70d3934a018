"""The pack for the EU Interoperability Test Bed: every file that it names is there, and usable."""

import pytest
import rdflib
import yaml
from lxml import etree

from aiexchange import law
from aiexchange.checks import itb

DOMAINS = itb.domains()
FILES = ("schemaFile", "schematronFile", "shaclFile")


def properties(place):
    lines = (line.partition(" = ") for line in DOMAINS[place].splitlines() if line[0] != "#")
    return {name: value for name, _, value in lines}


def named(kind):
    """The files that the domains name under a property, with the type they serve."""
    return [
        (itb.folder() / place).parent / value
        for place in DOMAINS
        for name, value in properties(place).items()
        if name.split(".")[1] == kind
    ]


@pytest.mark.parametrize("place", DOMAINS)
def test_the_domain_that_is_shipped_is_current(place):
    assert (itb.folder() / place).read_text(encoding="utf-8") == DOMAINS[place]


@pytest.mark.parametrize("kind", FILES)
def test_every_file_that_a_domain_names_exists(kind):
    assert named(kind)
    assert all(file.is_file() for file in named(kind))


@pytest.mark.parametrize("place", DOMAINS)
def test_every_legal_version_is_a_type_with_a_label_and_files(place):
    held = properties(place)
    types = held["validator.type"].split(", ")
    assert {f"act-{version}" for version in law.legal_versions()} <= set(types)
    for name in types:
        assert f"validator.typeLabel.{name}" in held
        assert any(f"validator.{kind}.{name}" in held for kind in FILES)


def test_schemas_schematron_and_shapes_can_be_read():
    for file in named("schemaFile"):
        etree.XMLSchema(etree.parse(file))
    for file in named("schematronFile"):
        assert etree.parse(file).getroot().tag.endswith("}schema")
    for file in named("shaclFile"):
        assert len(rdflib.Graph().parse(file, format="turtle")) > 1000


def test_the_services_find_the_domains():
    services = yaml.safe_load((itb.folder() / "compose.yaml").read_text())["services"]
    for service in services.values():
        settings = service["environment"]
        assert f"{settings['validator.domain']}/config.properties" in DOMAINS
        assert settings["validator.restrictResourcesToDomain"] == "false"
