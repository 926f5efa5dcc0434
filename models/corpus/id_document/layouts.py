"""How identity documents look: a photograph, labels above values, the machine-readable zone."""

from random import Random

from models.corpus.content import (
    Block,
    Columns,
    Document,
    Gap,
    Pairs,
    Portrait,
    Ruling,
    Style,
    Text,
)
from models.corpus.days import DateStyle, Day
from models.corpus.id_document.facts import Identity
from models.corpus.places import read_language

_PAGE = (420.0, 300.0)
_DATES: tuple[DateStyle, ...] = ("short", "dots", "iso")
_SHARES = (0.24, 0.42, 0.34)


def compose_identity(identity: Identity, random: Random) -> Document:
    """Lay the document out on a page of a passport's or an enlarged card's size."""
    language = read_language("id_document")
    words, labels = language[identity.variety], language["labels"]

    def choose(name: str) -> str:
        chosen: str = random.choice(labels[name])
        return chosen

    dates = random.choice(_DATES)

    def show(day: Day) -> str:
        return day.printed(dates)

    country = identity.locale.facts["name"].upper()
    left: tuple[tuple[str, str], ...] = (
        (random.choice(words["number"]), identity.number),
        (choose("surname"), identity.person.family.upper()),
        (choose("given"), identity.person.given.upper()),
        (choose("nationality"), identity.locale.facts["nationality"].upper()),
    )
    right: tuple[tuple[str, str], ...] = (
        (choose("born"), show(identity.born)),
        (choose("sex"), identity.person.sex),
        (choose("issued"), show(identity.issued)),
        (choose("expires"), show(identity.expires)),
    )
    if identity.variety == "driving_licence":
        left = (*left[:3], (choose("address"), ", ".join(identity.person.address).upper()))
    else:
        right = ((choose("birthplace"), identity.birthplace), *right)
    titles = words["titles"]
    title = random.choice(titles.get(identity.locale.language, titles["en"]))
    blocks: tuple[Block, ...] = (
        Text(f"{country}    {title}", size="body", bold=True),
        Ruling(),
        Gap(0.4),
        Columns(((Portrait(),), (Pairs(left, "stacked"),), (Pairs(right, "stacked"),)), _SHARES),
        *(Text(line, size="large", mono=True) for line in identity.mrz),
    )
    style = Style(font="Helvetica", size=9.5, page=_PAGE, margin=16.0, accent="#10305c")
    return Document(title, blocks, style)
