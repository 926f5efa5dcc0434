"""What can be wrong with a resume."""

from dataclasses import replace

from models.corpus.defects import Defect
from models.corpus.resume.facts import Resume, Station


def _change_last(resume: Resume, **change: object) -> Resume:
    *others, last = resume.positions
    changed: Station = replace(last, **change)  # type: ignore[arg-type]
    return replace(resume, positions=(*others, changed))


def _swap_period(resume: Resume) -> Resume:
    since = resume.positions[-1].since
    return _change_last(resume, since=(since[0] + 4, 5), until=(since[0], 2))


DEFECTS: tuple[Defect[Resume], ...] = (
    Defect(
        "period_reversed",
        "hold",
        ("resume.dates_in_order",),
        "the first position ends before it begins",
        _swap_period,
    ),
    Defect(
        "contact_missing",
        "hold",
        ("resume.contact_present",),
        "the resume gives neither an e-mail address nor a phone number",
        lambda resume: replace(resume, email=None, phone=None),
    ),
    Defect(
        "email_malformed",
        "hold",
        ("resume.email_valid",),
        "the e-mail address has two @ signs",
        lambda resume: replace(resume, email=(resume.email or "").replace("@", "@@")),
    ),
    Defect(
        "position_in_2099",
        "hold",
        ("resume.dates_not_future",),
        "the latest position begins in 2099",
        lambda resume: replace(
            resume,
            positions=(
                replace(resume.positions[0], since=(2099, 1)),
                *resume.positions[1:],
            ),
        ),
    ),
)
