"""Figures are stored in the catalogue and come back as they were."""

from sqlalchemy import MetaData, create_engine, insert, select

from index.figure_table import figure_rows, figures_table, stored_figure, stored_figures
from index.readers import Corpus


def test_figures_come_back_as_they_were_stored(real_corpus: Corpus) -> None:
    documents = real_corpus.documents[:5]
    metadata, engine = MetaData(), create_engine("sqlite://")
    table = figures_table(metadata)
    metadata.create_all(engine)

    with engine.begin() as connection:
        connection.execute(insert(table), list(figure_rows(documents)))
        rows = connection.execute(select(table).order_by(table.c.number)).all()

    stored = [one for document in documents for one in stored_figures(document)]
    assert len(stored) > 20
    assert [stored_figure(row) for row in rows] == stored


def test_a_stored_figure_stands_in_its_sentence(real_corpus: Corpus) -> None:
    document = real_corpus.documents[0]

    for one in stored_figures(document):
        sentence = document.text[one.sentence_start : one.sentence_end]
        assert sentence[one.figure.start : one.figure.end] == one.figure.value
