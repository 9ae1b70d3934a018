"""GITB TAR: the test assertion report of the Interoperability Test Bed, as its validators give."""

from __future__ import annotations

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.report.markup import element
from aiexchange.report.run import Run, Tally
from aiexchange.report.words import Words

_KIND = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TestStepReport xmlns="http://www.gitb.com/tr/v1/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="TAR"'
    ' name="aiexchange check">\n'
)


class GitbForm:
    """A test step report with an assertion for each finding."""

    between = ""

    def __init__(self, run: Run, words: Words) -> None:
        self._run, self._words = run, words
        self._listed = False

    def item(self, finding: Finding) -> str:
        """Return the assertion of a finding."""
        self._listed = True
        said = " ".join(filter(None, (finding.message, finding.mend)))
        kind = _KIND[finding.severity]
        source = self._words.place(finding.source) if finding.source else ""
        came = f" ({self._words.origin} {source})" if source else ""
        lines = (
            element("assertionID", finding.code, "   "),
            element("description", said or finding.code, "   "),
            element("location", self._place(finding.origin) + came, "   "),
            element("test", finding.path or "", "   "),
            element("type", finding.basis or "", "   "),
            element("value", finding.record_id or "", "   "),
        )
        return f'  <{kind} xsi:type="BAR">\n{"".join(lines)}  </{kind}>\n'

    def _place(self, origin: Origin | None) -> str:
        """Return the place as the Test Bed names it, `file:line:0`, or as people do."""
        if origin is None:
            return ""
        by_line = origin.line is not None and origin.row is None
        return f"{origin.file}:{origin.line}:0" if by_line else self._words.place(origin)

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return the result, the run and the counts; all findings count, listed or not."""
        violations = tally.severities[Severity.VIOLATION]
        warnings = tally.severities[Severity.WARNING]
        result = "FAILURE" if violations else "WARNING" if warnings else "SUCCESS"
        overview = (
            element("profileID", f"Annex VIII {self._run.legal_version}", "  "),
            element("customizationID", f"rules {self._run.catalogue_version}", "  "),
            element("validationServiceName", "aiexchange", "  "),
            element("validationServiceVersion", self._run.tool_version, "  "),
            element("note", self._note(tally), "  "),
        )
        counters = (
            element("nrOfAssertions", str(tally.total), "  "),
            element("nrOfErrors", str(violations), "  "),
            element("nrOfWarnings", str(warnings), "  "),
        )
        before = (
            _HEAD
            + element("date", self._run.time, " ")
            + element("result", result, " ")
            + f" <overview>\n{''.join(overview)} </overview>\n"
            + f" <counters>\n{''.join(counters)} </counters>\n"
            + " <reports>\n" * self._listed
        )
        return before, " </reports>\n" * self._listed + "</TestStepReport>\n"

    def _note(self, tally: Tally) -> str:
        hashes = [f"SHA-256 of {each.file}: {each.sha256}." for each in self._run.inputs]
        left = [f"{code}: {count} more." for code, count in tally.omitted.items()]
        return " ".join([*hashes, *left])
