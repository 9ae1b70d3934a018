"""JUnit XML: a test case for each finding, which fails as the run does."""

from __future__ import annotations

from aiexchange.findings import Finding
from aiexchange.report.markup import attributes, content
from aiexchange.report.run import Run, Tally
from aiexchange.report.words import Words


class JunitForm:
    """One suite; a finding below `--fail-on` passes, and is told in the output of its case.

    Without any finding the suite has one case that passes, as an empty one counts as broken.
    """

    between = ""

    def __init__(self, run: Run, words: Words) -> None:
        self._run, self._words = run, words
        self._cases = self._failures = 0

    def item(self, finding: Finding) -> str:
        """Return the case of a finding."""
        self._cases += 1
        place = self._words.place(finding.origin) if finding.origin else None
        named = [finding.record_id, finding.path, place]
        name = " ".join(each for each in named if each) or finding.code
        inner = f"<system-out>{content(self._text(finding))}</system-out>"
        if self._run.fails(finding):
            self._failures += 1
            said = attributes(type=finding.severity.value, message=finding.message)
            inner = f"<failure{said}>{content(self._text(finding))}</failure>"
        return f"  <testcase{attributes(classname=finding.code, name=name)}>{inner}</testcase>\n"

    def _text(self, finding: Finding) -> str:
        places = [self._words.place(each) for each in (finding.origin, finding.source) if each]
        lines = (finding.message, finding.mend, finding.basis, *places)
        return "\n".join(line for line in lines if line)

    def frame(self, tally: Tally) -> tuple[str, str]:
        """Return the suite, with what is said of the run as its properties."""
        case = "" if self._cases else '  <testcase classname="aiexchange" name="no findings"/>\n'
        cases = max(1, self._cases)
        counts = attributes(tests=cases, failures=self._failures, errors=0)
        name = attributes(name=f"aiexchange check {self._run.inputs[0].file}")
        before = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<testsuites{counts}>\n <testsuite{name}{counts} skipped="0">\n'
            f"  <properties>\n{''.join(self._properties(tally))}  </properties>\n"
        )
        return before, f"{case} </testsuite>\n</testsuites>\n"

    def _properties(self, tally: Tally) -> list[str]:
        inputs = {f"input.{n}": each.file for n, each in enumerate(self._run.inputs, 1)}
        hashes = {f"input.{n}.sha256": each.sha256 for n, each in enumerate(self._run.inputs, 1)}
        members = {
            **{name: each for name, each in self._run.as_row().items() if name != "input_sha256"},
            **inputs,
            **hashes,
            **{f"findings.{name}": count for name, count in tally.summary().items()},
            **{f"omitted.{code}": count for code, count in tally.omitted.items()},
        }
        return [
            f"   <property{attributes(name=name, value=value)}/>\n"
            for name, value in members.items()
        ]
