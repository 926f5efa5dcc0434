"""How account statements look: one or two amount columns, a table that may run over pages."""

from random import Random
from typing import Literal

from models.corpus.bank_statement.facts import Movement, Statement
from models.corpus.content import Block, Document, Gap, Pairs, Ruling, Style, Table, Text
from models.corpus.places import read_language

_LOOKS: tuple[Literal["columns", "colon"], ...] = ("columns", "colon")
_RULINGS: tuple[Literal["grid", "lines"], ...] = ("grid", "lines", "grid")


def compose_statement(statement: Statement, random: Random) -> Document:
    """Lay the statement out."""
    words = read_language("bank_statement")[statement.locale.language]

    def choose(name: str) -> str:
        chosen: str = random.choice(words[name])
        return chosen

    locale = statement.locale
    start, end = locale.day(statement.start), locale.day(statement.end)
    rows = [(choose("holder"), statement.holder.name)] if statement.holder else []
    if statement.iban:
        rows.append((choose("iban"), statement.iban))
    else:
        rows.append((choose("account"), statement.account))
    if random.random() < 0.6:
        rows.append((choose("period"), f"{start} {words['until']} {end}"))
    else:
        rows += [(choose("from"), start), (choose("to"), end)]
    rows.append((choose("currency"), locale.purse.currency))
    balances = (
        (choose("opening"), locale.purse.bare(statement.opening)),
        (choose("closing"), locale.purse.bare(statement.closing)),
    )
    address = statement.holder.address if statement.holder else ()
    table = _movements(statement, words["columns"], words["split_columns"], random)
    look: Literal["columns", "colon"] = random.choice(_LOOKS)
    blocks: tuple[Block, ...] = (
        Text(statement.bank, size="large", bold=True),
        Ruling(),
        Gap(0.5),
        Text(choose("title"), size="title", bold=True),
        Gap(0.5),
        *(Text(line) for line in address),
        Gap(),
        Pairs(tuple(rows), look),
        Gap(),
        Pairs(balances, look),
        Gap(),
        table,
        Gap(),
        Text(choose("notes")),
    )
    style = Style(
        font=random.choice(("Helvetica", "Helvetica", "Times")),
        size=random.choice((9.5, 10.0)),
        page=locale.page,
        accent=random.choice(("#0b3d66", "#7a1f1f", "#1e4d2b")),
        footer=statement.bank,
        numbered=True,
    )
    return Document(choose("title"), blocks, style)


def _movements(
    statement: Statement, columns: list[str], split_columns: list[str], random: Random
) -> Table:
    locale, bare = statement.locale, statement.locale.purse.bare
    ruled = random.choice(_RULINGS)
    if random.random() < 0.5:
        simple = tuple(
            (locale.day(one.date), one.description, bare(one.amount), bare(one.balance))
            for one in statement.movements
        )
        return Table(tuple(columns), simple, "llrr", (0.19, 0.47, 0.16, 0.18), ruled)

    def split(one: Movement) -> tuple[str, str]:
        return (bare(-one.amount), "") if one.amount < 0 else ("", bare(one.amount))

    rows = tuple(
        (locale.day(one.date), one.description, *split(one), bare(one.balance))
        for one in statement.movements
    )
    return Table(tuple(split_columns), rows, "llrrr", (0.18, 0.37, 0.14, 0.14, 0.17), ruled)
