"""Records of the Dutch register as hypothesis makes them up: clean, dirty and hostile."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aiexchange.mapping import layout, lens_of

REGISTER = "nl-algoritmeregister"
LENS = lens_of(REGISTER, "1.0")
FIELDS = layout(REGISTER, "1.0").fields

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PIECES = [
    "<p>alinea</p>",
    "<ul><li>een</li><li>twee</li></ul>",
    "score < 5",
    "&amp;",
    "&eacute;",
    "&#1;",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x01",
    "\r\n",
    "\n",
    "\t",
    " ",
    "007",
    "\U0001f600",
    ", ",
    ". 2: ",
    "1: ",
    "https://voorbeeld.example/a,b",
    "www.voorbeeld.example",
    "info@voorbeeld.example",
    "Gemeente Voorbeeld",
    "Intern ontwikkeld",
    "2024-03",
    "03-2024",
    "44495",
    "geen",
    '"',
    ";",
]
PROSE = st.one_of(ANYTHING, st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
KNOWN: dict[str, list[str]] = {
    "status": ["In gebruik", "in gebruik", "In use", "Buiten gebruik", "In ontwikkeling", "Proef"],
    "publication_category": ["Hoog-risico AI-systeem", "Overige algoritmes", "impactvol algoritme"],
    "lang": ["nld", "NLD", "Nederlands", ""],
    "standard_version": ["1.0", "1.0.0", ""],
    "category": ["Werk", "Werk, Verkeer", "Verkeer, Werk", "Onbekend, Werk", " Werk ,Werk"],
    "begin_date": ["2024-03", "03-2024", "2024", "31-02-2024", "44495", "sinds kort"],
    "end_date": ["2025-12", "12/2025", "n.v.t."],
    "algorithm_id": ["12345674", "12345670", "C1234567", "~0123456789ab", " 12345674 ", "a\nb"],
    "publication_dt": ["2024-05-02 12:00:00.123456+00:00", "2024-05-02", "gisteren"],
    "contact_email": ["info@voorbeeld.example", "https://voorbeeld.example/contact", "14 020"],
    "provider": ["Intern ontwikkeld", "intern  ontwikkeld", "Gemeente Voorbeeld", "Bedrijf B.V."],
    "organization": ["Gemeente Voorbeeld", "GEMEENTE VOORBEELD", ""],
    "lawful_basis_grouping": [
        "1: Wet, https://wet.example/1. 2: Besluit",
        "1: https://wet.example/1, Wet",
        "1: Wet, en meer. 2: b, https://wet.example/2. 2: c, https://wet.example/3",
        "Wet zonder nummer",
        "1: ",
    ],
    "impacttoetsen_grouping": ["1: DPIA", "1: DPIA, https://x.example. 2: IAMA", "1: Geen"],
}


def records() -> st.SearchStrategy[dict[str, Any]]:
    """Return records of standard 1.0 with any fields filled, empty or absent, and unknown ones."""
    known = {
        field: st.one_of(st.sampled_from(KNOWN[field]), PROSE, st.just(""))
        if field in KNOWN
        else st.one_of(PROSE, st.just(""))
        for field in FIELDS
    }
    unknown = st.dictionaries(ANYTHING.filter(lambda name: name not in FIELDS), PROSE, max_size=2)
    return st.builds(
        lambda fields, more: {**fields, **more},
        st.fixed_dictionaries({}, optional=known),
        unknown,
    )
