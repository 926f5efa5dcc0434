"""What an identity document says."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Literal

from models.corpus.days import Day, draw_day, draw_issued
from models.corpus.places import Locale, Person, draw_locale, draw_person, fill_pattern
from models.corpus.travel_documents import Holder, write_td1, write_td2, write_td3

Variety = Literal["passport", "identity_card", "driving_licence", "residence_permit"]
VARIETIES: tuple[Variety, ...] = (
    "passport",
    "passport",
    "identity_card",
    "driving_licence",
    "residence_permit",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A passport, card, licence or permit; licences have no machine-readable zone."""

    locale: Locale
    variety: Variety
    person: Person
    number: str
    born: Day
    birthplace: str
    issued: Day
    expires: Day
    mrz: tuple[str, ...]


def write_mrz(identity: Identity) -> tuple[str, ...]:
    """The machine-readable zone that belongs to what is printed."""
    country = identity.locale.facts["alpha3"].ljust(3, "<")
    holder = Holder(
        country=country,
        surname=identity.person.family,
        given_names=identity.person.given,
        number=identity.number,
        nationality=country,
        born=identity.born,
        sex=identity.person.sex,
        expires=identity.expires,
    )
    match identity.variety:
        case "passport":
            return write_td3(holder)
        case "identity_card":
            return write_td1(holder)
        case "residence_permit":
            return write_td2(holder)
        case "driving_licence":
            return ()


def draw_identity(random: Random, variety: Variety | None = None) -> Identity:
    """A document that is valid until 2033 at least."""
    locale = draw_locale(random, "US", "GB", "DE", "FR", "ES", "NL", "AT", "IT")
    drawn = random.choice(VARIETIES)
    issued = draw_issued(random)
    identity = Identity(
        locale=locale,
        variety=variety or drawn,
        person=draw_person(random, locale),
        number=fill_pattern(random, random.choice(("A########", "AA#######", "#########"))),
        born=draw_day(random, date(1948, 1, 1), date(2003, 12, 31)),
        birthplace=random.choice(locale.facts["cities"]).upper(),
        issued=issued,
        expires=Day(issued.year + 10, issued.month, min(issued.day, 28)),
        mrz=(),
    )
    return replace(identity, mrz=write_mrz(identity))
