"""The words of a corpus, kept with its index: a start reads them and not every document."""

import re
from collections.abc import Iterator
from pathlib import Path

from index.documents import Study
from index.errors import damaged
from index.readers import Corpus
from index.terms import plain

FILE = "vocabulary.txt"
WORD = re.compile(r"[^\W\d_][\w'-]*", re.UNICODE)


def words(text: str) -> list[str]:
    """The words of a text, names with digits included, numbers left out."""
    return WORD.findall(plain(text))


def initials(name: str) -> str:
    """``NEJM`` of ``New England Journal of Medicine``."""
    return "".join(word[0] for word in words(name) if word[0].isupper())


def write_vocabulary(generation: Path, corpus: Corpus) -> None:
    """Each word once, in small letters: of all documents, and of what they are called."""
    found = {word for text in _texts(corpus) for word in words(text.lower())}
    (generation / FILE).write_text("\n".join(sorted(found)), encoding="utf-8")


def read_vocabulary(generation: Path) -> str:
    """One word a line; NoIndex where the file is missing."""
    try:
        return (generation / FILE).read_text(encoding="utf-8")
    except (OSError, ValueError) as broken:
        raise damaged(generation / FILE) from broken


def _texts(corpus: Corpus) -> Iterator[str]:
    for document in corpus.documents:
        yield document.text
        yield from _names(document.study)
    for trial in corpus.trials:
        yield from (trial.name, *trial.aliases)


def _names(study: Study) -> Iterator[str]:
    """The title, and authors and journal as people may write them."""
    journal = study.journal or ""
    yield from (study.title, study.short, journal, initials(journal), *study.authors)
