"""Findings that the tests of reports start from, and reports of them."""

from __future__ import annotations

import io

from hypothesis import strategies as st

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.report import Input, Reports, Run, report, words

RUN = Run(
    (Input("registrations.xml", "ab" * 32),),
    "2026-07-27",
    "2026-07-27+0a1b2c3d",
    time="2026-11-25T12:00:00+00:00",
)
ANY_TEXT = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "\x1b[2J", "a" * 5000, "\ud800", "\x9b", "]]>", "<b>&", "|", "\x00", "\ufffe"]
)
ORIGINS = st.none() | st.builds(
    Origin,
    file=st.none() | ANY_TEXT,
    row=st.none() | st.integers(1),
    line=st.none() | st.integers(1),
    column=st.none() | st.just("AB"),
)
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["loss.no-term", "xsd.type", "annex-viii.C-3.missing"]),
    severity=st.sampled_from(Severity),
    message=ANY_TEXT,
    record_id=st.none() | ANY_TEXT,
    path=st.none() | ANY_TEXT,
    origin=ORIGINS,
    basis=st.none() | ANY_TEXT,
    mend=st.none() | ANY_TEXT,
    source=ORIGINS,
)


def finding(number=1, **members):
    given_ = {
        "code": "annex-viii.C-3.missing",
        "severity": Severity.VIOLATION,
        "message": "The deployer's entry must link to the provider's entry in the EU database.",
        "record_id": f"nl-algoritmeregister:{number}",
        "origin": Origin("export.csv", row=number + 1),
        "basis": "Annex VIII, Section C, point 3; Art. 26(8)",
        "mend": "Ask the provider for the address of its entry.",
    }
    return Finding(**given_ | members)


def many(codes, count=2000):
    return [
        finding(number, code=f"code-{number % codes}", severity=list(Severity)[number % 3])
        for number in range(count)
    ]


def reported(form, findings, *, run=RUN, lang="en", most=None, records=0, **options):
    """Return a report as text."""
    filled = report(form, run, words(lang), examples=most, **options)
    stream = io.StringIO()
    with Reports([filled], most=most) as gathered:
        for each in findings:
            gathered.add(each)
        gathered.tally.records = records
        filled.write(stream, gathered.tally)
    text = stream.getvalue()
    text.encode("utf-8")
    return text
