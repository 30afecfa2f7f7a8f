"""Whether two sentences answer the same question in opposite ways."""

import re
from dataclasses import dataclass

from assistant.applicability import mismatch
from assistant.checks.placed import terms_named
from assistant.differing import kind_of
from assistant.effect_figures import WITHOUT_EVENTS, Effect
from assistant.effect_words import WHOLE, outcomes_in, treatments_in
from assistant.effects import Finding
from assistant.fit import POPULATIONS, opposed
from assistant.question import Reading
from index.documents import Study
from index.terms import plain

ALIKE = 0.5
"""The share of common age groups from which the patients of two studies are alike."""
_LEVEL = "(?:high|low|standard|average|intermediate|medium)"
_RISKS = re.compile(rf"\b({_LEVEL})(?:-? (?:and|or) |/)(?={_LEVEL}[- ]risk)", re.IGNORECASE)
_RISK_OF = re.compile(r"\b(?:lower|higher|low|high) risk of\b", re.IGNORECASE)
_RESIDUAL = re.compile(
    r"\bMRD-(positive|negative) (?:\w+ )?(?:ALL|patients|adults|children|infants)\b", re.IGNORECASE
)
_AFTER_RELAPSE = re.compile(r"\b(?:after|at|in|following) (?:[\w-]+ ){0,3}relapse\b", re.IGNORECASE)
WIDER = {"adolescent": "child", "older adult": "adult"}
"""Age groups that studies tell apart, though they hold a few of the same patients."""
SPECIAL = frozenset({"Down syndrome", "T-cell acute lymphoblastic leukaemia"})
"""Patients whose results hold for nobody else."""
SUBGROUPS = frozenset(
    {"younger than 90 days", "younger than 6 months", "younger than 3 years", "prednisone response"}
)
"""Parts of a cohort: whoever asks about one is not answered by the whole."""
AS_A_WHOLE = frozenset({WHOLE, "survival", WITHOUT_EVENTS})
"""Outcomes that a benefit, without saying in what, may mean."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the study that it stands in."""

    text: str
    study: Study

    @property
    def ages(self) -> frozenset[str]:
        """The age groups of the study that the sentence names; all of them where it names none."""
        groups = frozenset(WIDER.get(group, group) for group in self.study.age_group)
        return groups & terms_named(self.text) or groups

    @property
    def terms(self) -> frozenset[str]:
        frame = f"{self.study.title}; {self.study.population}"
        return terms_named(_risks_told(self.text)) | terms_named(_risks_told(frame))


def _risks_told(text: str) -> str:
    """The text with each of several risk groups named in full; a risk of something is no group."""
    return _RISKS.sub(r"\1-risk and ", _RISK_OF.sub(" ", plain(text)))


def opposes(one: Finding, other: Finding) -> bool:
    """Whether one finding says that a treatment helps, and the other that it does not."""
    if one.treatments != other.treatments or not _same_outcome(one.outcome, other.outcome):
        return False
    effect = _turned(other.effect) if _other_way_round(one, other) else other.effect
    if other.bare and Effect.SAME in (one.effect, effect):
        return False
    # To be no better is no contradiction of being worse.
    helps = Effect.BETTER in (one.effect, effect)
    return helps and one.effect != effect and not _stands_in(one, other)


def _same_outcome(one: str, other: str) -> bool:
    return one == other or (WHOLE in (one, other) and {one, other} <= AS_A_WHOLE)


def _other_way_round(one: Finding, other: Finding) -> bool:
    return len(one.treatments) > 1 and bool(one.sides) and one.sides == other.sides[::-1]


def _turned(effect: Effect) -> Effect:
    return {Effect.BETTER: Effect.WORSE, Effect.WORSE: Effect.BETTER}.get(effect, effect)


def _stands_in(one: Finding, other: Finding) -> bool:
    """Whether one is no different from what it replaces, while the other replaces nothing."""
    same, rest = (one, other) if one.effect is Effect.SAME else (other, one)
    return same.effect is Effect.SAME and same.instead and not rest.instead


def comparable(one: Said, other: Said, treatments: frozenset[str]) -> bool:
    """Whether two sentences are on patients of like age, line of therapy, risk and genetics."""
    return (
        _like_ages(one.ages, other.ages)
        and _same_line(one.study, other.study)
        and _same_backbone(one.study, other.study, treatments)
        and _residual_disease(one.text) == _residual_disease(other.text)
        and one.terms & SPECIAL == other.terms & SPECIAL
        and not opposed(one.terms, other.terms)
    )


def _residual_disease(text: str) -> frozenset[str]:
    """Whether patients with or without minimal residual disease are meant."""
    return frozenset(found.lower() for found in _RESIDUAL.findall(plain(text)))


def _like_ages(one: frozenset[str], other: frozenset[str]) -> bool:
    """Infants are like infants only; others are alike where half of the fewer groups are shared."""
    if not (one and other):
        return True
    infants = frozenset({"infant"})
    if infants in (one, other):
        return one == other
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _same_line(one: Study, other: Study) -> bool:
    mine, its = set(one.line), set(other.line)
    return not (mine and its) or "any" in mine | its or bool(mine & its)


def _same_backbone(one: Study, other: Study, treatments: frozenset[str]) -> bool:
    """Whether two studies give a treatment with the same others, by their titles."""
    mine, its = (_drugs(study.title) - treatments for study in (one, other))
    return one.doc_id == other.doc_id or mine == its or bool(mine & its)


def _drugs(text: str) -> frozenset[str]:
    named = terms_named(text)
    return frozenset(name for name in named if name == "transplant" or kind_of(name) == "drug")


def asked(reading: Reading, finding: Finding) -> bool:
    """Whether a finding is on the treatment and the outcome of a question, where it names them."""
    treatments, outcomes = treatments_in(reading.expanded), outcomes_in(reading.expanded)
    on_outcome = not outcomes or any(_same_outcome(one, finding.outcome) for one in outcomes)
    return on_outcome and (not treatments or bool(treatments & finding.treatments))


def suits(reading: Reading, said: Said) -> bool:
    """Whether a sentence is on the patients of a question, where it names them."""
    wanted = [POPULATIONS[name] for name in reading.of_kind("population") if name in POPULATIONS]
    others = {term.name for term in reading.terms}
    age = not wanted or not said.ages or any(groups & said.ages for groups in wanted)
    later = bool(_AFTER_RELAPSE.search(plain(reading.text))) and "first remission" in said.terms
    alike = mismatch(reading, said.study) is None and not opposed(others, said.terms)
    subgroup = others & SUBGROUPS <= said.terms
    return age and alike and subgroup and not later
