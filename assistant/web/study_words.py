"""What a study is, in the reader's words."""

import re
from collections.abc import Iterator

from assistant.references import year
from index.documents import Study

Fact = tuple[str, str]

GROUPS = {
    "infant": "infants",
    "child": "children",
    "adolescent": "adolescents",
    "young adult": "young adults",
    "adult": "adults",
    "older adult": "older adults",
}
HISTORICAL = "Historical controls"
PREPRINTS = ("medrxiv", "biorxiv", "research square", "preprint")
STUDIED = ("trial report", "cohort study", "case series", "laboratory study")
ON_PATIENTS = (*STUDIED, "registry record")
"""Kinds of document that tell of patients of their own."""
NOUNS = r"\b(?:trial|study|cohort|series|analysis|review|comparison|survey)\b"
WIDE = r"\b(?:multinational|international|multicentre|prospective),? "
OUTSIDE = re.compile(r"\b(?:historical|matched|earlier)\b", re.IGNORECASE)
CONTROLS = re.compile(
    r"(?:^|\bcohort of )(\d+) (?:[\w-]+ )?(?:infants|children|adults|patients|controls)\b"
)
WARNINGS = ("retracted", "corrected", "expression of concern")


def capital(text: str) -> str:
    """``text`` with its first letter as a capital, the others untouched."""
    return text[:1].upper() + text[1:]


def warning(study: Study) -> str | None:
    """Retraction, correction or preprint, in words; None where nothing is on file."""
    if study.status.lower().startswith(WARNINGS):
        return capital(study.status)
    if any(name in (study.journal or "").lower() for name in PREPRINTS):
        return "Preprint, not peer reviewed"
    return None


def compared_with(study: Study) -> str | None:
    """The comparator; historical controls are called that."""
    if study.comparator is None:
        return None
    if "historical" in study.comparator.lower() and study.randomised is not True:
        return HISTORICAL
    return capital(study.comparator)


def patients(study: Study) -> str | None:
    """``30 v 214`` where the comparator gives the number of a group outside the study's own n."""
    if study.n is None:
        return None
    outside = study.randomised is not True and OUTSIDE.search(study.comparator or "")
    controls = CONTROLS.search(study.comparator or "") if outside else None
    return f"{study.n:,} v {int(controls[1]):,}" if controls else f"{study.n:,}"


def setting(study: Study) -> str:
    """Line of treatment and age group: ``Newly diagnosed, infants``."""
    lines = [line for line in study.line if line != "any"]
    ages = [GROUPS.get(age, age) for age in study.age_group]
    known = [part for part in (" or ".join(lines), _listed(ages)) if part]
    return capital(", ".join(known))


def level(study: Study) -> str:
    """What kind of evidence this is: a word for the design, not a grade."""
    if study.kind != "trial report":
        return capital(study.kind)
    if study.randomised:
        return "Randomised trial"
    return "Trial, one arm" if study.randomised is False else "Trial report"


def strip(study: Study) -> tuple[Fact, ...]:
    """The line of facts under a bottom line, warnings first."""
    return tuple(_known(_strip(study)))


def _strip(study: Study) -> Iterator[tuple[str, str | None]]:
    yield "Status", warning(study)
    studied = study.kind in STUDIED
    if study.kind not in ON_PATIENTS:
        yield "Kind", capital(study.kind)
        yield "Published by", ", ".join(part for part in (study.journal, year(study)) if part)
        yield "Setting", setting(study)
        return
    yield ("Design", _short_design(study)) if studied else ("Kind", capital(study.kind))
    yield "Compared with", compared_with(study) or "No control group"
    yield "Patients", patients(study)
    yield "Setting", setting(study)
    yield "Follow-up", _without_spread(study.follow_up)
    yield "Text read", _text_read(study)


def _text_read(study: Study) -> str:
    """Abstract or full text, and whether a retraction was looked for."""
    unchecked = "; retractions not checked" if study.status == "not checked" else ""
    return f"{capital(study.read)}{unchecked}"


def facts(study: Study) -> tuple[Fact, ...]:
    """The facts of a study card, warnings first."""
    return tuple(_known(_facts(study)))


def _facts(study: Study) -> Iterator[tuple[str, str | None]]:
    yield "Status", warning(study)
    yield "Kind", None if study.design and study.kind in STUDIED else capital(study.kind)
    yield "Design", study.design and capital(study.design)
    yield "Population", capital(study.population)
    yield "Compared with", study.comparator and capital(study.comparator)
    yield "Patients", None if study.n is None else f"{study.n:,}"
    yield "Follow-up", study.follow_up and capital(study.follow_up)
    yield "Text read", capital(study.read)
    yield "Retractions", None if warning(study) else _retractions(study)


def _retractions(study: Study) -> str:
    if study.status == "not checked":
        return "Not checked beyond the sources read"
    return capital(study.status)


def _short_design(study: Study) -> str:
    """The design up to its noun: ``Open-label, randomised phase 3 trial``."""
    design = re.sub(r" ?\([^)]*\)", "", study.design or level(study))
    design = re.sub(WIDE, "", design, flags=re.IGNORECASE)
    noun = re.search(NOUNS, design)
    return capital(design[: noun.end()] if noun else design)


def _without_spread(text: str | None) -> str | None:
    """A follow-up without its range; brackets that name an arm stay."""
    return text and capital(re.sub(r" ?\((?:range|IQR|95%)[^)]*\)", "", text).split(";")[0])


def _listed(names: list[str]) -> str:
    if len(names) > 2:
        return f"{names[0]} to {names[-1]}"
    return " and ".join(names)


def _known(pairs: Iterator[tuple[str, str | None]]) -> Iterator[Fact]:
    return ((name, value) for name, value in pairs if value)
