"""The trials, cohorts and protocols that a text names, by the look of their names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.terms import mentions_in, plain

_NAME = re.compile(
    r"\bNCT\d{8}\b|\b\d{4}-\d{6}-\d\d\b"
    r"|\b(?:SWOG|CCG|GRAALL|Total|UKALL|POG|Project|study|Study|MLL|NOPHO|ECOG|CCLG|Interfant)"
    r"[ -](?:[A-Z]+\b|\d[\w-]*)"
    r"|\b(?=[\w-]*[A-Z]{2})(?=[\w-]*\d)[A-Z][\w-]*\b"
    r"|\bE\d{4}\b|\bMLL-?\d\d\b"
    r"|\b(?:[A-Z]-)?[A-Z]{4,}(?:-\d[\w-]*)?\b"
    r"|\b(?:Golden Gate|Interfant|Ponte[ -]di[ -]Legno|ALLTogether\d?)\b"
)
_NO_TRIAL = re.compile(
    r"^(?:CD\d|KMT2A|TP\d|IL-?\d|MLLT\d*|AF\d|AFF\d|NUTM\d|CRLF\d|IKZF\d|FLT\d|HOXA?\d*|ABL\d|BCR"
    r"|QLQ|EORTC|ICD|CYP|P450|G2|H1N1|HLA|CEP|AMG|SNDX|KO-|MT-?103$|COVID|NK|EBMT|MRD|HSCT|CTCAE"
    r"|FDA|EMA|JAMA|NEJM|NICE|MMWR|QALY|LMIC|ICANS|GVHD|ELISA|RNA|DNA|USA|REMS|SEER|COG\b)"
)


@lru_cache(maxsize=20_000)
def trial_names_in(text: str) -> tuple[str, ...]:
    """Names as printed, in order of mention, each once; no gene, drug or abbreviation."""
    return tuple(dict.fromkeys(_names(plain(text))))


def _names(even: str) -> Iterator[str]:
    terms = [(mention.start, mention.end) for mention in mentions_in(even)]
    for match in _NAME.finditer(even):
        inside = any(start <= match.start() and match.end() <= end for start, end in terms)
        if not inside and not _NO_TRIAL.match(match[0]):
            yield match[0]
