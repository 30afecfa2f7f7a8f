"""The claim desk, scored on gold claims and articles."""

import json
from pathlib import Path

import pytest
from claim_stand_ins import checked

from assistant.answer import Verdict
from assistant.claims.records import Checked, CheckedText
from assistant.evaluation.claims import (
    BadClaims,
    GoldClaim,
    ScoredClaim,
    gold_articles,
    gold_claims,
    macro_f1,
    measures_of,
    score_articles,
    score_claims,
    summary,
)

OWN = Path(__file__).parent / "gold"


class Believes:
    """A desk that supports every sentence with a figure, and knows nothing of the others."""

    def check_one(self, claim: str) -> Checked:
        known = any(map(str.isdigit, claim))
        return checked(claim, Verdict.SUPPORTED if known else Verdict.NOT_ENOUGH)

    def check(self, text: str) -> CheckedText:
        return CheckedText(text, tuple(map(self.check_one, text.splitlines())))


def folder_with(folder: Path, split: str | None = None) -> Path:
    """Three claims, of which the second is false, and an article of two sentences."""
    claims = [("a", "OS was 9%.", "supported"), ("b", "OS was 8%.", "contradicted")]
    claims.append(("c", "Babies smile.", "not_enough"))
    rows = [{"id": i, "claim": text, "label": label} for i, text, label in claims]
    sentences = [("OS was 9%.", "supported"), ("OS was 7%.", "contradicted")]
    texts = [
        {"article": "news.md", "sentence": n, "text": text, "label": label, "split": split}
        for n, (text, label) in enumerate(sentences, start=1)
    ]
    (folder / "articles").mkdir()
    (folder / "articles" / "news.md").write_text("Title\nOS was  9%.\nOS was 7%.\n", "utf-8")
    (folder / "claims.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, texts)), "utf-8")
    return folder


def test_claims_and_articles_are_scored(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)

    claims = score_claims(Believes(), gold_claims(folder))
    articles = score_articles(Believes(), folder)

    measures = summary(claims, articles)
    assert measures["claim_accuracy"] == pytest.approx(2 / 3)
    assert measures["claim_macro_f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert measures["article_sentences_right"] == 0.5
    assert measures["wrong_claims_supported"] == 1.0
    assert measures["claim_confusion"] == {
        "contradicted": {"supported": 1},
        "not enough info": {"not enough info": 1},
        "supported": {"supported": 1},
    }


def test_articles_of_another_split_are_left_out(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, split="held")

    assert score_articles(Believes(), folder, "dev") == []
    assert len(score_articles(Believes(), folder, "held")) == 2


def test_a_folder_without_claims_measures_nothing(tmp_path: Path) -> None:
    measures = summary(
        score_claims(Believes(), gold_claims(tmp_path)), score_articles(Believes(), tmp_path)
    )

    assert set(measures.values()) == {None}


def test_what_is_taken_for_not_checkable_is_wrong() -> None:
    gold = GoldClaim("a", "We hope.", Verdict.NOT_ENOUGH, split=None)

    assert macro_f1([ScoredClaim(gold, None, 0.0)]) == 0.0


def test_an_unknown_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"id": "a", "claim": "x", "label": "perhaps"}', "utf-8")

    with pytest.raises(BadClaims, match="a: label 'perhaps'"):
        gold_claims(tmp_path)


def test_progress_counts_the_claims(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    score_claims(
        Believes(),
        gold_claims(folder_with(tmp_path)),
        lambda done, total: heard.append((done, total)),
    )

    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_our_own_claims_hold_all_verdicts_in_both_splits() -> None:
    claims = gold_claims(OWN)

    assert len(claims) >= 200
    assert len({claim.text for claim in claims}) == len(claims)
    for split in ("dev", "held"):
        assert {c.verdict for c in claims if c.split == split} == set(Verdict)


def test_the_texts_of_our_own_articles_hold_their_sentences() -> None:
    articles = gold_articles(OWN)

    assert len(articles) >= 4
    for name, sentences in articles.items():
        text = (OWN / "articles" / name).read_text(encoding="utf-8")
        assert [one.text for one in sentences if one.text not in text] == []
    assert None in {one.verdict for rows in articles.values() for one in rows}


def test_the_documents_of_our_own_claims_are_in_the_corpus() -> None:
    rows = [json.loads(line) for line in (OWN / "claims.jsonl").read_text("utf-8").splitlines()]
    corpus = OWN.parents[1] / "docs_corpus"

    missing = [
        r["id"] for r in rows for one in r["cite_any"] if not (corpus / f"{one}.md").is_file()
    ]

    assert missing == []


def test_a_folder_without_claims_has_no_measures(tmp_path: Path) -> None:
    assert measures_of(Never(), tmp_path) == {}


class Never:
    """A desk that must not be asked."""

    def check_one(self, claim: str) -> Checked:
        raise AssertionError(claim)

    def check(self, text: str) -> CheckedText:
        raise AssertionError(text)
