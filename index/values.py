"""The results of a sentence as they are printed: each with its interval, in its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.terms import plain

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SHARE = rf"\({NUMBER}%(?:[,;] [^()]*)?\)"
SPREAD = rf"(?: ?\+/- ?{NUMBER})?"
UP_TO = rf"(?:(?: ?- ?| to ){NUMBER})?"
BOUND = rf"-?{NUMBER}%?(?: [a-z]+)?"
INTERVAL = (
    r"(?P<interval>"
    r" \((?:\d\d(?:\.\d)?% (?:CI|confidence interval)|(?:confidence )?interval"
    r"|SE|SD|IQR|range|standard)\b[^()]*\)"
    rf"| \({NUMBER}%?(?:-| to ){NUMBER}%?(?: \w+)?\)"
    rf"| \({NUMBER} of (?:the )?{NUMBER}[^()]*\)"
    r"| \(\d{1,3}(?: (?:patients|infants|children|adults))?\)"
    rf"|[,;]? \d\d% (?:CI|confidence interval)"
    rf" {BOUND}(?:-| to )(?:{BOUND}|not (?:estimable|reached))"
    r")?"
)
PEOPLE = r"(?:(?!years|months|weeks|days|and|or|to|versus|against)[A-Za-z-]+ ){0,3}"
TIME_UNITS = "years?|months?|weeks?|days?|hours?"
UNITS = (
    r"mg/dL|g/dL|g/L|pg/mL|ng/mL|mL/min|L/h(?:/m²)?|litres?|L/m²|L(?!/)|(?:percentage )?points?"
    r"|QALYs?|life[ -]years?|pounds|(?:US|Singapore|Canadian) dollars|euros|per million|logs?"
)
EVENTS = (
    r"(?:(?!had|were|was|of|with|and|or|in|to)[a-z-]+ ){0,2}"
    r"(?:adverse (?:events|reactions)|deaths|relapses|infections|seizures)\b"
)
LIMITS = "more than|less than|fewer than|below|under|above|at least|up to"
_VALUE = re.compile(
    r"(?<![\w./^-])(?:"
    rf"(?P<count>{NUMBER}(?: {SHARE})? of (?:the |all |all the )?{NUMBER}(?! ?%|-)"
    rf"(?:(?: {PEOPLE.rstrip()})? ?{SHARE})?"
    rf"|{NUMBER} {PEOPLE}{SHARE}|\d+/\d+(?: {SHARE})?(?!\d| ?mc?g))"
    rf"|(?P<ratio>(?:(?:hazard|odds|risk) ratio|relative risk|(?-i:HR|OR|RR)) \d+\.\d+)"
    r"|(?P<percent>(?:(?:over|about|nearly|almost|around|roughly"
    rf"|{LIMITS}) |[<>≤≥] ?)?{NUMBER}%?{SPREAD}{UP_TO}%)"
    rf"|(?P<amount>-?(?:\d{{1,3}}(?: \d{{3}})+|{NUMBER})(?: \((?:SD )?{NUMBER}\))?{SPREAD}{UP_TO}"
    rf" (?:{UNITS})\b|{NUMBER}-fold)"
    rf"|(?P<duration>{NUMBER}{SPREAD}{UP_TO} (?:{TIME_UNITS})\b)"
    rf"|(?P<events>\d+ {EVENTS})"
    rf"|(?P<decimal>-?\d+\.\d+{SPREAD}{UP_TO}(?!\.?\d|[%/-]| ?(?:mcg|mg|kg|m²|g|mL|h|x10|°C)\b))"
    r"|(?P<number>(?<=numbered )\d+|0(?= (?:with|on|in)\b))"
    r"|(?P<open>(?<!had )(?<!have )(?<!has )not reached)"
    rf"){INTERVAL}",
    re.IGNORECASE,
)
_P = re.compile(r"\bP ?(?:=|<|>|≤|≥) ?0?\.\d+")
_P_BEFORE = re.compile(r"(?:\bP ?[=<>≤≥]|\bCI) ?$")
_LIMIT = re.compile(rf"^(?:{LIMITS}|[<>≤≥])", re.IGNORECASE)
_CUT_OFF = re.compile(r"\b(?:MRD|residual disease|blasts?|marrow|oxygen|threshold|cut-off)\b", re.I)
_THRESHOLD = re.compile(r"\b(?:cut-offs?|thresholds?)\b", re.IGNORECASE)
_CUT_OFF_AFTER = re.compile(
    r" (?:or (?:more|less|fewer|higher|lower|above|below)|to (?:under|below)|(?:marrow )?blasts)\b"
)
_NOT_BEFORE = re.compile(
    r"\b(?:grades?|phase|cycles?|courses?|day|week|arm|cohort|stage|warning|section|version|ages?"
    r"|aged|ages of|point|(?:cut-off|threshold|limit|MRD) of)\s$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:was|were|is|are|as|of|median|mean|average|lasted|about|only|reached|half-life"
    r"|median (?:[a-z-]+ )?survival)\s$|\bmedian [^;:]*,\s$",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(?:\b(?:and|to|against|versus|or|with)|,)\s$", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:follow-up of|ages? (?:was|of)|aged|period of)\s(?:about )?$", re.IGNORECASE
)
_TIMED = re.compile(r"\b(?:median|mean|average|half-life|duration|lasted|time|interval)\b", re.I)


@dataclass(frozen=True, slots=True)
class Value:
    """``text`` is ``sentence[start:end]``, with the interval or standard error printed after it."""

    text: str
    figure: str
    """The same without its interval."""
    start: int
    end: int


def values_in(sentence: str) -> tuple[Value, ...]:
    """Rates, counts of a total, ratios, durations and amounts; no cut-off, dose, age or date."""
    even = plain(sentence)
    return tuple(_value(sentence, match) for match in _results(even))


def p_values_in(sentence: str) -> tuple[str, ...]:
    """``P < 0.001`` as printed, each once."""
    return tuple(dict.fromkeys(_P.findall(sentence)))


def _results(even: str) -> Iterator[re.Match[str]]:
    """The matches that are results; a duration may lean on the one before: "3 and 4 months"."""
    timed = False
    for match in _VALUE.finditer(even):
        if _is_result(match, even, after_duration=timed):
            timed = timed or bool(match["duration"])
            yield match


def _value(sentence: str, match: re.Match[str]) -> Value:
    first = match.start()
    last = match.start("interval") if match["interval"] else match.end()
    return Value(sentence[first : match.end()], sentence[first:last], first, match.end())


def _is_result(match: re.Match[str], even: str, *, after_duration: bool) -> bool:
    before, after = even[: match.start()], even[match.end() :]
    if _NOT_BEFORE.search(before):
        return False
    if match["amount"] and (before.endswith("at least ") or _CUT_OFF_AFTER.match(after)):
        return False
    if match["events"] and before.endswith("the "):
        return False
    if match["percent"]:
        return _is_share(match["percent"], before, after)
    if match["duration"]:
        lead = _MEASURED.search(before) or (after_duration and _FURTHER.search(before))
        return bool(lead and _TIMED.search(before)) and not _is_span(before, after)
    return not (match["decimal"] and _is_label(before, after))


def _is_label(before: str, after: str) -> bool:
    """Whether a decimal is a P value, a bare interval, or a section's number in brackets."""
    return bool(_P_BEFORE.search(before)) or (before.endswith("(") and after.startswith(")"))


def _is_share(printed: str, before: str, after: str) -> bool:
    """Whether a percentage is a result, not the confidence level and not a cut-off."""
    if re.match(r" (?:CI|confidence)\b", after) or _CUT_OFF_AFTER.match(after):
        return False
    if printed.startswith("0.") and _THRESHOLD.search(before):
        return False
    return not _LIMIT.match(printed) or not _CUT_OFF.search(before[-60:] + after[:25])


def _is_span(before: str, after: str) -> bool:
    """Whether a duration is an age or how long patients were followed."""
    return bool(_SPAN.search(before) or re.match(r"(?: of age| old|-old)\b", after))
