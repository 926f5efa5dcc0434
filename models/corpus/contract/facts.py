"""What a contract says."""

from dataclasses import dataclass
from random import Random

from models.corpus.days import Day, draw_issued
from models.corpus.places import (
    Company,
    Locale,
    Person,
    draw_company,
    draw_locale,
    draw_person,
    read_language,
)


@dataclass(frozen=True, slots=True)
class Party:
    """A party, who signs for it and when; without `signs` the line is dated, but blank."""

    company: Company
    signatory: Person
    title: str
    signed: Day
    signs: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract; `kind` is its place among the kinds of contract.toml, `topics` its clauses."""

    locale: Locale
    kind: int
    parties: tuple[Party, ...]
    effective: Day
    until: Day
    law: str | None
    topics: tuple[str, ...]
    thorough: bool


def draw_contract(random: Random, *, thorough: bool = False) -> Contract:
    """A contract in force until 2033 at least; a thorough one says everything, on many pages."""
    words = read_language("contract")
    locale = draw_locale(random, "US", "US", "GB")
    effective = draw_issued(random)
    kind = random.randrange(len(words["kinds"]))
    general = list(words["general"])
    chosen = set(general if thorough else random.sample(general, k=random.randint(5, 9)))
    first = draw_company(random, locale)
    parties = tuple(
        Party(
            company=company,
            signatory=draw_person(random, locale),
            title=random.choice(words["words"]["titles"]),
            signed=effective.plus(random.randint(-6, 0)),
        )
        for company in (first, draw_company(random, locale, avoid=first.name))
    )
    return Contract(
        locale=locale,
        kind=kind,
        parties=parties,
        effective=effective,
        until=Day(random.randint(2033, 2036), random.randint(1, 12), random.choice((28, 15, 1))),
        law=random.choice(words["words"]["places"]),
        topics=tuple(topic for topic in general if topic in chosen),
        thorough=thorough,
    )
