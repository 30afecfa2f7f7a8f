"""What was checked of a sentence, in words."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from assistant.answer import Answer, Check, Claim
from assistant.render import why_withheld
from assistant.web.icons import icon
from assistant.web.markup import plural, typeset
from assistant.web.numbering import Numbered, Numbering

Numbers = Mapping[str, Numbered]


def checks_by_card(
    answers: Sequence[Answer | None], numbering: Numbering
) -> dict[int, tuple[Check, ...]]:
    """For the number of each card the checks of the shown sentences that cite it."""
    found: dict[int, dict[Check, None]] = {}
    for answer, numbers in zip(answers, numbering.turns, strict=True):
        for claim in _shown(answer):
            for cited in claim.citations:
                if cited.key in numbers:
                    known = found.setdefault(numbers[cited.key].number, {})
                    known.update(dict.fromkeys(claim.checks))
    return {number: tuple(checks) for number, checks in found.items()}


def _shown(answer: Answer | None) -> tuple[Claim, ...]:
    return () if answer is None else (*answer.claims, *answer.more)


def check_items(checks: Iterable[Check]) -> Markup:
    """List items, a failed check marked by icon and colour and said in its words."""
    return Markup("").join(
        Markup("<li{}>{}<span>{}</span></li>").format(
            "" if check.passed else Markup(' class="bad"'),
            icon("tick" if check.passed else "cross"),
            typeset(check.why if check.passed else f"Failed: {check.why}"),
        )
        for check in checks
    )


def withheld(claims: Sequence[Claim], *, first: int) -> Markup:
    """How many sentences failed a check and why; the sentences themselves only on demand."""
    if not claims:
        return Markup("")
    reason = f": {why_withheld(claims[0])}" if len(claims) == 1 else ""
    return Markup(
        '<details class="withheld" data-keep="withheld-{}"><summary>{}<span>{} withheld{} '
        '<span class="textlink">Show {}</span></span></summary><ul>{}</ul></details>'
    ).format(
        first,
        icon("cross"),
        plural(len(claims), "sentence"),
        typeset(reason),
        "it" if len(claims) == 1 else "them",
        Markup("").join(_failed(claim) for claim in claims),
    )


def _failed(claim: Claim) -> Markup:
    return Markup('<li><p class="read">{}</p><ul class="checks">{}</ul></li>').format(
        typeset(claim.text), check_items(claim.failed)
    )
