"""What somebody filled into a form."""

from dataclasses import dataclass
from datetime import date
from random import Random

from models.corpus.days import Day, draw_day, draw_issued
from models.corpus.places import Locale, Person, draw_locale, draw_person, read_language


@dataclass(frozen=True, slots=True)
class Form:
    """A filled-in form; `kind` is its place among the kinds of form.toml."""

    locale: Locale
    kind: int
    applicant: Person
    born: Day
    address: str
    email: str
    answers: tuple[tuple[str, str], ...]
    consents: bool
    signed: bool
    date: Day


def draw_form(random: Random) -> Form:
    """A form that is complete and signed."""
    locale = draw_locale(random, "US", "US", "GB")
    kinds = read_language("form")["kinds"]
    kind = random.randrange(len(kinds))
    applicant = draw_person(random, locale)
    answers = tuple(
        (question, random.choice(choices)) for question, choices in kinds[kind]["questions"].items()
    )
    return Form(
        locale=locale,
        kind=kind,
        applicant=applicant,
        born=draw_day(random, date(1950, 1, 1), date(2004, 12, 31)),
        address=", ".join(applicant.address),
        email=applicant.email,
        answers=answers,
        consents=True,
        signed=True,
        date=draw_issued(random),
    )
