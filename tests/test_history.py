"""Earlier questions and answer cards: kept, found again, deleted."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from assistant_stand_ins import FIRST, OTHER, answer, evidence
from typer.testing import CliRunner, Result

from assistant.answer import Answer, Check, Filters
from assistant.card_text import as_markdown
from assistant.cards import Card, Fate, Origin, card_of, change, changes
from assistant.errors import BadSetting
from assistant.history import BadHistory, Conversation, History
from assistant.history_cli import card as card_command
from assistant.settings import Settings
from index.documents import Document, Section, Study
from index.settings import IndexSettings

ONE = evidence("Survival was 71.5%.", FIRST, "E1")
TWO = evidence("Fever was seen in 10%.", OTHER, "E2")
ORIGIN = Origin("c0ffee", "2091-02-03", {"embedder": "tiny"})


def at(minute: int) -> datetime:
    return datetime(2091, 3, 4, 5, minute, 7, tzinfo=UTC)


def card(question: str = "What was survival?", minute: int = 6) -> Card:
    return card_of(answer(question, ONE, TWO), ORIGIN, now=lambda: at(minute))


class Shelf:
    """Today's text of each document."""

    def __init__(self, **texts: str) -> None:
        self.texts = {name.replace("_", "-"): text for name, text in texts.items()}

    def document(self, doc_id: str) -> Document:
        text = self.texts[doc_id]
        return Document(_study(doc_id), text, (Section("Results", 9, len(text)),))


def _study(doc_id: str) -> Study:
    return replace(FIRST, doc_id=doc_id)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "kept" / "history.sqlite")


def test_a_card_says_when_it_was_made_of_what() -> None:
    made = card()

    assert made.made == "2091-03-04T05:06:07Z"
    assert made.corpus_sha256 == "c0ffee"
    assert made.models == {"embedder": "tiny"}


def test_a_chat_model_stands_among_the_models_of_its_answer() -> None:
    given = replace(answer("What was survival?", ONE), generated_by="openai:tiny")

    assert card_of(given, ORIGIN).models == {"embedder": "tiny", "chat model": "openai:tiny"}


def test_the_same_answer_to_the_same_question_has_the_same_id() -> None:
    assert card(minute=6).card_id == card(minute=8).card_id


@pytest.mark.parametrize(
    "other",
    [
        card_of(answer("And then?", ONE, TWO), ORIGIN),
        card_of(answer("What was survival?", ONE), ORIGIN),
        card_of(answer("What was survival?", ONE, TWO, query="Survival of whom?"), ORIGIN),
        card_of(answer("What was survival?", ONE, TWO), replace(ORIGIN, corpus_sha256="other")),
        card_of(replace(card().answer, filters=Filters(year_from=2090)), ORIGIN),
    ],
)
def test_another_question_claim_query_corpus_or_filter_is_another_card(other: Card) -> None:
    assert other.card_id != card().card_id


def test_a_card_is_read_back_as_it_was_written() -> None:
    checked = replace(card().answer.claims[0], checks=(Check("quote", True, "It is there."),))
    made = replace(card(), answer=replace(card().answer, claims=(checked,), against=()))

    assert Card.read(made.as_json()) == made


def test_a_card_of_another_version_is_not_guessed_at() -> None:
    assert Card.read('{"card_id": "1", "made": 3}') is None


def test_a_quote_at_its_old_place_is_unchanged() -> None:
    shelf = Shelf(aldermann_2091="Results\n\nSurvival was 71.5%. More followed.")

    assert change(ONE, shelf).fate is Fate.UNCHANGED


def test_a_quote_at_another_place_has_moved_there() -> None:
    shelf = Shelf(aldermann_2091="Results\n\nFirst this. Survival was 71.5%.")

    found = change(ONE, shelf)

    assert (found.fate, found.start) == (Fate.MOVED, 21)


def test_a_quote_that_was_reworded_and_one_of_a_removed_document_are_gone() -> None:
    shelf = Shelf(aldermann_2091="Results\n\nSurvival was 71.6%.")

    fates = [one.fate for one in changes(card().answer, shelf)]

    assert fates == [Fate.GONE, Fate.GONE]


def test_what_became_of_a_quote_against_the_answer_is_looked_for_as_well() -> None:
    shelf = Shelf(aldermann_2091="Results\n\nSurvival was 71.6%.")
    against = replace(answer("What was survival?", ONE), against=(TWO, ONE))

    found = changes(against, shelf)

    assert [one.evidence.key for one in found] == [ONE.key, TWO.key]


def test_a_conversation_survives_a_restart(history: History) -> None:
    history.keep("", "talk", card("What was survival?"))
    history.keep("", "talk", card("And fever?", minute=9))
    history.close()

    again = History(history.path)

    assert [kept.answer.question for kept in again.turns("", "talk")] == [
        "What was survival?",
        "And fever?",
    ]
    assert again.turns("", "talk")[0] == card("What was survival?")


def test_the_list_has_the_first_question_of_each_conversation_the_latest_first(
    history: History,
) -> None:
    history.keep("", "old", card("What was survival?", minute=1))
    history.keep("", "new", card("Fever?", minute=2))
    history.keep("", "old", card("And in adults?", minute=3))

    assert history.conversations("") == (
        Conversation("old", "What was survival?", "2091-03-04T05:03:07Z", 2),
        Conversation("new", "Fever?", "2091-03-04T05:02:07Z", 1),
    )


def test_nobody_sees_the_conversations_of_another_login(history: History) -> None:
    history.keep("ann", "talk", card())

    assert history.conversations("ben") == ()
    assert history.turns("ben", "talk") == ()


def test_a_guessed_conversation_of_another_login_is_neither_read_nor_continued(
    history: History,
) -> None:
    history.keep("ann", "talk", card("What was survival?"))

    history.keep("ben", "talk", card("Fever?"))

    assert [kept.answer.question for kept in history.turns("ann", "talk")] == ["What was survival?"]


def test_nobody_deletes_the_conversations_of_another_login(history: History) -> None:
    history.keep("ann", "talk", card())

    history.forget("ben", "talk")
    history.forget_all("ben")

    assert len(history.turns("ann", "talk")) == 1


def test_a_card_is_found_by_its_id_by_who_asked_and_by_nobody_else(history: History) -> None:
    history.keep("ann", "talk", card())

    assert history.card("ann", card().card_id) == card()
    assert history.card("ben", card().card_id) is None
    assert history.card("", card().card_id) is None
    assert history.card_of_anyone(card().card_id) == card()


def test_nobody_sees_when_another_got_the_same_answer(history: History) -> None:
    history.keep("ann", "talk", card(minute=1))
    history.keep("ben", "other", card(minute=2))

    found = history.card("ben", card().card_id)

    assert found == card(minute=2)
    assert history.turns("ben", "other") == (card(minute=2),)


def test_an_answer_given_twice_is_one_card_with_its_first_time(history: History) -> None:
    history.keep("", "one", card(minute=1))
    history.keep("", "two", card(minute=2))

    kept = history.card("", card().card_id)

    assert kept is not None
    assert kept.made == "2091-03-04T05:01:07Z"


def test_a_deleted_conversation_takes_its_cards_along(history: History) -> None:
    history.keep("", "talk", card())

    history.forget("", "talk")

    assert history.conversations("") == ()
    assert history.card("", card().card_id) is None


def test_a_card_stays_while_another_conversation_shows_it(history: History) -> None:
    history.keep("", "one", card())
    history.keep("", "two", card())

    history.forget("", "one")

    assert history.card("", card().card_id) is not None


def test_all_of_an_owner_can_be_deleted_at_once(history: History) -> None:
    history.keep("", "one", card("What was survival?"))
    history.keep("", "two", card("Fever?"))

    history.forget_all("")

    assert history.conversations("") == ()


def test_what_was_deleted_stands_in_no_file_any_more(history: History) -> None:
    history.keep("", "talk", card("Zebrafish question?"))
    history.forget("", "talk")

    left = b"".join(file.read_bytes() for file in history.path.parent.iterdir())

    assert b"Zebrafish" not in left


def test_only_this_user_may_read_the_file(history: History) -> None:
    history.keep("", "talk", card())

    assert history.path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_before_the_first_answer(history: History) -> None:
    assert not history.path.parent.exists()


def test_a_file_that_is_no_history_is_said_with_the_cure(tmp_path: Path) -> None:
    wrong = tmp_path / "history.sqlite"
    wrong.write_text("not a database, but long enough to be taken for one at first" * 20)

    with pytest.raises(BadHistory, match="BLINCITE_HISTORY_FILE"):
        History(wrong).conversations("")


def test_a_refusal_is_kept_as_well(history: History) -> None:
    refused = Answer("OS?", "OS?", abstained_because="no sentence reports it", nearest=ONE)
    made = card_of(refused, ORIGIN, now=lambda: at(1))

    history.keep("", "talk", made)

    assert history.turns("", "talk") == (made,)


def blincite(settings: Settings, *arguments: str) -> Result:
    """Runs ``blincite card`` with its arguments, as the command line does."""
    app = typer.Typer()
    app.command("card")(card_command)
    return CliRunner().invoke(app, arguments, obj=settings)


@pytest.fixture
def kept(built: IndexSettings, tmp_path: Path) -> Settings:
    """Settings over a small index, with one kept answer."""
    settings = Settings(index=built, history_path=tmp_path / "history.sqlite")
    History(settings.history_path).keep("", "talk", card())
    return settings


def test_the_command_shows_a_kept_answer_and_what_became_of_its_quotes(kept: Settings) -> None:
    shown = blincite(kept, card().card_id).stdout

    assert shown.startswith("# What was survival?\n\n**Survival was 71.5%. [E1]**\n")
    assert "characters 9 to 28. Today: no longer in the corpus." in shown
    assert f"Answer {card().card_id}, given 4 March 2091, 05:06 UTC." in shown
    assert "Corpus of 3 February 2091, sha256 c0ffee." in shown


def test_the_command_prints_the_card_as_json(kept: Settings) -> None:
    fields = json.loads(blincite(kept, card().card_id, "--json").stdout)

    assert fields["answer"]["question"] == "What was survival?"
    assert fields["answer"]["evidence"][0]["start"] == 9
    assert fields["today"][0] == {"key": "E1", "quote": "gone", "start": None}


def test_an_answer_that_is_not_kept_is_an_error_with_the_cure(kept: Settings) -> None:
    with pytest.raises(BadHistory, match="0123: no answer of this id is kept in"):
        raise blincite(kept, "0123").exception or AssertionError


def test_with_the_history_off_the_command_reads_no_file(kept: Settings) -> None:
    off = replace(kept, history=False)

    assert isinstance(blincite(off, card().card_id).exception, BadHistory)


def test_a_refusal_and_a_reply_are_exported_as_they_were_shown() -> None:
    refused = Answer("OS?", "OS?", abstained_because="no sentence reports it", would_answer="More.")
    reply = Answer("hello", "hello", reply="Ask about a trial.")

    assert "No sentence reports it.\n\nWhat would answer it: More." in as_markdown(
        card_of(refused, ORIGIN)
    )
    assert "Ask about a trial." in as_markdown(card_of(reply, ORIGIN))


def test_the_export_has_what_was_completed_withheld_and_found_against() -> None:
    failed = Check("figures", False, "17.5% is not in the quote.")
    (one, two) = card().answer.claims
    given = replace(
        answer("and OS?", ONE, query="OS in Lighthouse-1?"),
        caveats=("The trial had one arm.",),
        withheld=(replace(two, checks=(failed,)),),
        against=(TWO,),
    )

    text = as_markdown(card_of(given, ORIGIN))

    assert "Read as: OS in Lighthouse-1?" in text
    assert "- Keep in mind: The trial had one arm." in text
    assert "- Withheld: 17.5% is not in the quote." in text
    assert "- Evidence against: \u201cFever was seen in 10%.\u201d van der Zee 2092" in text
    assert one.text in text


def test_the_history_is_on_in_its_own_file_unless_said_otherwise() -> None:
    plain = Settings.from_environment({})
    off = Settings.from_environment(
        {"BLINCITE_HISTORY": "off", "BLINCITE_HISTORY_FILE": "elsewhere.sqlite"}
    )

    assert (plain.history, plain.history_path) == (True, Path(".blincite/history.sqlite"))
    assert (off.history, off.history_path) == (False, Path("elsewhere.sqlite"))


def test_another_word_than_on_or_off_is_refused() -> None:
    with pytest.raises(BadSetting, match="BLINCITE_HISTORY is 'maybe'"):
        Settings.from_environment({"BLINCITE_HISTORY": "maybe"})


def test_answers_kept_at_the_same_time_each_have_their_place(history: History) -> None:
    cards = [card(f"Question {number}?") for number in range(20)]
    history.keep("", "talk", card())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: history.keep("", "talk", one), cards))

    assert len(history.turns("", "talk")) == 21
