"""Run the claim desk over gold claims and articles, and score it.

python -m assistant.evaluation.claims FOLDER [--split held] [--errors]
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from assistant.answer import Verdict
from assistant.claims.records import NOT_CHECKABLE, Checked, CheckedText
from assistant.errors import AssistantProblem

Progress = Callable[[int, int], None]
LABELS = {
    "supported": Verdict.SUPPORTED,
    "contradicted": Verdict.CONTRADICTED,
    "mixed": Verdict.MIXED,
    "not_enough": Verdict.NOT_ENOUGH,
    "not enough info": Verdict.NOT_ENOUGH,
    "not_checkable": None,
}


class BadClaims(AssistantProblem):
    """A file of gold claims that cannot be read."""


class Desk(Protocol):
    def check_one(self, claim: str) -> Checked: ...
    def check(self, text: str) -> CheckedText: ...


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A sentence with the verdict that it should get."""

    row_id: str
    text: str
    verdict: Verdict | None
    """None for what cannot be checked."""
    split: str | None
    article: str | None = None
    cited: str | None = None
    """The document that settles it, or is nearest to it."""


@dataclass(frozen=True, slots=True)
class ScoredClaim:
    """What the desk said of a gold claim; None where it took it for not checkable."""

    expected: GoldClaim
    verdict: Verdict | None
    milliseconds: float

    @property
    def right(self) -> bool:
        return self.verdict is self.expected.verdict


def gold_claims(folder: Path) -> tuple[GoldClaim, ...]:
    """``claims.jsonl`` of a folder; none where there is no such file."""
    return tuple(
        _claim(row["id"], row["claim"], row, None) for row in _rows(folder / "claims.jsonl")
    )


def gold_articles(folder: Path) -> dict[str, tuple[GoldClaim, ...]]:
    """The sentences of each text of ``articles``, by its file name, in order."""
    found: dict[str, list[GoldClaim]] = defaultdict(list)
    for row in _rows(folder / "articles.jsonl"):
        name = row["article"]
        found[name].append(_claim(f"{name}-{row['sentence']}", row["text"], row, name))
    return {name: tuple(rows) for name, rows in found.items()}


def _claim(row_id: str, text: str, row: dict[str, Any], article: str | None) -> GoldClaim:
    if row.get("label") not in LABELS:
        raise BadClaims(f"{row_id}: label {row.get('label')!r}. It can be {', '.join(LABELS)}.")
    cited = next(iter(row.get("cite_any", ())), None)
    return GoldClaim(row_id, text, LABELS[row["label"]], row.get("split"), article, cited)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    try:
        return [json.loads(line) for line in lines]
    except json.JSONDecodeError as error:
        raise BadClaims(f"{path}: not JSON: {error}. Write one object a line.") from error


def score_claims(
    desk: Desk, claims: Sequence[GoldClaim], progress: Progress = lambda *_: None
) -> list[ScoredClaim]:
    """Check each claim by itself."""
    scored = []
    for claim in claims:
        start = perf_counter()
        verdict = desk.check_one(claim.text).verdict
        scored.append(ScoredClaim(claim, verdict, 1000 * (perf_counter() - start)))
        progress(len(scored), len(claims))
    return scored


def score_articles(desk: Desk, folder: Path, split: str | None = None) -> list[ScoredClaim]:
    """Check each text of ``articles`` as a whole; its sentences are met by their words.

    With a ``split``, only the texts of it.
    """
    scored: list[ScoredClaim] = []
    for name, sentences in gold_articles(folder).items():
        if split not in (None, sentences[0].split):
            continue
        text = (folder / "articles" / name).read_text(encoding="utf-8")
        start = perf_counter()
        said = {_even(one.text): one.verdict for one in desk.check(text).sentences}
        share = 1000 * (perf_counter() - start) / len(sentences)
        scored += [ScoredClaim(one, said.get(_even(one.text)), share) for one in sentences]
    return scored


def _even(text: str) -> str:
    return " ".join(text.split())


def measures_of(desk: Desk, folder: Path) -> dict[str, Any]:
    """The measures of the claims and articles of a gold folder; empty where it holds neither."""
    if not any((folder / name).is_file() for name in ("claims.jsonl", "articles.jsonl")):
        return {}
    return summary(score_claims(desk, gold_claims(folder)), score_articles(desk, folder))


def summary(claims: Sequence[ScoredClaim], articles: Sequence[ScoredClaim]) -> dict[str, Any]:
    """The measures, from 0 to 1; None for what the folder does not hold."""
    return {
        "claim_accuracy": share(one.right for one in claims),
        "claim_macro_f1": macro_f1(claims),
        "wrong_claims_supported": share(
            one.verdict is Verdict.SUPPORTED
            for one in claims
            if one.expected.verdict is Verdict.CONTRADICTED
        ),
        "claim_confusion": confusion(claims),
        "article_sentences_right": share(one.right for one in articles),
    }


def confusion(scored: Sequence[ScoredClaim]) -> dict[str, dict[str, int]] | None:
    """For each verdict that claims should get, how many got which."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in scored:
        counted[_name(one.expected.verdict)][_name(one.verdict)] += 1
    return {wanted: dict(sorted(counted[wanted].items())) for wanted in sorted(counted)} or None


def _name(verdict: Verdict | None) -> str:
    return verdict.value if verdict else NOT_CHECKABLE


def share(flags: Iterable[bool]) -> float | None:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else None


def macro_f1(scored: Sequence[ScoredClaim]) -> float | None:
    """The mean F1 over the verdicts that the gold set holds."""
    verdicts = sorted({one.expected.verdict for one in scored if one.expected.verdict})
    scores = [_f1(scored, verdict) for verdict in verdicts]
    return sum(scores) / len(scores) if scores else None


def _f1(scored: Sequence[ScoredClaim], verdict: Verdict) -> float:
    hits = sum(one.right and one.verdict is verdict for one in scored)
    said = sum(one.verdict is verdict for one in scored)
    wanted = sum(one.expected.verdict is verdict for one in scored)
    return 2 * hits / (said + wanted)


def main(arguments: Sequence[str]) -> int:
    """Score a folder; the measures go to stdout as JSON."""
    from assistant.claims.assembly import claim_desk
    from assistant.settings import Settings

    folder = Path(arguments[0])
    split = arguments[arguments.index("--split") + 1] if "--split" in arguments else None
    desk = claim_desk(Settings.from_environment())
    desk.check_one("Blinatumomab is given to infants.")  # models are loaded before the clock starts
    claims = score_claims(desk, [c for c in gold_claims(folder) if split in (None, c.split)])
    articles = score_articles(desk, folder, split)
    times = sorted(one.milliseconds for one in claims)
    measures = {**summary(claims, articles), "p50_ms": times[len(times) // 2] if times else None}
    if "--errors" in arguments:
        wrong = [one for one in (*claims, *articles) if not one.right]
        measures["errors"] = [[w.expected.row_id, w.expected.verdict, w.verdict] for w in wrong]
    sys.stdout.write(json.dumps(measures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
