"""A check as it grows, and where it is kept."""

import logging
from dataclasses import replace

import pytest

from assistant.claims.text import BadText
from assistant.web.check_run import Checks, check, in_steps, stop

from .hand_checked import RIGHT, TEXT, WRONG, ScriptedDesk, run


def test_a_check_is_first_empty_then_grows_by_a_sentence() -> None:
    runs = list(check(ScriptedDesk(), TEXT))

    assert [len(one.checked.sentences) for one in runs] == [0, 1, 2, 3, 4, 5]
    assert [one.left for one in runs] == [5, 4, 3, 2, 1, 0]
    assert [one.busy for one in runs] == [True, True, True, True, True, False]


def test_every_check_has_an_id_of_its_own() -> None:
    first, second = (next(check(ScriptedDesk(), RIGHT)).check_id for _ in range(2))

    assert len(first) >= 20
    assert first != second


def test_a_text_that_cannot_be_checked_is_refused_before_anything_is_shown() -> None:
    with pytest.raises(BadText, match="no text to check"):
        next(check(ScriptedDesk(), " \n"))


def test_a_failure_keeps_what_was_checked_and_says_cause_and_cure() -> None:
    *_, last = check(ScriptedDesk(), f"{RIGHT} This will fail by design.")

    assert len(last.checked.sentences) == 1
    assert last.problem is not None
    assert last.problem.cause == "The index is gone. Run `blincite index build`."
    assert last.problem.cure == "Your text is kept."
    assert not last.busy


def test_an_unforeseen_failure_logs_where_but_not_what(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        *_, last = check(ScriptedDesk(), "Patient Miller will break by design.")

    assert last.problem is not None
    assert "ValueError" in last.problem.cause
    assert "A check failed with ValueError" in caplog.text
    assert "Miller" not in caplog.text


def test_a_stopped_check_stands_where_it_was() -> None:
    growing = run(done=2)

    stopped = stop(growing)

    assert (stopped.busy, stopped.left) == (False, 3)
    assert stop(run()) == run()


def test_a_short_text_is_drawn_at_every_sentence_a_long_one_in_steps() -> None:
    long = " ".join([RIGHT] * 300)

    short_steps = list(in_steps(check(ScriptedDesk(), TEXT)))
    long_steps = list(in_steps(check(ScriptedDesk(), long)))

    assert len(short_steps) == 6
    assert len(long_steps) < 100
    assert not long_steps[-1].busy
    assert len(long_steps[-1].checked.sentences) == 300


def test_checks_are_kept_by_id_the_oldest_dropped() -> None:
    checks = Checks(most=2)
    for name in ("one", "two", "three"):
        checks.keep("", replace(run(WRONG), check_id=name))

    assert checks.find("", "one") is None
    assert checks.find("", "three") == replace(run(WRONG), check_id="three")


def test_a_check_that_grows_is_kept_once() -> None:
    checks = Checks(most=2)
    for kept in (replace(run(), check_id="old"), run(done=1), run(done=2), run()):
        checks.keep("", kept)

    assert checks.find("", "old") is not None
    assert checks.find("", "abc") == run()
