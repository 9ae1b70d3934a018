"""SARIF 2.1.0: findings as code hosts and editors show them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aiexchange.findings import Finding, Origin, Severity
from aiexchange.report.explain import general
from aiexchange.report.run import Run, Tally
from aiexchange.report.serial import indented, to_json
from aiexchange.report.words import Words

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_HEAD = f'{{\n "$schema": "{SCHEMA}",\n "version": "2.1.0",\n "runs": [\n  {{\n   "results": ['
_LEVEL = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class SarifForm:
    """One run, whose rules are the codes that were found."""

    between = ",\n"

    def __init__(self, run: Run, words: Words) -> None:
        self._run, self._words = run, words
        self._rules: dict[str, dict[str, Any]] = {}

    def item(self, finding: Finding) -> str:
        """Return a finding as a result; the first of a code makes its rule."""
        rule = self._rules.get(finding.code)
        if rule is None:
            rule = self._rules[finding.code] = self._rule(finding)
        places = [_location(finding, self._words)] if finding.origin or finding.record_id else []
        result = {
            "ruleId": finding.code,
            "ruleIndex": rule["index"],
            "level": _LEVEL[finding.severity],
            "message": {"text": " ".join(filter(None, (finding.message, finding.mend)))},
            "locations": places,
            "partialFingerprints": {"aiexchange/v1": finding.fingerprint},
        }
        if finding.source is not None:
            said = f"{self._words.origin} {self._words.place(finding.source)}"
            result["relatedLocations"] = [
                {"id": 1, "message": {"text": said}, **_physical(finding.source)}
            ]
        return indented(to_json(result, indent=1), "    ")

    def _rule(self, finding: Finding) -> dict[str, Any]:
        said, mend = general(finding.code) or (finding.message, finding.mend)
        rule: dict[str, Any] = {
            "id": finding.code,
            "shortDescription": {"text": said},
            "defaultConfiguration": {"level": _LEVEL[finding.severity]},
        }
        if mend:
            rule["help"] = {"text": mend}
        if finding.basis:
            rule["properties"] = {"basis": finding.basis}
        return {"index": len(self._rules), "rule": rule}

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return the log around the results; rules, inputs and run stand after them."""
        run = self._run
        members = {
            "tool": {
                "driver": {
                    "name": "aiexchange",
                    "version": run.tool_version,
                    "semanticVersion": run.tool_version,
                    "rules": [each["rule"] for each in self._rules.values()],
                }
            },
            "artifacts": [
                {"location": {"uri": _uri(each.file)}, "hashes": {"sha-256": each.sha256}}
                for each in run.inputs
            ],
            "language": self._words.language,
            "properties": {
                "legalVersion": run.legal_version,
                "catalogueVersion": run.catalogue_version,
                "summary": tally.summary(),
                **({"omitted": dict(tally.omitted)} if tally.omitted else {}),
            },
        }
        after = indented(to_json(members, indent=1).removeprefix("{\n").removesuffix("\n}"), "  ")
        return f"{_HEAD}\n", f"\n   ],\n{after}\n  }}\n ]\n}}\n"


def _location(finding: Finding, words: Words) -> dict[str, Any]:
    named = [
        {"fullyQualifiedName": name, "kind": kind}
        for name, kind in ((finding.record_id, "object"), (finding.path, "member"))
        if name
    ]
    if finding.origin is None:
        return {"logicalLocations": named}
    said = {"message": {"text": words.place(finding.origin)}}
    return {**_physical(finding.origin), "logicalLocations": named, **said}


def _physical(origin: Origin) -> dict[str, Any]:
    """Return where a finding stands: a region only where the file has lines."""
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(origin.file or "-")}}
    if origin.line:
        place["region"] = {"startLine": origin.line}
    return {"physicalLocation": place}


def _uri(file: str) -> str:
    path = quote(file.replace("\\", "/"), safe="/", errors="surrogatepass")
    return f"file://{path}" if path.startswith("/") else path
