"""Pairing: what ties a supplied registration to a record, and how sure that is."""

from __future__ import annotations

import pytest

from aiexchange.compare.pairing import Pairing
from aiexchange.compare.supplied import Scope, Supplied
from aiexchange.findings import Origin
from aiexchange.model import AISystem, Identifier, Operator, Registration


def nowhere(registration, origin, path):
    return path


def supplied(registration, file="a.jsonl"):
    return Supplied(registration, Origin(file, line=1), file, nowhere)


def of_supplier(name="Zaaktoets", supplier="Wilgenrode Software B.V.", references=(), **more):
    return Registration(
        record_id=f"supplier:{name}-{supplier}".replace(" ", "-"),
        system=AISystem(trade_name=name, references=references),
        provider=Operator(name=supplier),
        **more,
    )


def record(title="Zaaktoets", supplier="Wilgenrode Software B.V.", body="Gemeente Noorderdijk"):
    return Registration(
        record_id="nl-algoritmeregister:12345674",
        title={"nl": title},
        provider=Operator(name=supplier),
        deployer=Operator(name=body),
    )


def only(base, *others):
    pairs = Pairing(map(supplied, others)).pairs(base)
    assert len(pairs) == 1
    return pairs[0]


@pytest.mark.parametrize(
    "spelling",
    [
        "Wilgenrode Software",
        "WILGENRODE SOFTWARE BV",
        "wilgenrode software b.v.",
        "Wilgenrode, Software",
    ],
)
def test_a_supplier_is_known_whatever_its_spelling_and_legal_form(spelling):
    pair = only(record(supplier=spelling), of_supplier())
    assert pair.is_certain
    assert pair.scope is Scope.PRODUCT


def test_the_name_of_the_supplier_in_that_of_the_product_says_nothing():
    assert only(record(title="Wilgenrode Zaaktoets"), of_supplier()).is_certain


@pytest.mark.parametrize("title", ["Zaaktoetsing", "Zaaktoets voor de Wmo", "De Zaaktoets"])
def test_a_name_that_is_only_alike_is_for_a_person_to_decide(title):
    pair = only(record(title=title), of_supplier())
    assert not pair.is_certain
    assert "the same supplier" in pair.reasons


def test_other_numbers_are_another_product():
    assert Pairing([supplied(of_supplier("Zaaktoets 2"))]).pairs(record("Zaaktoets 3")) == []


def test_another_supplier_of_a_product_of_that_name_is_no_pair():
    others = [supplied(of_supplier(supplier="Stuifduin AI B.V."))]
    assert Pairing(others).pairs(record()) == []


def test_a_shared_reference_is_certain_and_a_shared_version_is_nothing():
    serial = Identifier(scheme="serial", value="WZ-0001")
    version = Identifier(scheme="version", value="2.1")
    base = record("Hulp bij toetsen").model_copy(
        update={"system": AISystem(references=(serial, version))}
    )
    assert only(base, of_supplier("Iets anders", references=(serial,))).is_certain
    assert Pairing([supplied(of_supplier("Iets anders", references=(version,)))]).pairs(base) == []


def test_another_version_of_the_product_is_for_a_person_to_decide():
    base = record().model_copy(
        update={"system": AISystem(references=(Identifier(scheme="version", value="2"),))}
    )
    pair = only(base, of_supplier(references=(Identifier(scheme="version", value="3"),)))
    assert not pair.is_certain
    assert "versions differ: 2, 3" in pair.reasons


def test_a_product_without_a_named_supplier_is_for_a_person_to_decide():
    base = record().model_copy(update={"provider": Operator()})
    assert not only(base, of_supplier()).is_certain


def test_a_record_is_known_by_body_and_name_where_it_has_no_id():
    older = record().model_copy(update={"record_id": "nl-algoritmeregister:~0123456789ab"})
    pair = only(older, record())
    assert (pair.scope, pair.is_certain) == (Scope.RECORD, True)


def test_one_agency_never_speaks_for_the_product_of_another():
    other = record(body="Gemeente Lindenwaard").model_copy(
        update={"record_id": "nl-algoritmeregister:99999999"}
    )
    assert Pairing([supplied(other)]).pairs(record()) == []


def test_a_number_of_a_record_counts_within_its_body_alone():
    number = (Identifier(scheme="source_id", value="7"),)
    base = record().model_copy(update={"identifiers": number})
    same = record("Andere naam").model_copy(update={"record_id": "x:1", "identifiers": number})
    other = record("Andere naam", body="Gemeente Lindenwaard").model_copy(
        update={"record_id": "x:2", "identifiers": number}
    )
    assert only(base, same).is_certain
    assert Pairing([supplied(other)]).pairs(base) == []


def test_a_body_is_known_by_its_number_before_its_name():
    number = Identifier(scheme="org_id", value="gm0001")
    base = record().model_copy(
        update={"deployer": Operator(name="Noorderdijk", identifiers=(number,))}
    )

    def of_body(name, value):
        ids = (Identifier(scheme="org_id", value=value),)
        return Registration(
            record_id="organisation:1", deployer=Operator(name=name, identifiers=ids)
        )

    iri = "https://identifier.overheid.nl/tooi/id/gemeente/gm0001"
    assert only(base, of_body("Gemeente Noorderdijk", iri)).scope is Scope.BODY
    assert Pairing([supplied(of_body("Noorderdijk", "gm0002"))]).pairs(base) == []


def test_a_certain_pair_needs_no_decision_about_its_neighbours():
    pairs = Pairing(map(supplied, [of_supplier(), of_supplier("Zaaktoetsing")])).pairs(record())
    assert [pair.is_certain for pair in pairs] == [True]


def test_a_supplier_that_names_a_record_still_speaks_for_its_product_alone():
    base = record()
    answer = of_supplier("Iets anders").model_copy(update={"record_id": base.record_id})
    pair = only(base, answer)
    assert (pair.scope, pair.is_certain) == (Scope.PRODUCT, True)


def test_the_body_of_a_record_speaks_for_all_of_it():
    base = record()
    assert only(base, base).scope is Scope.RECORD


def test_an_answer_can_name_the_records_of_several_bodies():
    named = (Identifier(scheme="record-id", value=record().record_id),)
    assert only(record(), of_supplier("Iets anders", identifiers=named)).is_certain


def test_a_record_that_says_no_more_than_who_uses_it_does_not_speak_for_the_body():
    base = record()
    other = Registration(record_id="nl-algoritmeregister:99999990", deployer=base.deployer)
    assert Pairing([supplied(other)]).pairs(base) == []
    own = Registration(record_id=base.record_id, deployer=base.deployer)
    assert only(base, own).scope is Scope.RECORD
