"""What has to be embedded, cut into shards by the texts alone."""

from dataclasses import replace
from pathlib import Path

from build_stand_ins import PASSAGES, write_copies

from index.readers import read_corpus
from index.shards import SHARD, Plan, Shard


def plan_of(corpus: Path) -> Plan:
    return Plan.of(read_corpus(corpus).documents, passage_size=700)


def contents_of(shards: list[Shard]) -> list[str]:
    return [content for shard in shards for content in shard.contents]


def test_every_text_is_in_one_shard_with_its_passage(corpus_folder: Path) -> None:
    write_copies(corpus_folder)
    plan = plan_of(corpus_folder)

    shards = plan.shards(known=())

    rows = {row.passage_id for shard in shards for rows in shard.rows for row in rows}
    assert sorted(contents_of(shards)) == sorted(plan.contents)
    assert rows == {passage.passage_id for passage in plan.passages}
    assert len(rows) == PASSAGES
    assert [len(shard.texts) for shard in shards] == [SHARD, SHARD, SHARD, PASSAGES - 3 * SHARD]


def test_what_is_known_is_in_no_shard(corpus_folder: Path) -> None:
    plan = plan_of(corpus_folder)
    known = set(plan.contents[:10])

    shards = plan.shards(known)

    assert set(contents_of(shards)) == set(plan.contents) - known


def test_a_text_that_two_passages_have_is_embedded_once(corpus_folder: Path) -> None:
    plan = plan_of(corpus_folder)
    twice = replace(plan, texts=(plan.texts[0],) * 19, contents=(plan.contents[0],) * 19)

    [shard] = twice.shards(known=())

    assert shard.texts == plan.texts[:1]
    assert shard.rows == (plan.rows,)


def test_where_tokens_are_wanted_a_shard_says_where_the_parts_of_each_text_end(
    corpus_folder: Path,
) -> None:
    plan = plan_of(corpus_folder)

    [without], [wanted] = plan.shards(known=()), plan.shards(known=(), tokens=True)

    assert without.ends == ()
    assert dict(zip(wanted.texts, wanted.ends, strict=True)) == dict(
        zip(plan.texts, plan.ends, strict=True)
    )
    assert all(ends[-1] == len(text) for text, ends in zip(plan.texts, plan.ends, strict=True))


def test_the_order_of_the_documents_changes_no_shard(corpus_folder: Path) -> None:
    documents = read_corpus(corpus_folder).documents
    one, other = Plan.of(documents, 700), Plan.of(documents[::-1], 700)

    assert contents_of(one.shards(())) == contents_of(other.shards(()))


def test_shards_go_from_short_texts_to_long(corpus_folder: Path) -> None:
    lengths = [len(t) for shard in plan_of(corpus_folder).shards(()) for t in shard.texts]

    assert lengths == sorted(lengths)
