"""How forms look: labels with colons, or ruled boxes; statements to tick; a signature."""

from random import Random

from models.corpus.content import (
    Block,
    Boxes,
    Checkboxes,
    Document,
    Gap,
    Pairs,
    Ruling,
    Scribble,
    Style,
    Text,
)
from models.corpus.form.facts import Form
from models.corpus.places import read_language


def compose_form(form: Form, random: Random) -> Document:
    """Lay the form out."""
    language = read_language("form")
    kind, words = language["kinds"][form.kind], language["words"]

    def choose(name: str) -> str:
        chosen: str = random.choice(words[name])
        return chosen

    day = form.locale.day
    person = (
        (choose("name"), form.applicant.name),
        (choose("born"), day(form.born)),
        (random.choice(words["address"]) if form.address else words["address"][0], form.address),
        (choose("email"), form.email),
        (choose("phone"), form.applicant.phone),
    )
    boxed = random.random() < 0.4
    personal: Block = (
        Boxes((person[:2], person[2:3], person[3:])) if boxed else Pairs(person, "colon")
    )
    answers: Block = (
        Boxes(tuple((row,) for row in form.answers)) if boxed else Pairs(form.answers, "colon")
    )
    blocks: tuple[Block, ...] = (
        Text(kind["title"], size="title", bold=True, align="center"),
        Gap(0.5),
        Text(choose("instructions"), align="center"),
        Ruling(),
        Gap(),
        Text("Personal details", size="large", bold=True),
        Gap(0.3),
        personal,
        Gap(),
        Text(kind["section"], size="large", bold=True),
        Gap(0.3),
        answers,
        Gap(),
        Checkboxes(((choose("consent"), form.consents),)),
        Gap(),
        Text(choose("declaration")),
        Gap(),
        Scribble(f"{choose('signature')}:", form.applicant.name if form.signed else None),
        Gap(0.5),
        Pairs(((choose("date"), day(form.date)),), "colon"),
    )
    style = Style(
        font=random.choice(("Helvetica", "Helvetica", "Times")),
        size=random.choice((10.5, 11.0)),
        page=form.locale.page,
        accent=random.choice(("#000000", "#123a6b")),
    )
    return Document(kind["title"].title(), blocks, style)
