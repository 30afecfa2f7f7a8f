"""Questions on something else: a question that a sentence answers, with one part exchanged."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.question import times_in
from assistant.training.answerability_pairs import NEAR, Fact, Place
from assistant.training.verifier_edits import changed_time
from assistant.training.verifier_pairs import Pair, kept_back
from assistant.training.verifier_swaps import KINDS, Swap, Swaps
from index.keys.trial_names import trial_names_in
from index.terms import mentions_in, plain, terms_in


def swapped_pairs(rows: Sequence[Fact], shown: Mapping[Place, str], seed: int) -> list[Pair]:
    """One pair for each question of a fact, where one fits; documents kept back are passed over.

    What is put in comes from the questions themselves, so that no word gives the near miss away.
    """
    rng = random.Random(seed)
    learned = [row for row in rows if not kept_back(row.doc_id)]
    asked = (question for row in learned for question in (*row.yes, *row.near, *row.nowhere))
    elsewhere = Elsewhere(Swaps.of(asked))
    pairs: list[Pair] = []
    for row in learned:
        sentence = shown.get((row.doc_id, row.sentences[0]))
        if sentence is None:
            continue
        for question in row.yes:
            changed = next(elsewhere.questions(question, sentence, rng), None)
            if changed:
                pairs.append(Pair(changed, sentence, NEAR, "swapped", row.doc_id))
    return pairs


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Makes a question that a sentence answers into one that it does not."""

    words: Swaps
    """The terms and trials to put in."""

    def questions(self, question: str, sentence: str, rng: random.Random) -> Iterator[str]:
        """The question with another term, another time point or another trial, as each fits.

        ``sentence`` has its study before it: what either names is never put in.
        """
        swaps: list[Swap] = [self._term, self._time, self._trial]
        rng.shuffle(swaps)
        found = (swap(question, sentence, rng) for swap in swaps)
        return (changed for changed in found if changed is not None)

    def _term(self, question: str, sentence: str, rng: random.Random) -> str | None:
        even = plain(question)
        known = {term.name for term in terms_in(f"{even} {sentence}")}
        ours = [one for one in mentions_in(even) if one.term.kind in KINDS]
        if not ours:
            return None
        one = rng.choice(ours)
        forms = self.words.forms[one.term.kind]
        other = [form for form in forms if not known & {term.name for term in terms_in(form)}]
        return even[: one.start] + rng.choice(other) + even[one.end :] if other else None

    def _time(self, question: str, sentence: str, rng: random.Random) -> str | None:
        changed = changed_time(plain(question), rng)
        new = times_in(changed) - times_in(question) if changed else frozenset()
        return changed if new and not new & times_in(sentence) else None

    def _trial(self, question: str, sentence: str, rng: random.Random) -> str | None:
        even = plain(question)
        ours = [name for name in trial_names_in(even) if name in even]
        other = [name for name in self.words.trials if name not in f"{even} {sentence}"]
        return even.replace(rng.choice(ours), rng.choice(other)) if ours and other else None
