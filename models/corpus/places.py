"""Countries, people and companies that documents are about; none of them exists."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from models.corpus.amounts import Purse
from models.corpus.content import A4, LETTER
from models.corpus.days import DateStyle, Day

LANGUAGE = Path(__file__).parent / "language"


@cache
def read_language(name: str) -> Mapping[str, Any]:
    """One file of the folder `language`."""
    return tomllib.loads((LANGUAGE / f"{name}.toml").read_text(encoding="utf-8"))


def fill_pattern(random: Random, pattern: str) -> str:
    """The pattern with every # a digit and every lone capital A in it a letter."""
    return "".join(
        str(random.randrange(10))
        if letter == "#"
        else random.choice("BCDEGHKLMNPRSTW")
        if letter == "A"
        else letter
        for letter in pattern
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an address."""

    given: str
    family: str
    address: tuple[str, ...]
    email: str
    phone: str
    sex: str

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Company:
    """A company with an address."""

    name: str
    address: tuple[str, ...]
    email: str
    phone: str
    website: str


@dataclass(frozen=True, slots=True)
class Locale:
    """A country as one document shows it: one notation, one date style."""

    code: str
    language: str
    purse: Purse
    date_style: DateStyle
    page: tuple[float, float]

    @property
    def facts(self) -> Mapping[str, Any]:
        """The country's entry in places.toml."""
        country: Mapping[str, Any] = read_language("places")["countries"][self.code]
        return country

    def day(self, day: Day) -> str:
        """The day as this document prints days."""
        return day.printed(self.date_style, self.language)


def draw_locale(random: Random, *codes: str) -> Locale:
    """One of the countries, in one of its notations."""
    code = random.choice(codes or ("US", "GB", "DE", "AT", "FR", "ES", "IT", "NL", "BE"))
    country = read_language("places")["countries"][code]
    purse = Purse(country["currency"], country["notation"], random.choice(country["signs"]))
    return Locale(
        code=code,
        language=country["language"],
        purse=purse,
        date_style=random.choice(country["dates"]),
        page=LETTER if country["page"] == "letter" else A4,
    )


def draw_address(random: Random, locale: Locale) -> tuple[str, ...]:
    """A postal address in lines."""
    country = locale.facts
    postcode = country["postcode"].replace("{state}", random.choice(country.get("states", ["X"])))
    state, _, rest = postcode.partition(" ")
    filled = f"{state} {fill_pattern(random, rest)}" if "states" in country else None
    text: str = country["address"].format(
        number=random.randint(1, 240),
        street=random.choice(country["streets"]),
        city=random.choice(country["cities"]),
        postcode=filled or fill_pattern(random, postcode),
    )
    return tuple(text.split("|"))


def plain(text: str) -> str:
    """Lower case ASCII letters and digits only, for e-mail addresses and domains."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss").lower())
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalnum())


def draw_person(random: Random, locale: Locale) -> Person:
    """A person living in that country."""
    place = random.randrange(len(locale.facts["given"]))
    given, family = locale.facts["given"][place], random.choice(locale.facts["family"])
    return Person(
        given=given,
        family=family,
        address=draw_address(random, locale),
        email=f"{plain(given)}.{plain(family)}@example.{random.choice(('com', 'org', 'net'))}",
        phone=fill_pattern(random, locale.facts["phone"]),
        sex="FM"[place % 2 == 0],
    )


def draw_company(random: Random, locale: Locale, *, avoid: str = "") -> Company:
    """A company of that country, not the one to avoid."""
    words = read_language("places")["words"]
    while True:
        stem = random.choice(words["company_stems"])
        trade = random.choice(words["company_trades"])
        name = f"{stem} {trade} {random.choice(locale.facts['suffixes'])}"
        if stem not in avoid:
            break
    domain = f"{plain(stem)}-{plain(trade)}.example"
    return Company(
        name=name,
        address=draw_address(random, locale),
        email=f"{random.choice(('office', 'info', 'billing', 'accounts'))}@{domain}",
        phone=fill_pattern(random, locale.facts["phone"]),
        website=f"www.{domain}",
    )
