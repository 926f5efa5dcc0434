"""What can be wrong with a form."""

from dataclasses import replace

from models.corpus.days import Day
from models.corpus.defects import Defect
from models.corpus.form.facts import Form

DEFECTS: tuple[Defect[Form], ...] = (
    Defect(
        "unsigned",
        "hold",
        ("form.signature_present",),
        "nobody signed",
        lambda form: replace(form, signed=False),
    ),
    Defect(
        "address_empty",
        "hold",
        ("form.required_fields_filled",),
        "the address is required and was left empty",
        lambda form: replace(form, address=""),
    ),
    Defect(
        "email_malformed",
        "hold",
        ("form.contact_valid",),
        "the e-mail address has no domain",
        lambda form: replace(form, email=form.email.split("@")[0] + "@"),
    ),
    Defect(
        "consent_not_given",
        "hold",
        ("form.consent_given",),
        "the box for consent is not ticked",
        lambda form: replace(form, consents=False),
    ),
    Defect(
        "dated_2099",
        "reject",
        ("form.date_not_future",),
        "the form is dated 2099",
        lambda form: replace(form, date=Day(2099, 3, 14)),
    ),
)
