"""Measured values against the criteria."""

from collections.abc import Mapping

from lambdas.shared.model import Frozen
from models.evaluation.judgement import Evidence
from models.gate.criteria import Criterion


class Measured(Frozen):
    """The values of one criterion by what they are of (empty: the package), or why there are none.

    `waived`: that there are none is in order.
    """

    values: Mapping[str, float] = {}
    missing: str | None = None
    waived: bool = False


class Verdict(Frozen):
    """Whether a package keeps to one criterion, with the value nearest to or beyond the limit."""

    criterion: str
    passed: bool
    told: str


class Gating(Frozen):
    """All verdicts on one package; `evidence` is what its documents were."""

    package_digest: str
    documents_digest: str
    live_digest: str | None
    passed: bool
    verdicts: tuple[Verdict, ...]
    evidence: Evidence = "real"

    @property
    def failed(self) -> tuple[str, ...]:
        """The criteria that the package does not keep to."""
        return tuple(verdict.criterion for verdict in self.verdicts if not verdict.passed)


def decide(
    criteria: Mapping[str, Criterion], measured: Mapping[str, Measured], *, kind: str
) -> tuple[Verdict, ...]:
    """One verdict for each criterion; raises KeyError for a criterion that nothing measures."""
    return tuple(
        _decide_one(name, criterion, measured[name], kind) for name, criterion in criteria.items()
    )


def _decide_one(name: str, criterion: Criterion, measured: Measured, kind: str) -> Verdict:
    if not measured.values:
        return Verdict(criterion=name, passed=measured.waived, told=measured.missing or "no value")
    beyond = {
        subject: value
        for subject, value in measured.values.items()
        if not criterion.allows(value, kind)
    }
    choose = max if criterion.least is None else min
    worst = choose(measured.values.items(), key=lambda pair: pair[1])
    shown = sorted(beyond.items(), key=lambda pair: pair[1]) or [worst]
    values = ", ".join(f"{subject} {value:.4g}".strip() for subject, value in shown)
    bound = "at most" if criterion.least is None else "at least"
    told = f"{values}; {bound} {criterion.limit(kind):g} ({criterion.what})"
    return Verdict(criterion=name, passed=not beyond, told=told)
