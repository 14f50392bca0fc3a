"""Progress and failures, on standard error."""

from __future__ import annotations

import pytest

from quotes.cli import progress
from quotes.cli.progress import Progress, notify, report_failure
from quotes.records import Failure


def test_with_a_total_the_line_says_the_time_left() -> None:
    line = Progress(500).line(118, 2, 60.0)
    assert line == "120 of 500 documents, 2 failed, 2.0 per second, 3 min left"


def test_without_a_total_it_says_what_is_done() -> None:
    assert Progress().line(1, 0, 2.0) == "1 document, 0 failed, 0.5 per second"


@pytest.mark.parametrize(
    ("seconds", "left"), [(1.0, "9 s left"), (60.0, "9 min left"), (3600.0, "9.0 h left")]
)
def test_the_time_left_is_in_the_fitting_unit(seconds: float, left: str) -> None:
    assert Progress(10).line(1, 0, seconds).endswith(left)


def test_documents_that_were_skipped_took_no_time() -> None:
    line = Progress(100).line(60, 0, 10.0, skipped=50)
    assert line == "60 of 100 documents, 0 failed, 1.0 per second, 40 s left"
    assert "left" not in Progress(100).line(50, 0, 10.0, skipped=50)


def test_a_log_gets_a_line_once_it_takes_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Progress(100) as shown:
        shown.show(50, 0)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(progress, "LOG_INTERVAL", -1.0)
        shown.show(progress.MIN_LOGGED_DOCUMENTS, 0)
        assert capsys.readouterr().err == ""
        shown.show(50, 1)
    assert capsys.readouterr().err.startswith("quotes: 51 of 100 documents, 1 failed, ")


def test_messages_and_failures_are_printed_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notify("migrated \x1b[31mred")
    report_failure(Failure("a", "read", "a.txt: is empty", detail="line 1\x07"))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "\x1b" not in printed.err
    assert "\x07" not in printed.err
    assert "quotes: a.txt: is empty [line 1" in printed.err
