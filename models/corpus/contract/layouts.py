"""How contracts look: title, recitals, numbered sections, signature blocks."""

from random import Random

from models.corpus.amounts import draw_amount
from models.corpus.content import Block, Document, Gap, Pairs, Scribble, Style, Text, Together
from models.corpus.contract.facts import Contract, Party
from models.corpus.places import read_language


def compose_contract(contract: Contract, random: Random) -> Document:
    """Lay the contract out."""
    language = read_language("contract")
    kind, words = language["kinds"][contract.kind], language["words"]
    locale = contract.locale
    roles = dict(zip("AB", kind["roles"], strict=True))
    names = {"a": contract.parties[0].company.name, "b": contract.parties[1].company.name}

    def write(text: str, **more: str) -> str:
        amount = locale.purse.printed(draw_amount(random, 500, 90_000))
        return text.format(**roles, **names, amount=amount, **more)

    sections: list[tuple[str, list[str]]] = [
        (name, language["specific"][name]) for name in kind["clauses"]
    ]
    sections += [(name, language["general"][name]) for name in contract.topics]
    sections.insert(1, ("term", [random.choice(words["term"])]))
    if contract.law:
        sections.append(("governing law", [random.choice(words["governing_law"])]))
    more = {"date": locale.day(contract.until), "place": contract.law or ""}
    blocks: list[Block] = [
        Text(kind["title"], size="title", bold=True, align="center"),
        Gap(),
        Text(write(random.choice(words["opening"]), date=locale.day(contract.effective))),
        Gap(0.5),
    ]
    blocks += [Text(write(f"WHEREAS, {text}")) for text in kind["recitals"]]
    blocks += [Gap(0.5), Text(write(random.choice(words["consideration"]))), Gap()]
    for number, (name, sentences) in enumerate(sections, start=1):
        heading = Text(f"{number}. {name.capitalize()}", bold=True)
        if contract.thorough:
            blocks += [heading, Gap(0.6)]
            for part, sentence in enumerate(sentences, start=1):
                blocks += [Text(f"{number}.{part} {write(sentence, **more)}"), Gap(1.6)]
        else:
            text = Text(" ".join(write(sentence, **more) for sentence in sentences))
            blocks.append(Together((heading, text)))
        blocks.append(Gap(0.6))
    blocks += [Gap(), Text(write(random.choice(words["witness"]))), Gap()]
    for party, role in zip(contract.parties, kind["roles"], strict=True):
        blocks.append(Together(_signature_block(contract, party, role)))
    style = Style(
        font=random.choice(("Times", "Times", "Helvetica")),
        size=13.0 if contract.thorough else random.choice((10.0, 10.5, 11.0)),
        leading=2.45 if contract.thorough else 1.3,
        page=locale.page,
        margin=72.0,
        accent="#000000",
        footer=kind["title"].title(),
        numbered=True,
    )
    return Document(kind["title"].title(), tuple(blocks), style)


def _signature_block(contract: Contract, party: Party, role: str) -> tuple[Block, ...]:
    name = party.signatory.name
    date = contract.locale.day(party.signed)
    return (
        Text(f"{role.upper()}: {party.company.name}", bold=True),
        Scribble("Signature:", name if party.signs else None),
        Pairs((("Name", name), ("Title", party.title), ("Date", date)), "colon"),
        Gap(),
    )
