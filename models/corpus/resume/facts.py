"""What a resume says."""

from dataclasses import dataclass
from random import Random

from models.corpus.places import (
    Locale,
    Person,
    draw_company,
    draw_locale,
    draw_person,
    read_language,
)

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True, slots=True)
class Station:
    """A position or a school; `until` is None for the present one."""

    role: str
    place: str
    since: Month
    until: Month | None
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resume:
    """A resume; positions from the latest to the first."""

    locale: Locale
    person: Person
    email: str | None
    phone: str | None
    trade: int
    positions: tuple[Station, ...]
    school: Station
    skills: tuple[str, ...]


def draw_resume(random: Random) -> Resume:
    """A resume whose periods follow one another without overlap."""
    locale = draw_locale(random, "US", "US", "GB", "DE")
    language = read_language("resume")
    words, trade = language["words"], random.randrange(len(language["trades"]))
    chosen = language["trades"][trade]
    person = draw_person(random, locale)
    start = random.randint(2006, 2012)
    school = Station(
        role=random.choice(chosen["degrees"]),
        place=random.choice(words["schools"]),
        since=(start - 3, 9),
        until=(start, 6),
        duties=(),
    )
    positions: list[Station] = []
    since = (start, 9)
    count = random.randint(2, 4)
    for index in range(count):
        until = (since[0] + random.randint(1, 3), random.randint(1, 12))
        duties = tuple(
            f"{random.choice(words['verbs'])} {thing} {random.choice(words['results'])}"
            for thing in random.sample(chosen["objects"], k=random.randint(2, 4))
        )
        positions.append(
            Station(
                role=random.choice(chosen["roles"]),
                place=draw_company(random, locale).name,
                since=since,
                until=None if index == count - 1 else until,
                duties=duties,
            )
        )
        since = (until[0], until[1] + 1) if until[1] < 12 else (until[0] + 1, 1)
    return Resume(
        locale=locale,
        person=person,
        email=person.email,
        phone=person.phone,
        trade=trade,
        positions=tuple(reversed(positions)),
        school=school,
        skills=tuple(random.sample(chosen["skills"], k=random.randint(4, 5))),
    )
