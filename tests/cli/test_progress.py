"""Progress and failures, on standard error."""

from __future__ import annotations

import time

import pytest

from quotes.cli import progress
from quotes.cli.progress import Progress, notify, report_failure
from quotes.records import Failure


def test_with_a_total_the_line_says_the_time_left() -> None:
    line = Progress(500).line(118, 2, 60.0)
    assert line == "120 of 500 articles, 2 failed, 2.0 a second, 3 min left"


def test_without_a_total_it_says_what_is_done() -> None:
    assert Progress().line(1, 0, 2.0) == "1 article, 0 failed, 2 s an article"


@pytest.mark.parametrize(
    ("seconds", "left"), [(1.0, "9 s left"), (60.0, "9 min left"), (3600.0, "9.0 h left")]
)
def test_the_time_left_is_in_the_fitting_unit(seconds: float, left: str) -> None:
    assert Progress(10).line(1, 0, seconds).endswith(left)


def test_documents_that_were_skipped_took_no_time() -> None:
    line = Progress(100).line(60, 0, 10.0, skipped=50)
    assert line == "60 of 100 articles, 0 failed, 1.0 a second, 40 s left"
    assert "left" not in Progress(100).line(50, 0, 10.0, skipped=50)


def test_a_slow_machine_says_how_long_an_article_takes() -> None:
    assert Progress(10).line(2, 0, 14.0) == "2 of 10 articles, 0 failed, 7 s an article, 56 s left"


def test_a_log_gets_a_line_once_it_takes_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Progress(100) as shown:
        shown.show(50, 0)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(progress, "LOG_INTERVAL", -1.0)
        shown.show(1, 0)
    assert capsys.readouterr().err.startswith("quotes: 1 of 100 articles, 0 failed, ")


def test_a_log_says_what_is_going_on_before_anything_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "FIRST_LINE", 0.0)
    with Progress(100) as shown:
        shown._timer.join(60)
        assert capsys.readouterr().err == "quotes: loading the model ...\n"
        shown.show(1, 0)
    monkeypatch.setattr(progress, "FIRST_LINE", 3600.0)
    with Progress(100) as shown:
        shown.show(1, 0)
    shown._timer.join(60)  # it has been called off
    assert capsys.readouterr().err == ""


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


def test_without_a_model_nothing_is_said_of_loading_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "FIRST_LINE", 0.0)
    with Progress(loading=False):
        time.sleep(0.05)
    assert capsys.readouterr().err == ""
