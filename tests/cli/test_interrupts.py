"""Tests of Ctrl-C whose exception gets lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from quotes.cli.interrupts import Interrupts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")


@pytest.fixture(autouse=True)
def python_handler() -> Iterator[None]:
    """Handle the signal as Python does where the shell does not have it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def query() -> None:
    """Be broken off as DuckDB is."""
    with suppress(KeyboardInterrupt):
        press()
    raise RuntimeError("Query interrupted")


def test_an_error_that_the_signal_led_to_is_a_keyboard_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt) as raised, Interrupts():
        query()
    assert isinstance(raised.value.__cause__, RuntimeError)


def test_an_interrupt_that_was_swallowed_is_raised_at_the_next_check() -> None:
    with Interrupts() as interrupts:
        interrupts.check()
        with suppress(KeyboardInterrupt):
            press()
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()


def test_other_errors_stay_what_they_are_and_the_handler_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(OSError, match="full"), Interrupts():
        raise OSError("full")
    assert signal.getsignal(signal.SIGINT) is before


def test_one_block_within_another_lets_both_see_the_signal() -> None:
    with Interrupts() as outer:
        with suppress(KeyboardInterrupt), Interrupts():
            press()
        with pytest.raises(KeyboardInterrupt):
            outer.check()


def test_nothing_is_noted_where_the_signal_is_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Interrupts() as interrupts:
        press()
        interrupts.check()
        noted: Any = signal.getsignal(signal.SIGINT)
    assert noted == signal.SIG_IGN
