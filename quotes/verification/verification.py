"""The result of verification: findings, the drafts they are of, what was searched.

In: records. Out: `Verification`, which turns itself into a frame, JSON or a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.verification.findings import (
    LABELS,
    VERDICTS,
    Draft,
    Finding,
    SourceCount,
    Verdict,
    severity,
)

if TYPE_CHECKING:
    import pandas

NO_QUOTATIONS = "no quotations found in the draft: nothing to check"


@dataclass(frozen=True)
class Verification:
    """What checking one or several drafts comes to.

    Attributes:
        drafts: The drafts.
        findings: A finding for each claim, in the order of the drafts.
        sources: What was searched, and what could not be read.
        strict: True if fillers and false starts counted as words.
    """

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    sources: SourceCount
    strict: bool = False

    @cached_property
    def worst_first(self) -> tuple[Finding, ...]:
        """The findings, the worst verdict first; behind them those that a person accepted."""
        return tuple(
            sorted(self.findings, key=lambda f: (f.accepted is not None, -severity(f.verdict)))
        )

    @property
    def worst(self) -> Verdict | None:
        """The worst verdict of the findings that nobody accepted; None without any."""
        return next((f.verdict for f in self.worst_first if f.accepted is None), None)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """The number of findings of each verdict, the worst first, those that there are."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in reversed(VERDICTS) if found[verdict]}

    @property
    def accepted(self) -> Mapping[Verdict, int]:
        """The number of findings of each verdict that a person accepted, those that there are."""
        return Counter(finding.verdict for finding in self.findings if finding.accepted)

    def fails(self, fail_on: Verdict = "altered") -> bool:
        """Tell whether a finding that nobody accepted is as bad as `fail_on`, or worse."""
        return self.worst is not None and severity(self.worst) >= severity(fail_on)

    def to_frame(self) -> pandas.DataFrame:
        """Return a frame with a row a finding, with the columns of docs/verify.md."""
        from quotes.output.verification_rows import to_frame

        return to_frame(self)

    def to_json(self) -> str:
        """Return the JSON lines that `quotes verify --format jsonl` prints, an object a finding."""
        from quotes.output.verification_rows import to_json_lines

        return to_json_lines(self)

    def to_html(self) -> str:
        """Return the report as a page that needs nothing else."""
        from quotes.output.verification_page import page

        return page(self)

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {LABELS[v]}" for v, number in self.counts.items())
        return f"<{len(self.findings)} quotations checked: {counts or 'none'}>"
