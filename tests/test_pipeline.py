"""Question to answer, first over invented passages, then over the real corpus."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from assistant_stand_ins import COHORTS, FIRST, LATER, OTHER, PLANNED, READER, candidate, fit

from assistant.answer import Answer, Filters, Verdict
from assistant.assembly import Assembled
from assistant.composer import MORE, SENTENCES, WORDS
from assistant.errors import BadQuestion
from assistant.fit import Fit
from assistant.intent import Intent
from assistant.pipeline import READ, Assistant
from assistant.question import Reading
from assistant.render import as_text
from assistant.rerank import ScoredSentence, sentences_in
from assistant.retrieval import Candidate
from assistant.silence import Silence
from assistant.sufficiency import Gap
from index.passages import sentences_of

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
OS = "At 2 years, overall survival was 90.3% with quibrimab and 85.1% with placebolin."
LATE_EFS = "At 5 years, event-free survival was 68.0% with quibrimab and 44.4% with placebolin."
FEVER = "Fever was seen in 10% of the infants who received quibrimab."
FOUND = (
    candidate(f"{EFS} {OS}", FIRST, score=0.9),
    candidate(FEVER, FIRST, "Safety", score=0.5),
    candidate(LATE_EFS, LATER, score=0.7),
    candidate("In D-HARB, event-free survival was 33.3%.", OTHER, score=0.4),
)


class Shelf:
    """A retriever that returns all it has, and notes what it was asked."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = candidates
        self.asked: list[tuple[str, Filters | None, frozenset[str] | None]] = []

    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]:
        self.asked.append((query, filters, within))
        return [one for one in self.candidates if within is None or one.study.doc_id in within][:k]


class Alike:
    """A reranker for which all sentences are equally relevant."""

    def __init__(self, relevance: float = 5.0) -> None:
        self.relevance = relevance

    def rerank(self, question: str, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
        return [replace(one, relevance=self.relevance) for one in sentences]


class Always:
    """A reader for which every text has one intent."""

    def __init__(self, intent: Intent) -> None:
        self.intent = intent

    def read(self, reading: Reading) -> Intent:
        return self.intent

    def read_follow_up(self, reading: Reading) -> Intent:
        return self.intent


def assistant(
    *candidates: Candidate, intent: Intent = Intent.QUESTION, relevance: float = 5.0
) -> Assistant:
    shelf = Shelf(*(candidates or FOUND))
    return Assistant(READER, Always(intent), shelf, Alike(relevance), COHORTS)


def asked_of(one: Assistant) -> list[tuple[str, Filters | None, frozenset[str] | None]]:
    assert isinstance(one.retriever, Shelf)
    return one.retriever.asked


# Over invented passages.


def test_the_bottom_line_answers_the_question() -> None:
    answer = assistant().ask("What was EFS at 2 years?")

    assert answer.claims[0].text == EFS
    assert answer.claims[0].verdict is Verdict.SUPPORTED
    assert not answer.abstained


def test_a_dose_for_another_weight_is_no_answer() -> None:
    heavy = "In patients of 45 kg or more the dose of quibrimab is 9 mcg."
    light = "In patients below 45 kg the dose of quibrimab is 5 mcg."
    both = assistant(candidate(f"{heavy} {light}"))

    answer = both.ask("What is the dose of quibrimab for a child of 12 kg?")

    assert [claim.text for claim in (*answer.claims, *answer.more)] == [light]


class Refuses:
    """A gate that finds no answer to questions with one of these words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def find_gap(self, reading: Reading, fits: Sequence[Fit]) -> Gap | None:
        said = any(word in reading.text for word in self.words)
        gap = Gap("the nearest sentences do not state it", "A report of it.", of_reports=True)
        return gap if said else None


def gated(*words: str) -> Assistant:
    one = assistant()
    one.gate = Refuses(*words)
    return one


class Answering:
    """An answerability model that holds but one sentence for an answer, and notes what it read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read_of: list[tuple[str, int]] = []

    def read(
        self, question: str, sentences: Sequence[ScoredSentence], count: int
    ) -> list[ScoredSentence]:
        self.read_of.append((question, count))
        return [replace(one, answers=9.0 if one.text == self.text else -9.0) for one in sentences]


def test_the_sentence_that_is_held_for_an_answer_is_the_bottom_line() -> None:
    one = replace(assistant(), answering=Answering(OS))

    assert one.ask("What is known?").claims[0].text == OS


def test_half_of_what_the_cross_encoder_reads_is_asked_for_an_answer_as_it_was_typed() -> None:
    answering = Answering(EFS)

    replace(assistant(), answering=answering).ask("EFS at 2 yrs?")

    assert answering.read_of == [("EFS at 2 yrs?", READ // 2)]


class Missing:
    """Documents that all say the same is missing."""

    def __init__(self, text: str) -> None:
        self.told = sentences_in([candidate(text, FIRST, "Limitations")])
        self.asked: list[str] = []

    def sentences(self, doc_ids: Iterable[str]) -> list[ScoredSentence]:
        self.asked += doc_ids
        return self.told


BY_SEX = "Event-free survival by sex was not reported."


def test_what_a_document_says_is_missing_is_refused_with_its_own_words() -> None:
    missing, answering = Missing(BY_SEX), Answering(BY_SEX)
    one = replace(gated("girls"), answering=answering, silence=Silence(missing, answering))

    answer = one.ask("EFS of girls at 2 years?")

    assert answer.abstained_because == "the corpus says that this is not reported"
    assert answer.nearest is not None
    assert answer.nearest.quote == BY_SEX
    assert FIRST.doc_id in missing.asked


def test_a_document_is_not_quoted_on_what_is_missing_where_a_sentence_seems_to_answer() -> None:
    answering = Answering(EFS)
    one = replace(gated("girls"), answering=answering, silence=Silence(Missing(BY_SEX), answering))

    assert one.ask("EFS of girls?").abstained_because == "the nearest sentences do not state it"


def test_a_document_that_search_left_out_is_not_quoted_though_it_is_named() -> None:
    missing = Missing(BY_SEX)
    silence = Silence(missing, Answering(BY_SEX))
    gap = Gap("the nearest sentences do not state it", "A report of it.", of_reports=True)

    silence.as_told(gap, READER.read("EFS of girls in D-HARB?"), [fit(EFS, 1.0, FIRST)])

    assert missing.asked == [FIRST.doc_id]


def test_what_the_gate_refuses_is_not_answered_but_the_nearest_is_shown() -> None:
    answer = gated("EFS").ask("What was EFS at 2 years?")

    assert answer.abstained_because == "the nearest sentences do not state it"
    assert answer.nearest is not None
    assert answer.nearest.quote == EFS
    assert answer.would_answer == "A report of it."


def test_a_comparison_with_one_side_answered_passes_the_gate() -> None:
    assert not gated("D-HARB").ask("EFS in Lighthouse-1 versus D-HARB?").abstained


def test_a_completed_follow_up_is_not_judged_by_the_gate() -> None:
    one = gated("5 years")
    first = one.ask("What was EFS at 2 years in Lighthouse-1?")

    answer = one.ask("and at 5 years?", [first])

    assert answer.query != answer.question
    assert answer.claims[0].text == LATE_EFS


def test_every_claim_is_quoted_word_for_word() -> None:
    answer = assistant().ask("What was EFS at 2 years?")

    for claim in (*answer.claims, *answer.more):
        (citation,) = claim.citations
        assert claim.text == citation.quote == answer.evidence_for(citation.key).quote


def test_evidence_is_numbered_in_the_order_of_the_claims() -> None:
    answer = assistant().ask("What was EFS at 2 years?")

    keys = [c.key for claim in (*answer.claims, *answer.more) for c in claim.citations]
    assert keys == [f"E{number}" for number in range(1, len(keys) + 1)]
    assert [piece.key for piece in answer.evidence] == keys


def test_a_later_report_of_the_same_patients_is_shown_and_noted() -> None:
    answer = assistant().ask("What was EFS in Lighthouse-1?")

    assert {FIRST.doc_id, LATER.doc_id} <= set(answer.cited)
    assert answer.caveats == (
        "Aldermann 2091: event-free survival 71.5% at 2 years. Brandvik 2093, a later report on "
        "the same patients: event-free survival 68.0% at 5 years.",
    )


def test_other_patients_than_those_asked_about_are_noted() -> None:
    answer = assistant(relevance=7.0).ask("EFS of adults?")

    assert answer.caveats[0].startswith("The question is about adults; ")


def test_a_follow_up_that_names_no_study_is_kept_to_the_last_where_that_answers_better() -> None:
    first = assistant().ask("What was EFS in D-HARB?")
    one = replace(assistant(), reranker=Prefers(FOUND[-1].text))

    answer = one.ask(
        "What share of infants reached an event-free survival of some length?", [first]
    )

    assert answer.query.endswith("(D-HARB)?")


def test_a_fragment_is_kept_to_the_last_study_where_the_question_before_named_none() -> None:
    first = replace(assistant(), reranker=Prefers(FOUND[-1].text)).ask("What was EFS of adults?")
    assert first.evidence[0].study.short == "van der Zee 2092"
    one = replace(assistant(), reranker=Prefers(FOUND[-1].text))

    answer = one.ask("and at 2 years?", [first])

    assert "D-HARB" in answer.query


def test_a_follow_up_that_other_studies_answer_better_is_left_alone() -> None:
    first = assistant().ask("What was EFS in D-HARB?")
    one = replace(assistant(), reranker=Prefers(EFS))

    answer = one.ask("How many of the infants survived without any event?", [first])

    assert answer.query == answer.question


def test_thanks_after_an_answer_are_not_completed_to_a_question() -> None:
    first = assistant().ask("What was EFS in D-HARB?")

    answer = assistant(intent=Intent.THANKS).ask("thanks", [first])

    assert answer.query == "thanks"
    assert answer.reply is not None


@pytest.mark.parametrize("intent", [Intent.THANKS, Intent.OTHER_TOPIC, Intent.ONE_PATIENT])
def test_what_is_no_question_is_never_kept_to_a_study(intent: Intent) -> None:
    first = assistant().ask("What was EFS in D-HARB?")
    one = replace(assistant(intent=intent), reranker=Prefers(FOUND[-1].text))

    answer = one.ask(
        "What share of infants reached an event-free survival of some length?", [first]
    )

    assert answer.query == answer.question
    assert answer.claims == ()
    assert asked_of(one) == []


class Prefers(Alike):
    """A reranker for which one sentence alone is relevant."""

    def __init__(self, text: str) -> None:
        self.text = text

    def rerank(self, question: str, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
        return [replace(one, relevance=9.0 * (one.text == self.text)) for one in sentences]


class Withholding:
    """A prover for which the last claim fails."""

    def prove(self, answer: Answer) -> Answer:
        return replace(answer, claims=answer.claims[:-1], withheld=answer.claims[-1:])


class Shouting:
    """A generator that words every claim in capitals, in two steps."""

    def load(self) -> None:
        """Nothing to load."""

    def generate(self, answer: Answer) -> Iterator[Answer]:
        claims = tuple(replace(claim, text=claim.text.upper()) for claim in answer.claims)
        yield replace(answer, claims=claims[:1], complete=False)
        yield replace(answer, claims=claims, generated_by="shouting")


def test_what_the_prover_withholds_is_not_shown() -> None:
    drafted = assistant().ask("What was EFS at 2 years?")
    one = replace(assistant(), prover=Withholding())

    proven = one.ask("What was EFS at 2 years?")

    assert proven.claims == drafted.claims[:-1]
    assert proven.withheld == drafted.claims[-1:]


def test_a_chat_model_words_what_was_proven() -> None:
    one = replace(assistant(), generator=Shouting())

    assert one.ask("What was EFS at 2 years?").claims[0].text == EFS.upper()
    assert [step.complete for step in one.stream("What was EFS at 2 years?")] == [False, True]


def test_a_chat_model_is_not_asked_where_there_is_nothing_to_word() -> None:
    one = replace(assistant(relevance=-20.0), generator=Shouting())

    assert one.ask("What was EFS at 2 years?").generated_by is None


def test_warming_up_sends_a_chat_model_nothing() -> None:
    class Never(Shouting):
        def generate(self, answer: Answer) -> Iterator[Answer]:
            raise AssertionError("asked")

    replace(assistant(), generator=Never()).warm_up()


def test_a_named_trial_is_searched_by_itself_as_well() -> None:
    one = assistant()

    one.ask("What was EFS in D-HARB?")

    assert [within for _, _, within in asked_of(one)] == [None, frozenset({OTHER.doc_id})]


def test_search_gets_abbreviations_in_full() -> None:
    one = assistant()

    one.ask("2-yr EFS?")

    assert asked_of(one)[0][0] == "2-year event-free survival?"


def test_filters_reach_the_search_and_the_answer() -> None:
    one, filters = assistant(), Filters(year_from=2091, randomised=True)

    answer = one.ask("What was EFS in Lighthouse-1?", filters=filters)

    assert {asked for _, asked, _ in asked_of(one)} == {filters}
    assert answer.filters == filters


def test_a_passage_that_is_found_twice_counts_once() -> None:
    answer = assistant(FOUND[0], replace(FOUND[0], score=0.1)).ask("What was EFS in Lighthouse-1?")

    quotes = [piece.quote for piece in answer.evidence]
    assert len(quotes) == len(set(quotes))


def test_the_number_of_documents_is_told() -> None:
    assert assistant().ask("What was EFS?").documents_searched == READER.documents


def test_a_follow_up_is_completed_and_shown_as_it_was_understood() -> None:
    one = assistant()
    first = one.ask("What was EFS at 2 years in Lighthouse-1?")

    answer = one.ask("and OS?", (first,))

    assert answer.question == "and OS?"
    assert answer.query != answer.question
    assert READER.read(answer.query).times == {"2 year"}
    assert answer.claims[0].text == OS


def test_an_odd_word_in_a_follow_up_is_no_foreign_subject() -> None:
    one = assistant()
    first = one.ask("What was EFS at 2 years in Lighthouse-1?")

    assert not one.ask("and the grimblier OS?", (first,)).abstained


@pytest.mark.parametrize("relevance", [-20.0, 5.0])
def test_a_refusal_says_what_was_searched_and_what_is_nearest(relevance: float) -> None:
    answer = assistant(FOUND[1], relevance=relevance).ask("What was EFS at 2 years?")

    assert answer.abstained
    assert answer.searched_for == "What was event-free survival at 2-year?"
    assert answer.nearest is not None
    assert answer.nearest.quote == FEVER
    assert answer.would_answer
    assert answer.claims == ()
    assert answer.evidence == (answer.nearest,)


def test_a_refusal_without_anything_near_says_so_too() -> None:
    empty = Assistant(READER, Always(Intent.QUESTION), Shelf(), Alike(), COHORTS)

    answer = empty.ask("What was EFS?")

    assert answer.abstained_because == "no sentence of the corpus is about this"
    assert answer.nearest is None


def test_two_questions_at_once_are_both_answered() -> None:
    answer = assistant().ask("What was EFS at 2 years and how often was fever seen?")

    assert [claim.text for claim in answer.claims[:2]] == [EFS, FEVER]


def test_a_part_that_is_not_answered_is_said() -> None:
    one = replace(assistant(), gate=Refuses("fever"))

    answer = one.ask("What was EFS at 2 years and how often was fever seen?")

    assert answer.claims[0].text == EFS
    assert answer.caveats[0] == ("One part is not answered: the nearest sentences do not state it.")


def test_a_trial_without_results_is_said_to_have_none() -> None:
    planned = candidate("The primary end point of Lighthouse-2 is event-free survival.", PLANNED)

    answer = assistant(planned).ask("What was EFS in Lighthouse-2?")

    assert answer.abstained_because == (
        "there are no results yet on event-free survival in Lighthouse-2"
    )


@pytest.mark.parametrize("intent", [one for one in Intent if one is not Intent.QUESTION])
def test_what_is_no_question_is_not_searched(intent: Intent) -> None:
    one = assistant(intent=intent)

    answer = one.ask("hello")

    assert asked_of(one) == []
    assert answer.claims == ()
    assert answer.reply or answer.abstained


def test_an_answer_grows_claim_by_claim() -> None:
    one = assistant()

    *growing, last = one.stream("What was EFS in Lighthouse-1?")

    assert last == one.ask("What was EFS in Lighthouse-1?")
    assert last.complete
    assert [len(answer.claims) for answer in growing] == list(range(1, len(last.claims)))
    assert not any(answer.complete for answer in growing)


def test_a_growing_answer_can_prove_every_claim_it_shows() -> None:
    for answer in assistant().stream("What was EFS in Lighthouse-1?"):
        for claim in answer.claims:
            assert answer.evidence_for(claim.citations[0].key).quote == claim.text


def test_a_refusal_comes_at_once() -> None:
    (answer,) = assistant(intent=Intent.OTHER_TOPIC).stream("weather?")

    assert answer.abstained


def test_the_assistant_is_a_step_of_a_langchain_chain() -> None:
    chain = assistant().as_runnable() | (lambda answer: answer.claims[0].text)

    assert chain.invoke("What was EFS at 2 years?") == EFS


@pytest.mark.parametrize("question", ["", " \n ", "\x00\x07", "EFS? " * 4000])
def test_a_question_that_cannot_be_searched_is_refused_before_anything_is(question: str) -> None:
    one = assistant()

    with pytest.raises(BadQuestion) as caught:
        one.ask(question)

    assert "\n" not in str(caught.value)
    assert asked_of(one) == []


def test_control_characters_do_not_change_the_question() -> None:
    answer = assistant().ask("What was\x00 EFS\n at 2 years?\x1b")

    assert answer.question == "What was EFS at 2 years?"
    assert answer.claims[0].text == EFS


# Over the real corpus.

QUESTIONS = (
    "What was 2-year DFS with blinatumomab in infants with KMT2A-r ALL, against Interfant-06?",
    "4 year overall survival infants KMT2A-r blinatumomab long term follow up",
    "MRD after the blina course in the infant trial",
    "serious adverse events infant blinatumomab",
    "primary endpoint of Interfant-21",
    "Interfant 06 6-year EFS",
    "EFS Interfant-99 versus Interfant-06",
    "AALL0631 lestaurtinib event-free survival",
    "who was eligible for AALL2321",
    "CCG 1953 five year EFS without MLL rearrangement",
    "prognosis of congenital leukaemia",
    "KMT2A partner genes in infant ALL",
    "lineage switch after CD19 CAR T cells",
    "dose of blinatumomab below 45 kg",
    "premedication before blinatumomab label",
    "what to do after an interruption of more than 7 days",
    "benzyl alcohol preservative in children under 22 kg",
    "does blinatumomab harm the fetus",
    "grade 3 CRS dexamethasone dose according to the label",
    "how common are seizures with blinatumomab",
    "hypogammaglobulinaemia after blinatumomab",
    "TOWER median overall survival blinatumomab versus chemotherapy",
    "DALBA overall survival",
    "E1910 3 year OS MRD-negative",
    "AALL1731 3-year DFS, average and high risk",
    "AALL1331 HR/IR 2-yr DFS",
    "20120215 event-free survival",
    "blinatumomab in Down syndrome",
    "revumenib complete remission rate",
    "tisagenlecleucel in children under 3 years",
    "inotuzumab VOD after transplant",
    "hematopoietic stem cell transplantation first remission infant ALL",
    "FDA approval of blinatumomab for consolidation",
    "subcutaneous blinatumomab response",
    "cost effectiveness of blinatumomab in adults",
    "van der Sluis 2023",
    "EFS in Interfant-21",
    "overall survival with rivaroxaban",
    "<b>EFS</b> in <i>Interfant-06</i>",
    "<script>alert('EFS')</script>",
    "'; DROP TABLE documents; -- DFS blinatumomab",
    "blinatumomab " * 150,
    "\U0001f476\U0001f489\u202e KMT2A",
    "DFS? OS? EFS? MRD? CRS? ICANS?",
)


@pytest.fixture(scope="module")
def answers(real: Assembled) -> tuple[Answer, ...]:
    """An answer to each of the questions, over docs_corpus."""
    return tuple(real.assistant.ask(question) for question in QUESTIONS)


def test_a_first_question_is_not_completed(answers: tuple[Answer, ...]) -> None:
    assert all(answer.query == answer.question for answer in answers)


def test_most_of_the_questions_are_answered(answers: tuple[Answer, ...]) -> None:
    assert sum(bool(answer.claims) for answer in answers) >= 30


def test_every_quote_stands_in_its_document_at_its_offsets(
    answers: tuple[Answer, ...], real: Assembled
) -> None:
    for answer in answers:
        for piece in answer.evidence:
            text = real.catalogue.document(piece.doc_id).text
            assert piece.quote == text[piece.start : piece.end]
            assert piece.passage == text[piece.passage_start : piece.passage_end]
            assert piece.passage_start <= piece.start < piece.end <= piece.passage_end


def test_every_quote_is_a_whole_sentence_of_its_section(
    answers: tuple[Answer, ...], real: Assembled
) -> None:
    for piece in (piece for answer in answers for piece in answer.evidence):
        document = real.catalogue.document(piece.doc_id)
        (section,) = (one for one in document.sections if one.heading == piece.section)
        places = {one.position: (one.start, one.end) for one in sentences_of(document, section)}
        assert places[piece.position] == (piece.start, piece.end)
        assert piece.of == len(places)


def test_every_claim_of_the_corpus_is_its_quote(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        for claim in (*answer.claims, *answer.more):
            (citation,) = claim.citations
            assert claim.text == citation.quote == answer.evidence_for(citation.key).quote


def test_every_answer_keeps_within_the_limits(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        words = [word for claim in answer.claims for word in claim.text.split()]
        notes = [word for note in answer.caveats for word in note.split()]
        assert len(answer.claims) <= SENTENCES, answer.question
        assert len(answer.more) <= MORE, answer.question
        assert len(answer.claims) == 1 or len(words) + len(notes) <= WORDS, answer.question


def test_no_answer_says_a_sentence_twice(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        texts = [claim.text for claim in (*answer.claims, *answer.more)]
        assert len(texts) == len(set(texts)), answer.question


def test_every_answer_has_claims_or_a_reason_or_a_reply(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        shapes = (bool(answer.claims), answer.abstained, answer.reply is not None)
        assert sum(shapes) == 1, answer.question
        assert as_text(answer)


def test_every_refusal_of_a_search_names_the_nearest_sentence(answers: tuple[Answer, ...]) -> None:
    refused = [answer for answer in answers if answer.abstained and answer.searched_for]

    assert refused
    for answer in refused:
        assert answer.nearest is not None, answer.question
        assert answer.would_answer, answer.question


def answer_to(answers: tuple[Answer, ...], begins: str) -> Answer:
    (found,) = (one for one in answers if one.question.startswith(begins))
    return found


def test_the_question_of_the_readme_is_answered_with_both_arms(
    answers: tuple[Answer, ...],
) -> None:
    answer = answer_to(answers, "What was 2-year DFS")

    assert answer.cited[0] == "vandersluis-2023-blinatumomab-infant"
    assert "81.6%" in answer.claims[0].text
    assert "49.4%" in answer.claims[0].text


def test_a_trial_that_still_recruits_has_no_results(answers: tuple[Answer, ...]) -> None:
    answer = answer_to(answers, "EFS in Interfant-21")

    assert answer.abstained_because is not None
    assert "no results yet" in answer.abstained_because


def test_a_drug_of_another_field_is_named_as_missing(answers: tuple[Answer, ...]) -> None:
    answer = answer_to(answers, "overall survival with rivaroxaban")

    assert answer.abstained_because == "no document of the corpus mentions “rivaroxaban”"


def test_the_same_question_gives_the_same_answer_every_time(real: Assembled) -> None:
    runs = [real.assistant.ask(QUESTIONS[0]) for _ in range(5)]

    assert runs == [runs[0]] * 5


def test_what_was_asked_before_does_not_change_an_answer(
    answers: tuple[Answer, ...], real: Assembled
) -> None:
    assert real.assistant.ask(QUESTIONS[5]) == answers[5]


def test_two_people_at_once_get_the_answers_they_would_get_alone(
    answers: tuple[Answer, ...], real: Assembled
) -> None:
    some = [answer for answer in answers if answer.claims][3:7]

    with ThreadPoolExecutor(max_workers=2) as people:
        given = list(people.map(real.assistant.ask, (answer.question for answer in some)))

    assert given == some


def test_filters_hold_for_every_citation(real: Assembled) -> None:
    filters = Filters(populations=("infant",), year_from=2019)

    answer = real.assistant.ask("EFS with KMT2A-rearranged ALL", filters=filters)

    assert answer.evidence
    for piece in answer.evidence:
        assert "infant" in piece.study.age_group
        assert piece.study.year is not None
        assert piece.study.year >= 2019


def test_a_dialogue_stays_with_its_trial(real: Assembled) -> None:
    first = real.assistant.ask("2-year DFS in the infant blinatumomab trial?")
    second = real.assistant.ask("and OS?", (first,))
    third = real.assistant.ask("at 4 years?", (first, second))

    assert "93.3%" in second.claims[0].text
    assert any("4 years" in claim.text for claim in third.claims)
    reports = real.catalogue.trial("infant-blinatumomab")
    assert reports is not None
    of_the_trial = {report.doc_id for report in reports.reports}
    assert {second.cited[0], third.cited[0]} <= of_the_trial
