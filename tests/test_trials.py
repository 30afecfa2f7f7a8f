"""The reports of one trial, from trials.yaml."""

from pathlib import Path

import pytest

from index.errors import UnreadableDocument
from index.readers import Corpus, read_corpus
from index.trials import Report, Trial, trials_from


def test_a_trial_names_its_reports_in_time_order(corpus_folder: Path) -> None:
    first, _ = read_corpus(corpus_folder).trials

    assert first.reports == (
        Report("aldermann-2091-lighthouse-1", "primary", "2-year figures"),
        Report("brandvik-2093-lighthouse-1-followup", "follow-up", "5-year figures"),
    )


def test_all_numbers_of_a_trial_stand_together(corpus_folder: Path) -> None:
    first, _ = read_corpus(corpus_folder).trials

    assert first.numbers == ("NCT90000001", "2090-000001-11", "LH-1")


def test_what_an_entry_leaves_out_is_empty(corpus_folder: Path) -> None:
    _, second = read_corpus(corpus_folder).trials

    assert second == Trial(
        key="lighthouse-2",
        name="Lighthouse-2",
        cohort="",
        status="",
        aliases=(),
        numbers=("NCT90000002",),
        reports=(Report("registry-2094-nct90000002-lighthouse-2", "registry", ""),),
        note=None,
    )


def test_a_report_without_a_document_is_left_out(corpus_folder: Path) -> None:
    first, _ = trials_from(corpus_folder / "trials.yaml", known=["aldermann-2091-lighthouse-1"])

    assert [report.doc_id for report in first.reports] == ["aldermann-2091-lighthouse-1"]


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_a_corpus_may_have_no_trials(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "trials.yaml").write_text(content, encoding="utf-8")

    assert trials_from(tmp_path / "trials.yaml", known=[]) == ()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("- key: [", "not a list of trials"),
        ("- key: 2026-13-45", "not a list of trials"),
        ("7", "not a list of trials"),
        ("- name: Lighthouse-1\n  reports: []", "entry 1 cannot be read: 'key'"),
        ("- key: a\n  name: A", "entry 1 cannot be read: 'reports'"),
        ("- key: a\n  name: A\n  reports:\n  - role: primary", "'document'"),
        ("- a\n- b", "entry 1 cannot be read"),
        ("key: a", "entry 1 cannot be read"),
        ("- &a {key: a, name: A, reports: []}\n- *a", "two entries have the key 'a'"),
    ],
)
def test_a_broken_list_is_one_line_with_the_place(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "trials.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableDocument) as caught:
        trials_from(tmp_path / "trials.yaml", known=[])

    assert str(caught.value).startswith("trials.yaml: ")
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


# What must hold for docs_corpus.


def test_every_trial_that_a_document_names_is_listed(real_corpus: Corpus) -> None:
    keys = {trial.key for trial in real_corpus.trials}

    unknown = [d.doc_id for d in real_corpus.documents if d.study.trial not in {None, *keys}]

    assert unknown == []


def test_every_trial_has_a_report_in_the_corpus(real_corpus: Corpus) -> None:
    assert [trial.key for trial in real_corpus.trials if not trial.reports] == []


def test_no_trial_lists_a_document_twice(real_corpus: Corpus) -> None:
    for trial in real_corpus.trials:
        listed = [report.doc_id for report in trial.reports]

        assert len(listed) == len(set(listed)), trial.key
