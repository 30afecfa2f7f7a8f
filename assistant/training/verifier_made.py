"""Claim and quote pairs made by rule, from open abstracts, trial prompts and our own corpus."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.training.verifier_edits import (
    AUXILIARY,
    VERB,
    Edit,
    changed_figure,
    changed_time,
    negated,
    overstated,
    reversed_direction,
    reworded,
    swapped_sides,
)
from assistant.training.verifier_pairs import (
    CONTRADICTED,
    NOT_ENOUGH,
    SUPPORTED,
    Pair,
    kept_back,
    rows_of,
    words_of,
)
from index.passages import sentences_of
from index.readers import read_corpus

FALSE_EDITS: tuple[Edit, ...] = (
    changed_figure,
    changed_figure,
    changed_time,
    reversed_direction,
    reversed_direction,
    swapped_sides,
    negated,
    negated,
)


def made_pairs(data: Path, corpus: Path, seed: int) -> list[Pair]:
    """All pairs made by rule; the same seed makes the same pairs."""
    rng = random.Random(seed)
    abstracts = _open_abstracts(data)
    return [
        *_from_titles(abstracts, rng),
        *_from_sentences(_sentences(abstracts), rng, kind="made-abstract", share=0.1),
        *_from_sentences(_corpus_sentences(corpus), rng, kind="made-corpus", share=0.4),
        *_from_questions(data, rng),
        *_from_claims(data, rng),
    ]


def _open_abstracts(data: Path) -> list[dict[str, Any]]:
    """Abstracts of the SciFact corpus, without those that a held-out claim or query cites."""
    claims = rows_of(data / "scifact" / "claims.jsonl.gz")
    held = {str(row["meta"]["doc_id"]) for row in claims if row["split"] != "train"}
    held |= {line.split("\t")[1] for line in _lines(data / "scifact" / "qrels_dev.tsv")}
    rows = rows_of(data / "scifact" / "corpus.jsonl.gz")
    return [
        row
        for row in rows
        if str(row["doc_id"]) not in held and not kept_back(f"scifact-{row['doc_id']}")
    ]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]


def _from_titles(abstracts: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    """A title that states a finding against its abstract, turned round, and against another."""
    for at, row in enumerate(abstracts):
        title = row["title"].rstrip(".")
        if not (VERB.search(title) or AUXILIARY.search(title)) or re.search(r"[?:]", title):
            continue
        group = f"scifact-{row['doc_id']}"
        quote = _closest(title, row["abstract"], rng)
        yield Pair(f"{title}.", quote, SUPPORTED, "made-title", group)
        if false := _false(title, rng):
            yield Pair(f"{false}.", quote, CONTRADICTED, "made-title", group)
        other = abstracts[(at + 1 + rng.randrange(50)) % len(abstracts)]["abstract"]
        sentences = other if rng.random() < 0.3 else row["abstract"][:2]
        yield Pair(f"{title}.", rng.choice(sentences), NOT_ENOUGH, "made-title", group)


def _closest(title: str, sentences: Sequence[str], rng: random.Random) -> str:
    """The sentence of the later half that shares most words with the title, or it and the last."""
    later = sentences[len(sentences) // 2 :]
    best = max(later, key=lambda sentence: len(words_of(sentence) & words_of(title)))
    return f"{best} {later[-1]}" if rng.random() < 0.3 and best != later[-1] else best


def _false(text: str, rng: random.Random) -> str | None:
    """The text with one edit that makes it false; None where no edit fits."""
    edits = list(FALSE_EDITS)
    rng.shuffle(edits)
    for edit in edits:
        changed = edit(text, rng)
        if changed is not None and changed != text:
            return changed
    return None


Located = tuple[str, str, str]
"""A sentence, the one before it, and the article of both."""


def _sentences(abstracts: Iterable[dict[str, Any]]) -> Iterator[Located]:
    for row in abstracts:
        for before, sentence in zip(row["abstract"], row["abstract"][1:], strict=False):
            yield sentence, before, f"scifact-{row['doc_id']}"


def _corpus_sentences(corpus: Path) -> Iterator[Located]:
    """Sentences of our documents, each with the one before it."""
    for document in read_corpus(corpus).documents:
        before = ""
        for section in document.sections:
            for sentence in sentences_of(document, section):
                text = document.text[sentence.start : sentence.end]
                yield text, before, f"corpus-{document.doc_id}"
                before = text


def _from_sentences(
    sentences: Iterable[Located], rng: random.Random, *, kind: str, share: float
) -> Iterator[Pair]:
    """A sentence reworded, made false, overstated, or held against its neighbour."""
    for sentence, before, group in sentences:
        if not 8 <= len(sentence.split()) <= 50 or rng.random() > share:
            continue
        quote = f"{before} {sentence}" if rng.random() < 0.3 else sentence
        yield Pair(reworded(sentence, rng), quote, SUPPORTED, kind, group)
        if false := _false(sentence, rng):
            yield Pair(reworded(false, rng), quote, CONTRADICTED, kind, group)
        if (more := overstated(sentence, rng)) and rng.random() < 0.5:
            yield Pair(reworded(more, rng), quote, NOT_ENOUGH, kind, group)
        elif before and words_of(before) & words_of(sentence):
            yield Pair(reworded(sentence, rng), before, NOT_ENOUGH, kind, group)


PREDICATE = re.compile(
    r" (?=(?:an?|associated|effective|necessary|useful|safe|related|better|feasible|predictive|"
    r"possible|needed|different|still|important|justified|reliable|beneficial|increased|reduced|"
    r"influenced|affected|correlated|required|superior|more|less|able|worth|valid|accurate)\b)"
)


def stated(question: str) -> str | None:
    """A yes-or-no question as a statement; None where its subject cannot be told."""
    match = re.match(r"(Do|Does|Did|Is|Are|Was|Were|Can|Has|Have) (.+)\?$", question.strip())
    if match is None:
        return None
    auxiliary, rest = match.group(1).lower(), match.group(2)
    if auxiliary in {"do", "does", "did"}:
        return f"{rest[:1].upper()}{rest[1:]}."
    if not (place := PREDICATE.search(rest, 4)):
        return None
    text = f"{rest[: place.start()]} {auxiliary} {rest[place.end() :]}."
    return text[:1].upper() + text[1:]


def _from_questions(data: Path, rng: random.Random) -> Iterator[Pair]:
    """PubMedQA: a question as a claim against the conclusion of its abstract."""
    label_of = {"yes": SUPPORTED, "no": CONTRADICTED, "maybe": NOT_ENOUGH}
    opposite = {SUPPORTED: CONTRADICTED, CONTRADICTED: SUPPORTED}
    for row in rows_of(data / "pubmedqa" / "pqal.jsonl.gz"):
        claim = stated(row["question"]) if row["split"] == "cv" else None
        if claim is None:
            continue
        label = label_of[row["answer"]]
        yield Pair(claim, row["long_answer"], label, "made-question", row["id"])
        if (other := negated(claim, rng)) and label in opposite:
            yield Pair(other, row["long_answer"], opposite[label], "made-question", row["id"])


def _from_claims(data: Path, rng: random.Random) -> Iterator[Pair]:
    """Claims of the training splits, turned round or moved to a sentence beside the gold one."""
    for row in rows_of(data / "scifact" / "claims.jsonl.gz"):
        group = f"scifact-{row['meta']['doc_id']}"
        if row["split"] != "train" or kept_back(group) or row["label"] == "not_enough":
            continue
        sentences, sets = row["evidence"], row["meta"]["rationale_sets"]
        for gold in sets[:2]:
            quote = " ".join(sentences[at] for at in gold)
            label = SUPPORTED if row["label"] == "supported" else CONTRADICTED
            yield Pair(row["claim"], quote, label, "made-claim", group)
            if label == SUPPORTED and (false := _false(row["claim"], rng)):
                yield Pair(false, quote, CONTRADICTED, "made-claim", group)
        others = [at for at in range(len(sentences)) if not any(at in gold for gold in sets)]
        if others:
            yield Pair(row["claim"], sentences[rng.choice(others)], NOT_ENOUGH, "made-claim", group)
