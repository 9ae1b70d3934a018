"""What the fields of one record become: dates, links, contacts, codes, ids, own systems."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiexchange.mapping.lars import is_lars
from aiexchange.model.paths import is_derived, value_at
from mapping.records import LENS
from shared import EXPORT, rows

BODY = {"organization": "Gemeente Voorbeeld", "name": "Slim parkeren", "lang": "nld"}


def mapped(**fields):
    return LENS.forward({**BODY, **fields})


def codes(found):
    return [finding.code.partition(".")[2] for finding in found.findings]


def plain(found, path):
    value = value_at(found.registration, path)
    return value.model_dump(exclude_defaults=True) if hasattr(value, "model_dump") else value


@pytest.mark.parametrize(
    ("raw", "date", "told"),
    [
        ("2024-03", "2024-03", []),
        ("2024", "2024", []),
        ("2024-02-29", "2024-02-29", []),
        (" 2024-03\r\n", "2024-03", []),
        ("11-2011", "2011-11", ["date-form"]),
        ("1-2024", "2024-01", ["date-form"]),
        ("01/2024", "2024-01", ["date-form"]),
        ("31-12-2023", "2023-12-31", ["date-form"]),
        ("1.2.2023", "2023-02-01", ["date-form"]),
        ("31-02-2024", None, ["date-unread"]),
        ("2024-02-30", None, ["date-unread"]),
        ("2024-13", None, ["date-unread"]),
        ("44495", None, ["date-unread"]),
        ("sinds kort", None, ["date-unread"]),
        ("0000-01", None, ["date-unread"]),
        ("２０２４-03", None, ["date-unread"]),
        ("", None, []),
    ],
)
def test_a_date_is_read_where_it_can_mean_only_one(raw, date, told):
    found = mapped(begin_date=raw)
    assert (found.registration.use.start, codes(found)) == (date, told)
    assert found.registration.extras == ({} if date or not raw else {"begin_date": raw})


def test_a_spreadsheet_s_day_number_is_named_but_not_believed():
    (finding,) = mapped(begin_date="44495").findings
    assert "2021-10-26" in finding.message


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2024-05-02 12:00:00.123456+00:00", "2024-05-02T12:00:00.123456+00:00"),
        ("2024-05-02T12:00:00+00:00", "2024-05-02T12:00:00+00:00"),
        ("2024-05-02 12:00:00", "2024-05-02T12:00:00"),
        ("2024-05-02", "2024-05-02"),
        ("gisteren", None),
        ("2024-05-02 25:00:00", None),
        ("2023-02-29 12:00:00+00:00", None),
    ],
)
def test_a_moment_has_a_t_and_comes_back_without(raw, moment):
    found = mapped(publication_dt=raw)
    assert found.registration.modified == moment
    assert LENS.backward(found.registration)["publication_dt"] == raw


@pytest.mark.parametrize(
    ("raw", "link", "told"),
    [
        ("https://voorbeeld.example/a,b", {"url": "https://voorbeeld.example/a,b"}, []),
        (" \nhttps://voorbeeld.example \r\n", {"url": "https://voorbeeld.example"}, []),
        ("www.voorbeeld.example", {"url": "www.voorbeeld.example"}, []),
        ("Team Parkeren", {"title": "Team Parkeren"}, ["link-form"]),
        ("voorbeeld.example/x", {"title": "voorbeeld.example/x"}, ["link-form"]),
        ("javascript:alert(1)", {"title": "javascript:alert(1)"}, ["link-form"]),
        ("https://a b", {"title": "https://a b"}, ["link-form"]),
    ],
)
def test_a_link_is_an_address_or_the_title_of_a_page(raw, link, told):
    found = mapped(website=raw)
    assert (plain(found, "use.public_page"), codes(found)) == (link, told)


@pytest.mark.parametrize(
    ("raw", "contact", "told"),
    [
        ("info@voorbeeld.example", {"email": "info@voorbeeld.example"}, []),
        ("https://voorbeeld.example/contact", {"url": "https://voorbeeld.example/contact"}, []),
        ("+31 (0)20 555 12 34", {"phone": "+31 (0)20 555 12 34"}, []),
        ("14 020", {"phone": "14 020"}, []),
        ("140299", {"phone": "140299"}, []),
        ("Loket Wonen", {"name": "Loket Wonen"}, ["contact-form"]),
    ],
)
def test_a_contact_is_what_it_looks_like(raw, contact, told):
    found = mapped(contact_email=raw)
    (only,) = found.registration.deployer.contacts
    assert only.model_dump(exclude_defaults=True) == {**contact, "public": True}
    assert codes(found) == told


@pytest.mark.parametrize("raw", ["nld", "NLD", "Nederlands", "Dutch", "NL"])
def test_a_language_is_read_in_any_spelling_and_comes_back_as_written(raw):
    found = mapped(lang=raw)
    assert found.registration.languages == ("nl",)
    assert found.registration.title == {"nl": "Slim parkeren"}
    assert LENS.backward(found.registration)["lang"] == raw


@pytest.mark.parametrize("raw", ["", "Klingon"])
def test_a_language_that_is_not_known_is_undetermined_and_said(raw):
    found = mapped(lang=raw)
    assert found.registration.title == {"und": "Slim parkeren"}
    assert "language-undetermined" in codes(found)


@pytest.mark.parametrize(
    ("raw", "themes"),
    [
        ("Werk, Verkeer", ("traffic", "work")),
        ("verkeer,WERK", ("traffic", "work")),
        ("Werk, Work", ("work",)),
        ("Zorg en gezondheid", ("health",)),
    ],
)
def test_themes_are_a_set_of_codes(raw, themes):
    found = mapped(category=raw)
    assert found.registration.use.themes == themes
    assert LENS.backward(found.registration)["category"] == raw


def test_an_unknown_theme_stays_in_the_register_s_words():
    found = mapped(category="Ruimtevaart, Werk")
    assert found.registration.use.themes == ("Ruimtevaart", "work")
    assert codes(found) == ["code-unknown"]


def test_an_unknown_status_is_kept_and_counts_as_missing():
    found = mapped(status="Proefdraaien")
    assert found.registration.use.status is None
    assert found.registration.extras == {"status": "Proefdraaien"}
    assert codes(found) == ["code-unknown"]


def test_search_terms_are_a_set_without_their_spacing():
    found = mapped(tags=" fiets,telling ,, fiets")
    assert found.registration.keywords == {"nl": ("fiets", "telling")}


@pytest.mark.parametrize("number", ["007", "0", "gm0363", "189378"])
def test_numbers_keep_their_leading_zeros(number):
    found = mapped(source_id=number, org_id=number)
    assert found.registration.identifiers[0].value == number
    assert found.registration.deployer.identifiers[0].value == number


def test_an_unknown_column_is_kept_as_an_extra():
    assert mapped(beheerteam="Team 1").registration.extras == {"beheerteam": "Team 1"}


def test_a_value_longer_than_a_canonical_one_is_kept_as_an_extra():
    text = "a" * 2_000_000
    found = mapped(goal=text)
    assert found.registration.use.purpose is None
    assert codes(found) == ["value-unread"]
    assert LENS.backward(found.registration)["goal"] == text


@pytest.mark.parametrize(
    ("label", "declared_as", "declared"),
    [
        ("Hoog-risico AI-systeem", "high-risk-ai-system", "high-risk"),
        ("Impactvolle algoritmes", "impactful-algorithm", "not-high-risk"),
    ],
)
def test_the_risk_class_follows_from_the_class_in_the_register(label, declared_as, declared):
    registration = mapped(publication_category=label).registration
    assert registration.classification.declared_as == declared_as
    assert registration.classification.declared == declared
    assert is_derived(registration, "classification.declared")


def test_no_annex_iii_point_is_made_up():
    registration = mapped(
        publication_category="Hoog-risico AI-systeem", category="Migratie en integratie"
    ).registration
    assert registration.classification.annex_iii == ()
    assert registration.system.member_states == ()


DERIVED = {
    "provider.contacts",
    "system.trade_name",
    "system.intended_purpose",
    "system.status",
    "system.more_information",
    "system.first_placed",
}
FULL = {
    "goal": "Plaatsen verdelen",
    "status": "In gebruik",
    "begin_date": "2023-04",
    "website": "https://voorbeeld.example",
    "contact_email": "info@voorbeeld.example",
}


@pytest.mark.parametrize(
    "supplier",
    [
        "Intern ontwikkeld",
        "intern  ontwikkeld",
        "INTERN ONTWIKKELD",
        "Gemeente Voorbeeld",
        "GEMEENTE VOORBEELD",
        "In-house",
        "Zelf ontwikkeld",
        "Intern ontwikkeld.",
        "Inhouse",
        "<p>Intern&nbsp;ontwikkeld</p>",
        "gemeente   voorbeeld",
    ],
)
def test_a_body_that_provides_the_system_itself_speaks_of_the_system_too(supplier):
    registration = mapped(provider=supplier, **FULL).registration
    assert " ".join(registration.provider.name.casefold().split()) == "gemeente voorbeeld"
    assert {path for path in DERIVED if is_derived(registration, path)} == DERIVED
    assert registration.system.trade_name == "Slim parkeren"
    assert registration.system.intended_purpose == {"nl": "Plaatsen verdelen"}
    assert registration.system.status == "IN_SERVICE"
    assert registration.system.first_placed == "2023-04"
    assert registration.system.more_information == "https://voorbeeld.example"
    assert LENS.backward(registration)["provider"] == supplier


@pytest.mark.parametrize("supplier", ["Bedrijf B.V.", "", "Gemeente Voorbeeld B.V.", "Onbekend"])
def test_nothing_about_a_system_of_others_follows_from_its_use(supplier):
    registration = mapped(provider=supplier, **FULL).registration
    assert [path for path in DERIVED if is_derived(registration, path)] == []
    assert registration.system.trade_name is None
    assert registration.system.status is None


@pytest.mark.parametrize(
    "stopgap", ["n.v.t.", "N.v.t", "NVT", "onbekend.", "-", "?", "<p>Geen</p>", "Nader te bepalen"]
)
def test_a_stopgap_names_no_supplier_and_comes_back(stopgap):
    found = mapped(provider=stopgap, **FULL)
    assert found.registration.provider.name is None
    assert [each.path for each in found.findings if each.code.endswith("supplier-unnamed")]
    assert LENS.backward(found.registration)["provider"] == stopgap


def test_the_end_of_the_use_does_not_withdraw_a_bought_product():
    registration = mapped(provider="Bedrijf B.V.", status="Buiten gebruik").registration
    assert registration.system.status is None


def test_a_use_in_development_gives_an_own_system_no_status():
    registration = mapped(provider="Intern ontwikkeld", status="In ontwikkeling").registration
    assert registration.system.status is None


def test_a_body_renamed_on_both_sides_still_provides_its_system_itself():
    registration = mapped(provider="Intern ontwikkeld", **FULL).registration
    renamed = registration.model_copy(
        update={
            side: getattr(registration, side).model_copy(update={"name": "Gemeente Anders"})
            for side in ("provider", "deployer")
        }
    )
    record = LENS.backward(renamed)
    assert (record["organization"], record["provider"]) == ("Gemeente Anders", "Intern ontwikkeld")


def test_an_in_house_system_without_a_body_has_no_provider():
    registration = mapped(provider="Intern ontwikkeld", organization="").registration
    assert registration.provider.name is None
    assert LENS.backward(registration)["provider"] == "Intern ontwikkeld"


def test_an_own_system_s_page_is_the_website_else_the_source_else_the_register_s():
    own = {"provider": "Intern ontwikkeld", "algorithm_id": "12345674"}
    page = mapped(**own).registration.system.more_information
    assert page == "https://algoritmes.overheid.nl/nl/algoritme/12345674"
    source = mapped(**own, url="https://bron.example").registration.system.more_information
    assert source == "https://bron.example"


@pytest.mark.parametrize(
    "code",
    ["12345674", "12345678", "1234567", "123456740", "1234567a", "1234567\n", "12345674\n", ""],
)
def test_the_check_digit_is_the_weighted_sum_itself(code):
    digits = [int(digit) for digit in code if digit.isdigit()]
    right = len(code) == len(digits) == 8 and (
        ((digits[0] + digits[2] + digits[4] + digits[6]) * 3 + digits[1] + digits[3] + digits[5])
        % 10
        == digits[7]
    )
    assert is_lars(code) is right


def test_every_id_of_the_sample_but_one_has_a_right_check_digit():
    ids = [row["algorithm_id"] for row in rows(EXPORT) if row["algorithm_id"]]
    assert [code for code in ids if not is_lars(code)] == ["89261741"]


@given(st.text(st.characters(whitelist_categories=["Nd"]), min_size=8, max_size=8))
def test_digits_of_other_scripts_are_no_check_digits(code):
    assert is_lars(code) is False or code.isascii()


def test_a_wrong_check_digit_is_a_warning_and_not_another_id():
    found = mapped(algorithm_id="12345678")
    assert found.registration.record_id == "nl-algoritmeregister:12345678"
    assert codes(found) == ["lars-check-digit"]


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Gemeente Voorbeeld", "Slim parkeren"),
        ("GEMEENTE VOORBEELD", "slim PARKEREN"),
        ("Gemeente Súdwest-Fryslân", "Straße"),
        ("Gemeente Su\u0301dwest-Frysla\u0302n", "Stra\u00dfe"),
    ],
)
def test_a_record_without_an_id_has_one_that_body_and_name_determine(organisation, name):
    text = unicodedata.normalize("NFC", f"{organisation}\n{name}").casefold()
    hashed = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    registration = mapped(organization=organisation, name=name).registration
    assert registration.record_id == f"nl-algoritmeregister:~{hashed}"
    assert LENS.backward(registration).get("algorithm_id", "") == ""


@pytest.mark.parametrize("own", ["12345674", "0012", "A/B 1", "é"])
def test_an_id_is_kept_exactly_as_given(own):
    assert mapped(algorithm_id=own).registration.record_id == f"nl-algoritmeregister:{own}"


@pytest.mark.parametrize("own", [" 12345674 ", "\n12345674"])
def test_the_spacing_around_an_id_is_no_part_of_it_but_comes_back(own):
    registration = mapped(algorithm_id=own).registration
    assert registration.record_id == "nl-algoritmeregister:12345674"
    assert LENS.backward(registration)["algorithm_id"] == own


def test_a_field_that_a_translation_leaves_open_stays_open_when_the_original_is_edited():
    body = {**BODY, "website": "https://example.org/a"}
    english = {**body, "lang": "eng", "name": "Smart parking", "website": ""}
    found = LENS.forward(body, translations={"en": english}).registration
    page = found.use.public_page.model_copy(update={"url": "https://example.org/b"})
    use = found.use.model_copy(update={"public_page": page})
    edited = found.model_copy(update={"use": use})
    assert LENS.backward(edited)["website"] == "https://example.org/b"
    assert LENS.translations(edited)["en"]["website"] == ""
