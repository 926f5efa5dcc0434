"""What a wage and tax statement (Form W-2) says."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from models.corpus.amounts import draw_amount, round_cents
from models.corpus.identifiers import draw_ein, draw_ssn
from models.corpus.places import (
    Company,
    Locale,
    Person,
    draw_company,
    draw_locale,
    draw_person,
    fill_pattern,
)

SOCIAL_SECURITY_BASE = {2022: 147_000, 2023: 160_200, 2024: 168_600}
"""The most that social security tax is due on, by year (Social Security Administration)."""


@dataclass(frozen=True, slots=True)
class WageStatement:
    """One employee's year at one employer, in US dollars."""

    locale: Locale
    year: int
    employee: Person
    employer: Company | None
    ssn: str
    ein: str
    control: str
    wages: Decimal
    withheld: Decimal
    social_security_wages: Decimal
    social_security_tax: Decimal
    medicare_wages: Decimal
    medicare_tax: Decimal
    state: str
    state_number: str
    state_tax: Decimal


def draw_wage_statement(random: Random) -> WageStatement:
    """A statement whose taxes follow from its wages."""
    locale = draw_locale(random, "US")
    year = random.choice(tuple(SOCIAL_SECURITY_BASE))
    gross = draw_amount(random, 21_000, 185_000)
    wages = gross - draw_amount(random, 0, 9_000)
    social_security_wages = min(gross, Decimal(SOCIAL_SECURITY_BASE[year]))
    return WageStatement(
        locale=locale,
        year=year,
        employee=draw_person(random, locale),
        employer=draw_company(random, locale),
        ssn=draw_ssn(random),
        ein=draw_ein(random),
        control=fill_pattern(random, "A#####/###"),
        wages=wages,
        withheld=round_cents(wages * Decimal(random.randint(8, 24)) / 100),
        social_security_wages=social_security_wages,
        social_security_tax=round_cents(social_security_wages * Decimal("0.062")),
        medicare_wages=gross,
        medicare_tax=round_cents(gross * Decimal("0.0145")),
        state=random.choice(locale.facts["states"]),
        state_number=fill_pattern(random, "##-#######"),
        state_tax=round_cents(wages * Decimal(random.randint(2, 6)) / 100),
    )
