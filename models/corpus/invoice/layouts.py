"""How invoices look: four layouts, each with the labels of the invoice's language."""

from collections.abc import Callable
from random import Random

from models.corpus.content import (
    Block,
    Boxes,
    Columns,
    Document,
    Gap,
    Pairs,
    Ruling,
    Style,
    Table,
    Text,
    Totals,
)
from models.corpus.invoice.facts import Invoice
from models.corpus.places import Company, read_language

_ACCENTS = ("#1f2a44", "#8a1c1c", "#14532d", "#000000", "#0b4f8a")


class _Labels:
    """One choice of labels for one document."""

    def __init__(self, random: Random, language: str) -> None:
        words = read_language("invoice")[language]
        self.columns: tuple[str, ...] = tuple(random.choice(words["columns"]))
        self._chosen: dict[str, str] = {
            name: random.choice(choices) for name, choices in words.items() if name != "columns"
        }

    def __getitem__(self, name: str) -> str:
        return self._chosen[name]

    def __contains__(self, name: str) -> bool:
        return name in self._chosen


def compose_invoice(invoice: Invoice, random: Random) -> Document:
    """Lay the invoice out in one of the layouts."""
    labels = _Labels(random, invoice.locale.language)
    layout = random.choice(_LAYOUTS)
    style = Style(
        font=random.choice(("Helvetica", "Helvetica", "Times")),
        size=random.choice((9.5, 10.0, 10.5)),
        page=invoice.locale.page,
        accent=random.choice(_ACCENTS),
        footer=f"{invoice.seller.name} - {invoice.seller.website}",
    )
    blocks = layout(invoice, labels, random)
    return Document(title=f"{labels['title']} {invoice.number or ''}", blocks=blocks, style=style)


def _references(invoice: Invoice, labels: _Labels) -> tuple[tuple[str, str], ...]:
    day = invoice.locale.day
    rows = [(labels["number"], invoice.number)] if invoice.number else []
    rows += [(labels["date"], day(invoice.date)), (labels["due"], day(invoice.due))]
    rows.append((labels["order"], invoice.order))
    if invoice.locale.purse.sign == "none" or invoice.currency != invoice.locale.purse.currency:
        rows.append((labels["currency"], invoice.currency))
    return tuple(rows)


def _bank(invoice: Invoice, labels: _Labels) -> tuple[tuple[str, str], ...]:
    rows = [(labels["tax_id"], invoice.tax_id)] if invoice.tax_id else []
    rows += [(labels["iban"], invoice.iban)] if invoice.iban else []
    return tuple((label, value) for label, value in rows if value)


def _party(label: str, company: Company, *, inline: bool) -> tuple[Block, ...]:
    head: tuple[Block, ...] = (
        (Pairs(((label, company.name),), "colon"),)
        if inline
        else (Text(label, bold=True), Text(company.name))
    )
    return (*head, *(Text(line) for line in company.address), Text(company.phone))


def _item_table(invoice: Invoice, labels: _Labels, random: Random) -> Table:
    purse = invoice.locale.purse
    rows = tuple(
        (item.description, str(item.quantity), purse.bare(item.price), purse.bare(item.amount))
        for item in invoice.items
    )
    return Table(
        header=labels.columns,
        rows=rows,
        align="lrrr",
        shares=(0.49, 0.14, 0.18, 0.19),
        ruled=random.choice(("grid", "lines", "none")),
    )


def _totals(invoice: Invoice, labels: _Labels) -> Totals:
    purse = invoice.locale.purse
    known = invoice.currency == purse.currency
    show = purse.printed if known else purse.bare
    tax = "sales_tax" if invoice.tax_id is None and "sales_tax" in labels else "tax"
    return Totals(
        (
            (labels["subtotal"], show(invoice.subtotal)),
            (labels[tax].format(rate=invoice.tax_rate), show(invoice.tax)),
            (labels["total"], show(invoice.total)),
        )
    )


def _closing(invoice: Invoice, labels: _Labels) -> tuple[Block, ...]:
    return (Gap(1.5), Text(labels["terms"].format(seller=invoice.seller.name)))


def _classic(invoice: Invoice, labels: _Labels, random: Random) -> tuple[Block, ...]:
    buyer = _party(labels["buyer"], invoice.buyer, inline=False) if invoice.buyer else ()
    return (
        Text(labels["title"], size="title", bold=True),
        Gap(),
        Columns(
            (
                _party(labels["seller"], invoice.seller, inline=False),
                (Pairs(_references(invoice, labels)),),
            ),
            (0.5, 0.5),
        ),
        Gap(),
        *buyer,
        Gap(1.5),
        _item_table(invoice, labels, random),
        Gap(),
        _totals(invoice, labels),
        Gap(),
        Pairs(_bank(invoice, labels), "colon"),
        *_closing(invoice, labels),
    )


def _letter(invoice: Invoice, labels: _Labels, random: Random) -> tuple[Block, ...]:
    buyer = _party(labels["buyer"], invoice.buyer, inline=True) if invoice.buyer else ()
    return (
        Text(invoice.seller.name, size="large", bold=True, align="center"),
        Text(", ".join(invoice.seller.address), align="center"),
        Text(f"{invoice.seller.phone}  {invoice.seller.email}", align="center"),
        Ruling(),
        Gap(),
        Text(labels["title"], size="title", bold=True),
        Gap(0.5),
        Pairs(((labels["seller"], invoice.seller.name),), "colon"),
        *buyer,
        Gap(),
        Pairs(_references(invoice, labels), "colon"),
        Gap(),
        _item_table(invoice, labels, random),
        Gap(),
        _totals(invoice, labels),
        Gap(),
        Pairs(_bank(invoice, labels)),
        *_closing(invoice, labels),
    )


def _boxed(invoice: Invoice, labels: _Labels, random: Random) -> tuple[Block, ...]:
    buyer = _party(labels["buyer"], invoice.buyer, inline=True) if invoice.buyer else ()
    return (
        Columns(
            (
                (Text(invoice.seller.name, size="large", bold=True),),
                (Text(labels["title"], size="title", bold=True, align="right"),),
            ),
            (0.6, 0.4),
        ),
        Gap(0.5),
        Boxes((_references(invoice, labels),)),
        Gap(),
        Columns((_party(labels["seller"], invoice.seller, inline=True), buyer), (0.5, 0.5)),
        Gap(),
        _item_table(invoice, labels, random),
        Gap(),
        _totals(invoice, labels),
        Gap(),
        Pairs(_bank(invoice, labels), "colon"),
        *_closing(invoice, labels),
    )


def _modern(invoice: Invoice, labels: _Labels, random: Random) -> tuple[Block, ...]:
    buyer = _party(labels["buyer"], invoice.buyer, inline=False) if invoice.buyer else ()
    return (
        Text(f"{labels['title']}", size="title", bold=True, align="right"),
        Pairs(_references(invoice, labels)),
        Gap(),
        Columns((_party(labels["seller"], invoice.seller, inline=False), buyer), (0.5, 0.5)),
        Gap(1.5),
        _item_table(invoice, labels, random),
        Gap(),
        _totals(invoice, labels),
        Gap(2),
        Ruling(),
        Pairs(_bank(invoice, labels), "spread"),
        *_closing(invoice, labels),
    )


_Layout = Callable[[Invoice, _Labels, Random], tuple[Block, ...]]
_LAYOUTS: tuple[_Layout, ...] = (_classic, _letter, _boxed, _modern)
