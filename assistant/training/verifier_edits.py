"""Edits of a sentence that change what it says, or only how it says it."""

import random
import re
from collections.abc import Callable, Sequence

Edit = Callable[[str, random.Random], str | None]
"""The edited sentence, or None where the edit does not fit."""

OPPOSITES = (
    ("increased", "decreased"), ("increase", "decrease"), ("increases", "decreases"),
    ("increasing", "decreasing"), ("higher", "lower"), ("highest", "lowest"), ("high", "low"),
    ("improved", "worsened"), ("improves", "worsens"), ("improve", "worsen"),
    ("improvement", "deterioration"), ("greater", "smaller"), ("longer", "shorter"),
    ("more", "less"), ("more", "fewer"), ("better", "worse"), ("superior", "inferior"),
    ("reduced", "increased"), ("reduces", "increases"), ("reduce", "increase"),
    ("reduction", "increase"), ("elevated", "reduced"), ("prolonged", "shortened"),
    ("promotes", "inhibits"), ("promoted", "inhibited"), ("promote", "inhibit"),
    ("enhances", "impairs"), ("enhanced", "impaired"), ("enhance", "impair"),
    ("activates", "represses"), ("induces", "suppresses"), ("induced", "suppressed"),
    ("upregulated", "downregulated"), ("positively", "negatively"), ("before", "after"),
    ("stronger", "weaker"), ("faster", "slower"), ("above", "below"), ("effective", "ineffective"),
    ("safe", "unsafe"), ("sufficient", "insufficient"), ("common", "rare"), ("older", "younger"),
    ("majority", "minority"), ("protective", "harmful"), ("present", "absent"), ("most", "few"),
    ("beneficial", "harmful"), ("early", "late"), ("with", "without"), ("gain", "loss"),
    ("all", "none"), ("similar", "different"), ("significant", "non-significant"),
)  # fmt: skip
SYNONYMS = (
    ("patients", "participants"), ("increased", "rose"), ("decreased", "fell"),
    ("reduced", "lowered"), ("associated with", "linked to"), ("higher", "greater"),
    ("significantly", "markedly"), ("compared with", "versus"), ("compared to", "relative to"),
    ("improved", "got better"), ("mortality", "death"), ("treatment", "therapy"),
    ("occurred in", "was seen in"), ("showed", "demonstrated"), ("risk", "likelihood"),
    ("median overall survival", "median survival"), ("children", "paediatric patients"),
    ("did not differ", "was similar"), ("no significant difference", "no clear difference"),
)  # fmt: skip
OVERSTATED = (
    ("may", "will certainly"), ("might", "will certainly"), ("could", "will always"),
    ("suggest that", "prove that"), ("suggests that", "proves that"), ("suggested", "proved"),
    ("associated with", "the proven cause of"), ("likely", "certainly"), ("possible", "certain"),
    ("appears to", "is proven to"), ("appear to", "are proven to"), ("potential", "established"),
)  # fmt: skip
LEAD_IN = re.compile(
    r"^(?:[A-Z][A-Z ,/&]{4,}:?\s+(?=[A-Z0-9])|(?:In conclusion|Furthermore|Moreover|However|Here"
    r"|Thus|Therefore|In addition|Additionally|Finally|Overall|Importantly|In summary)[:,]?\s+)"
)
FIGURE = re.compile(r"(?<![\w.,-])(\d+(?:\.\d+)?)(?![\w]|[.,]\d)")
TIME = re.compile(
    r"\b(\d+|one|two|three|four|five|six|twelve)([ -])(year|month|week|day|hour)(s?)\b"
)
TWO_SIDES = re.compile(
    r"\b(in|with|for|among|by) (?:the )?((?:[\w-]+ ){0,3}[\w-]+) (than|versus|vs\.?|compared with"
    r"|compared to) (?:in |with |for |among |by )?(?:the )?((?:[\w-]+ ){0,3}[\w-]+)"
)
AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|may|will|does|do|did|has|have|had)\b")
DENIED = re.compile(
    r"\b(is|are|was|were|can|could|may|will|does|do|did|has|have|had) not\b|\bcannot\b"
)
VERB = re.compile(
    r"\b(reduces|increases|improves|promotes|inhibits|regulates|induces|mediates|predicts|causes|"
    r"protects|prevents|controls|suppresses|requires|enhances|modulates|drives|activates|impairs|"
    r"plays|contributes|leads|affects|influences|determines|limits|supports|confers|decreases|"
    r"restores|facilitates|triggers|accelerates|attenuates|reveals|allows|blocks|delays|alters)\b"
)


def changed_figure(text: str, rng: random.Random) -> str | None:
    """Another number in place of one."""
    found = list(FIGURE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return _with(text, match, _other(match.group(1), rng))


def changed_time(text: str, rng: random.Random) -> str | None:
    """Another time point in place of one."""
    found = list(TIME.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    number = rng.choice([n for n in ("1", "2", "3", "5", "6", "10", "12") if n != match.group(1)])
    unit = rng.choice(["year", "month", "week", match.group(3)])
    many = match.group(4) or ("s" if match.group(2) == " " and number != "1" else "")
    return _with(text, match, f"{number}{match.group(2)}{unit}{many}")


def reversed_direction(text: str, rng: random.Random) -> str | None:
    """A word for its opposite."""
    return _replaced(text, [*OPPOSITES, *((b, a) for a, b in OPPOSITES)], rng)


def swapped_sides(text: str, rng: random.Random) -> str | None:
    """The two sides of a comparison changed about."""
    match = TWO_SIDES.search(text)
    if match is None or match.group(2) == match.group(4):
        return None
    before, left, between, right = match.groups()
    return _with(text, match, f"{before} {right} {between} {left}")


def negated(text: str, rng: random.Random) -> str | None:
    """A "not" put in, or taken away."""
    if match := DENIED.search(text):
        return _with(text, match, match.group(1) or "can")
    if match := re.search(r"\bno (significant|clear|evidence|difference|association|effect)", text):
        return _with(
            text, match, f"a {match.group(1)}" if match.group(1) != "evidence" else "evidence"
        )
    if match := VERB.search(text):
        return _with(text, match, f"does not {match.group(1)[:-1]}")
    if match := AUXILIARY.search(text):
        return _with(text, match, f"{match.group(1)} not")
    return None


def overstated(text: str, rng: random.Random) -> str | None:
    """More certain than the source is."""
    return _replaced(text, OVERSTATED, rng)


def reworded(text: str, rng: random.Random) -> str:
    """The same in other words: no lead-in, fewer brackets, synonyms, sides of a comparison."""
    text = LEAD_IN.sub("", text)
    if rng.random() < 0.6:
        text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text)
    for _ in range(rng.choice([0, 1, 1, 2])):
        text = _replaced(text, [*SYNONYMS, *((b, a) for a, b in SYNONYMS)], rng) or text
    if rng.random() < 0.4:
        text = turned_about(text, rng) or text
    if rng.random() < 0.2:
        text = re.sub(r"(, (?:whereas|while|although|but|and|which|with) )[^,]*\.$", ".", text)
    return text[:1].upper() + text[1:]


def turned_about(text: str, rng: random.Random) -> str | None:
    """ "Higher in A than in B" as "lower in B than in A": both edits that each reverse it."""
    swapped = swapped_sides(text, rng)
    if swapped is None:
        return None
    for one, other in (("higher", "lower"), ("greater", "smaller"), ("longer", "shorter"),
                       ("more", "less"), ("better", "worse"), ("lower", "higher"),
                       ("shorter", "longer"), ("less", "more")):  # fmt: skip
        if re.search(rf"\b{one}\b", swapped):
            return re.sub(rf"\b{one}\b", other, swapped, count=1)
    return None


def _replaced(text: str, words: Sequence[tuple[str, str]], rng: random.Random) -> str | None:
    fitting = [(a, b) for a, b in words if re.search(rf"\b{a}\b", text)]
    if not fitting:
        return None
    one, other = rng.choice(fitting)
    return re.sub(rf"\b{one}\b", other, text, count=1)


def _with(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _other(number: str, rng: random.Random) -> str:
    """A different number of the same shape."""
    places = len(number.partition(".")[2])
    for _ in range(9):
        value = float(number) * rng.choice([0.4, 0.6, 0.8, 0.9, 1.1, 1.25, 1.6, 2.2])
        if (other := f"{value:.{places}f}") != number:
            return other
    return f"{float(number) + 1:.{places}f}"
