"""Picks the concrete classes."""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from tokenizers import Tokenizer

from assistant.answerability import AnswerModel
from assistant.cohorts import Cohorts
from assistant.conflicts import Conflicts
from assistant.contrary import ContrarySearch
from assistant.entailment import Verifier, verifier_of
from assistant.gate import Gate
from assistant.generation import generator_of
from assistant.intent import IntentReader
from assistant.pipeline import Assistant
from assistant.proving import Prover
from assistant.question import QuestionReader
from assistant.rerank import SentenceReranker
from assistant.retrieval import HybridSearch
from assistant.settings import Settings
from assistant.silence import Silence
from assistant.unreported import Unreported
from assistant.verification import check_claim
from assistant.vocabulary import Vocabulary
from index.catalogue import Catalogue
from index.embedder import Embedder
from index.errors import NoIndex
from index.generations import current_generation, open_store
from index.manifest import Manifest
from index.vocabulary import read_vocabulary
from index.weights import EMBEDDER, OnnxEncoder

EVERYDAY = 3500
"""So many entries of the vocabulary are special signs, letters and the commonest words."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """An assistant with the catalogue and the manifest of the index that it reads."""

    assistant: Assistant
    catalogue: Catalogue
    manifest: Manifest
    verifier: Verifier | None
    """Reads a sentence of a chat model, or a claim of the claim desk, beside its quote."""


def assemble(settings: Settings) -> Assembled:
    """Put an assistant on the index; NoIndex where there is none, or another model built it."""
    generation = current_generation(settings.index.folder)
    manifest = Manifest.read(generation)
    embedder = Embedder(settings.index.embedder)
    if (manifest.embedder, manifest.embedder_sha256) != (embedder.name, embedder.sha256):
        raise NoIndex(
            f"{settings.index.folder}: built with {manifest.embedder}, but {embedder.name} is set. "
            "Build it again: blincite index build"
        )
    store = open_store(settings.index, generation)
    store.check()
    catalogue = Catalogue(generation / "catalogue.sqlite")
    search = HybridSearch.open(generation, catalogue, embedder, store)
    answering = AnswerModel()
    verifier = verifier_of(settings.verifier)

    def text_of(doc_id: str) -> str:
        return catalogue.document(doc_id).text

    assistant = Assistant(
        QuestionReader(catalogue.studies(), catalogue.trials(), vocabulary_of(generation)),
        # Intents were learned on the vectors of the bundled model.
        IntentReader(Embedder() if embedder.model_name else embedder),
        search,
        SentenceReranker(),
        Cohorts(catalogue.trials(), catalogue.studies()),
        candidates=settings.candidates,
        answering=answering,
        prover=Prover(text_of),
        gate=Gate(search.rarity, everyday_words()),
        generator=generator_of(settings, partial(check_claim, verifier=verifier)),
        conflicts=Conflicts(catalogue.trials(), catalogue.documents_of),
        silence=Silence(Unreported(catalogue), answering),
        contrary=ContrarySearch(search, text_of),
    )
    return Assembled(assistant, catalogue, manifest, verifier)


def everyday_words() -> frozenset[str]:
    """The commonest words of English: a WordPiece vocabulary begins with them."""
    numbered = _tokenizer().get_vocab().items()
    return frozenset(word for word, number in numbered if number < EVERYDAY and word.isalpha())


def vocabulary_of(generation: Path) -> Vocabulary:
    """The words of all documents, with the names of authors, journals and trials."""
    tokenizer = _tokenizer()
    return Vocabulary(
        [read_vocabulary(generation)],
        lambda word: tokenizer.encode(word, add_special_tokens=False).tokens,
        filter(str.isalpha, tokenizer.get_vocab()),
    )


@cache
def _tokenizer() -> Tokenizer:
    """The tokenizer of the bundled embedder, which knows everyday words whole."""
    return OnnxEncoder(EMBEDDER).tokenizer
