"""Checked sentences made by hand, and a claim desk that says what a sentence asks it to say."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

from assistant.answer import Check, Verdict
from assistant.claims.records import Checked, CheckedText, Part, Weighed
from assistant.claims.text import Piece, pieces_of
from assistant.web.check_run import Run
from index.errors import NoIndex

from .hand_made import DOCUMENTS, FOLLOWED, RESIDUAL, SURVIVAL, evidence

RIGHT = "At 2 years, disease-free survival was 81.6%."
WRONG = "At 2 years, disease-free survival was 93.3%."
TORN = "All infants had low residual disease, it is proven."
UNKNOWN = "Survivors start school at the usual age."
OPINION = "We are delighted."
TEXT = f"{RIGHT} {WRONG}\n\n{TORN}\n{UNKNOWN} {OPINION}"
SAME = (Part("endpoint", "disease-free survival", "disease-free survival", same=True),)
DIFFERS = (*SAME, Part("value", "93.3%", "81.6%", same=False))
VALUE = Check("value", False, "The quote gives 81.6%, not 93.3%.")
CHECKS = (VALUE, Check("trial", True, "The trial is the same."), Check("wording", False, "diseas"))
OVERSTATED = "The source is a single-arm trial; the claim says “proven”."

FOR = Weighed(evidence("E1", SURVIVAL), 7.25, 0.9, 0.04, 0.06, SAME)
AGAINST = Weighed(evidence("E1", SURVIVAL), 7.25, 0.04, 0.9, 0.06, DIFFERS, CHECKS)
OTHER = Weighed(
    evidence("E2", RESIDUAL), 3.0, 0.2, 0.6, 0.2, (Part("arm", "all", "28 of 30", False),)
)
NEAR = Weighed(evidence("E3", FOLLOWED, DOCUMENTS[1]), -2.0, 0.01, 0.02, 0.97)


def checked(piece: Piece) -> Checked:
    """The sentence with its verdict: its words choose it."""
    blank = Checked(piece.text, piece.start, piece.end, None, f"This is {piece.skip}.")
    if piece.skip:
        return blank
    if "93.3%" in piece.text:
        why = "Smith 2023, bottom line: 81.6%, not 93.3%."
        said = replace(blank, verdict=Verdict.CONTRADICTED, why=why, best_against=AGAINST)
        return replace(said, nearest=AGAINST, read_as=f"{piece.text} (in the infant trial)")
    if "proven" in piece.text:
        said = replace(blank, verdict=Verdict.MIXED, why="One for, one against.", best_for=FOR)
        return replace(said, best_against=OTHER, nearest=FOR, overstated=OVERSTATED)
    if "school" in piece.text:
        return replace(blank, verdict=Verdict.NOT_ENOUGH, why="No sentence says so.", nearest=NEAR)
    said = replace(blank, verdict=Verdict.SUPPORTED, why="Smith 2023 says so.", best_for=FOR)
    return replace(said, nearest=FOR)


def whole(text: str = TEXT) -> CheckedText:
    return CheckedText(text, tuple(checked(piece) for piece in pieces_of(text)))


def run(text: str = TEXT, *, done: int | None = None) -> Run:
    """A check, whole or after ``done`` sentences."""
    end = whole(text)
    if done is None:
        return Run("abc", end, len(end.sentences))
    part = CheckedText(text, end.sentences[:done], complete=False)
    return Run("abc", part, len(end.sentences))


def one(sentence: str) -> Checked:
    return checked(pieces_of(sentence)[0])


class ScriptedDesk:
    """A claim desk; "slow" waits for the gate, "fail" fails as an index does, "break" as none."""

    def __init__(self) -> None:
        self.gate = Event()

    def check(self, text: str) -> CheckedText:
        return whole(text)

    def count(self, text: str) -> int:
        return len(pieces_of(text))

    def stream(self, text: str) -> Iterator[CheckedText]:
        end = whole(text)
        for number, sentence in enumerate(end.sentences, start=1):
            if "slow" in sentence.text:
                self.gate.wait(20)
            if "fail" in sentence.text:
                raise NoIndex("The index is gone. Run `blincite index build`.")
            if "break" in sentence.text:
                raise ValueError(sentence.text)
            complete = number == len(end.sentences)
            yield CheckedText(text, end.sentences[:number], complete=complete)
