"""Documents of every class: complete ones, scans, planted defects, strangers, long ones."""

from models.corpus.bank_statement import compose_statement, draw_statement
from models.corpus.classes import KINDS
from models.corpus.contract import compose_contract, draw_contract
from models.corpus.damage import write_blank_scan
from models.corpus.demo.collection import Collection
from models.corpus.genre import read_genres
from models.corpus.scanning import ScanFormat
from models.corpus.writing import write_document

_SCANS: tuple[tuple[str, ScanFormat, float], ...] = (
    ("invoice", "png", 0.8),
    ("invoice", "pdf", -1.2),
    ("receipt", "jpeg", -0.6),
    ("bank_statement", "pdf", 0.5),
    ("tax_form", "png", 0.7),
    ("id_document", "png", 0.0),
    ("contract", "tiff", -0.7),
    ("form", "jpeg", 1.1),
    ("resume", "png", 0.9),
)
_SCANNED_DEFECTS = (("invoice", "total_off_by_100"), ("receipt", "dated_2099"))
_DEFECTS = {
    "invoice": (
        "total_off_by_100",
        "iban_digit_flipped",
        "dated_2099",
        "dated_31_february",
        "due_before_date",
        "number_missing",
        "line_amount_wrong",
        "vat_number_digit_flipped",
    ),
    "receipt": ("total_off_by_10", "change_wrong", "item_price_wrong"),
    "bank_statement": ("closing_off_by_100", "running_balance_wrong", "movement_outside_period"),
    "tax_form": ("ssn_never_issued", "withheld_more_than_wages", "social_security_tax_wrong"),
    "id_document": ("expired", "mrz_check_digit_wrong", "mrz_number_differs"),
    "contract": ("signature_missing", "ends_before_it_begins", "law_missing"),
    "form": ("unsigned", "address_empty", "consent_not_given", "email_malformed"),
    "resume": ("period_reversed", "contact_missing"),
}
_OTHERS = ("business letter", "menu", "newspaper", "manual", "recipe", "meeting minutes")


def add_passing(collection: Collection) -> None:
    """Two complete documents of each class."""
    for label, kind in KINDS.items():
        for number in (1, 2):
            document = kind.make(collection.draw("pass", label, number))
            why = f"a complete {label.replace('_', ' ')}"
            collection.add_pdf(f"{label}-{number}.pdf", document, label=label, why=why)


def add_scans(collection: Collection) -> None:
    """A complete document of each class, scanned, in each of the formats."""
    for number, (label, form, skew) in enumerate(_SCANS, start=1):
        document = KINDS[label].make(collection.draw("scan", label, number))
        why = f"a complete {label.replace('_', ' ')}, scanned to {form.upper()}"
        stem = f"scan-{number}-{label}"
        collection.add_scan(stem, document, form, skew, label=label, why=why)


def add_defects(collection: Collection) -> None:
    """Documents with one defect each, most of them as PDFs, some scanned."""
    for label, names in _DEFECTS.items():
        for name in names:
            document, defect = KINDS[label].spoil(collection.draw(label, name), name)
            collection.add_pdf(
                f"{label}-{name.replace('_', '-')}.pdf",
                document,
                label=label,
                route=defect.route,
                reasons=defect.reasons,
                why=defect.why,
            )
    for label, name in _SCANNED_DEFECTS:
        document, defect = KINDS[label].spoil(collection.draw("scanned", label, name), name)
        collection.add_scan(
            f"scan-{label}-{name.replace('_', '-')}",
            document,
            "png",
            0.6,
            label=label,
            route=defect.route,
            reasons=defect.reasons,
            why=f"{defect.why}, on a scan",
        )


def add_others(collection: Collection) -> None:
    """Documents of no class that the pipeline knows, and an empty sheet."""
    genres = {genre.name: genre for genre in read_genres("other")}
    for name in _OTHERS:
        collection.add_pdf(
            f"other-{name.replace(' ', '-')}.pdf",
            write_document(genres[name], collection.draw("other", name)),
            label="other",
            route="hold",
            reasons=("unknown_class",),
            why=f"a {name}: no class that the pipeline knows",
        )
    collection.add_scan(
        "scan-other-newspaper",
        write_document(genres["newspaper"], collection.draw("other", "scan")),
        "png",
        -0.9,
        label="other",
        route="hold",
        reasons=("unknown_class",),
        why="a newspaper page, scanned: no class that the pipeline knows",
    )
    collection.add(
        "scan-blank.png",
        write_blank_scan(),
        route="hold",
        reasons=("no_text",),
        why="an empty sheet, scanned: nothing to read",
        kind="scan",
        pages=1,
    )


def add_long_documents(collection: Collection) -> None:
    """Complete documents of many pages."""
    random = collection.draw("long contract")
    contract = compose_contract(draw_contract(random, thorough=True), random)
    why = "a complete contract of twelve pages"
    collection.add_pdf("contract-long.pdf", contract, label="contract", why=why)
    random = collection.draw("long statement")
    statement = compose_statement(draw_statement(random, 84), random)
    why = "a complete bank statement whose table runs over three pages"
    collection.add_pdf("bank_statement-long.pdf", statement, label="bank_statement", why=why)
    random = collection.draw("scanned statement")
    statement = compose_statement(draw_statement(random, 44), random)
    why = "a complete bank statement of two pages, scanned to PDF"
    stem = "scan-bank_statement-long"
    collection.add_scan(stem, statement, "pdf", -0.4, label="bank_statement", why=why)
