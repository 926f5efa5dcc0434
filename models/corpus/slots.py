"""What stands in a template's slots: {person}, {date}, {amount} and the like."""

from collections.abc import Callable
from random import Random

from models.corpus.amounts import draw_amount
from models.corpus.days import draw_issued
from models.corpus.places import (
    Locale,
    draw_address,
    draw_company,
    draw_person,
    fill_pattern,
    read_language,
)

_Draw = Callable[[Random, Locale], str]
_NUMBERS = ("####", "######", "########")
_SLOTS: dict[str, _Draw] = {
    "person": lambda random, locale: draw_person(random, locale).name,
    "company": lambda random, locale: draw_company(random, locale).name,
    "city": lambda random, locale: str(random.choice(locale.facts["cities"])),
    "street": lambda random, locale: draw_address(random, locale)[0],
    "date": lambda random, locale: locale.day(draw_issued(random)),
    "time": lambda random, _: f"{random.randint(7, 21):02}:{random.choice((0, 15, 30, 45)):02}",
    "year": lambda random, _: str(random.randint(2018, 2025)),
    "amount": lambda random, locale: locale.purse.bare(draw_amount(random, 20, 9000)),
    "price": lambda random, locale: locale.purse.printed(draw_amount(random, 2, 60)),
    "number": lambda random, _: fill_pattern(random, random.choice(_NUMBERS)),
    "email": lambda random, locale: draw_person(random, locale).email,
    "website": lambda random, locale: draw_company(random, locale).website,
    "phone": lambda random, locale: draw_person(random, locale).phone,
    "ssn": lambda random, _: fill_pattern(random, "###-##-####"),
    "ein": lambda random, _: fill_pattern(random, "##-#######"),
}


def _draw_word(pool: str) -> _Draw:
    return lambda random, _: str(random.choice(read_language("words")[pool]))


_SLOTS |= {pool: _draw_word(pool) for pool in read_language("words")}


def fill_slots(template: str, random: Random, locale: Locale) -> str:
    """The template with its slots filled; raises KeyError for a slot that nobody knows."""
    first, *parts = template.split("{")
    text = first
    for part in parts:
        slot, _, rest = part.partition("}")
        text += _SLOTS[slot](random, locale) + rest
    return text
