"""How receipts look: narrow slips with the labels of their language."""

from random import Random

from models.corpus.content import Block, Document, Gap, Pairs, Ruling, Style, Table, Text
from models.corpus.places import read_language
from models.corpus.receipt.facts import Receipt

_WIDTH = 250.0
_SHARES = (0.68, 0.32)


def compose_receipt(receipt: Receipt, random: Random) -> Document:
    """Lay the receipt out on a slip that is as long as it needs to be."""
    words = read_language("receipt")[receipt.locale.language]

    def choose(name: str) -> str:
        chosen: str = random.choice(words[name])
        return chosen

    purse = receipt.locale.purse
    show = purse.printed if random.random() < 0.6 else purse.bare
    mono = random.random() < 0.4
    title = choose("title")
    day = receipt.locale.day(receipt.date)
    head: list[Block] = [Text(receipt.merchant, size="large", bold=True, align="center")]
    head += [Text(line, align="center") for line in (*receipt.address, receipt.phone)]
    if title:
        head += [Gap(0.5), Text(title, bold=True, align="center")]
    facts = (
        (choose("date"), day),
        (choose("time"), receipt.time),
        (choose("number"), receipt.number),
        (choose("cashier"), receipt.cashier),
    )
    tax_name = "tax" if receipt.locale.code == "US" else "vat"
    sums = [
        (choose("subtotal"), show(receipt.subtotal)),
        (choose(tax_name).format(rate=receipt.tax_rate), show(receipt.tax)),
    ]
    if receipt.total is not None:
        sums.append((choose("total"), purse.printed(receipt.total)))
    if receipt.tendered is None:
        paid = [(choose("card"), show(receipt.total if receipt.total is not None else receipt.tax))]
    else:
        paid = [
            (choose("cash"), show(receipt.tendered)),
            (choose("change"), show(receipt.change)),
        ]
    items = tuple((name, purse.bare(price)) for name, price in receipt.items)
    blocks: tuple[Block, ...] = (
        *head,
        Gap(0.5),
        Pairs(facts, "colon"),
        Ruling(),
        Table((), items, "lr", _SHARES, "none"),
        Ruling(),
        Table((), tuple(sums), "lr", _SHARES, "none"),
        Gap(0.5),
        Table((), tuple(paid) if receipt.total is not None else (), "lr", _SHARES, "none"),
        Gap(),
        Text(choose("greetings"), align="center"),
    )
    height = 330.0 + 21.0 * len(items)
    style = Style(
        font="Courier" if mono else "Helvetica",
        size=9.5 if mono else 10.0,
        page=(_WIDTH, height),
        margin=16.0,
        accent="#000000",
    )
    return Document(f"Receipt {receipt.number}", blocks, style)
