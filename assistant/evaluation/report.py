"""An evaluation as a table."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

NAMES = {
    "answer_hit": "answers with every figure asked for",
    "citation_hit": "right study among the citations",
    "all_studies_cited": "all studies cited, where several are asked for",
    "refused_unanswerable": "unanswerable, refused",
    "refused_out_of_domain": "out of domain, refused",
    "falsely_refused": "answerable, refused",
    "dialogue_turns_right": "turns of dialogues right",
    "claim_accuracy": "claims, accuracy",
    "claim_macro_f1": "claims, macro-F1",
    "wrong_claims_supported": "contradicted claims called supported",
    "article_sentences_right": "sentences of articles right",
    "planted_errors_caught": "planted errors, caught by the checks",
    "planted_false_alarms": "true sentences that fail a check",
    "same_answers": "same answer in every run",
}


def table_of(summary: Mapping[str, Any]) -> Table:
    """The measures, then the share of right answers for each type of question."""
    table = Table("measure", "value", box=None, pad_edge=False)
    for key, name in NAMES.items():
        if summary.get(key) is not None:
            table.add_row(name, f"{summary[key]:.1%}")
    for wanted, got in (summary.get("claim_confusion") or {}).items():
        told = ", ".join(f"{count} {verdict}" for verdict, count in got.items())
        table.add_row(f"  claims that are {wanted}", told)
    table.add_row(
        "latency p50 / p95", "{p50:.0f} ms / {p95:.0f} ms".format(**summary["latency_ms"])
    )
    if summary.get("checks_ms_p50") is not None:
        table.add_row("checks of an answer p50", f"{summary['checks_ms_p50']:.1f} ms")
    length = "{most_sentences} sentences, {most_words} words".format(**summary["length"])
    table.add_row("longest answer", length)
    for kind, counted in summary["by_type"].items():
        table.add_row(f"  {kind} ({counted['rows']})", f"{counted['right']:.0%}")
    return table
