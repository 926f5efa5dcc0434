"""Words that business documents label their values with, in several languages."""

from __future__ import annotations

import re


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Lines of totals begin with one of these.
SUMMARY = re.compile(
    r"^(?:sub[- ]?total|(?:grand |net |gross |invoice |order |factuur )?total|totals|balance|"
    r"amount|net|gross|tax|sales tax|vat|gst|hst|pst|tip|gratuity|shipping|delivery|freight|"
    r"handling|discount|service (?:fee|charge)|rounding|change|cash|paid|payment|deposit|due|"
    r"opening|closing|beginning|ending|previous|new|tendered|"
    r"summe|gesamt\w*|zwischensumme|netto\w*|brutto\w*|mwst|ust|umsatzsteuer|rechnungsbetrag|"
    r"zahlbetrag|endbetrag|"
    r"total ht|total ttc|montant|tva|sous-total|solde|somme|"
    r"subtotaal|totaal|exclusief|inclusief|btw|"
    r"importe|base imponible|iva|totale|imponibile|saldo)\b",
    re.IGNORECASE,
)

MONTHS = (
    "jan",
    "feb",
    "mar",
    "mär",
    "apr",
    "may",
    "mai",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "okt",
    "nov",
    "dec",
    "dez",
)

# They end in a full stop without ending a sentence.
ABBREVIATIONS = _list("""
    no. nr. num. tel. ph. ref. acct. acc. incl. excl. exp. qty. amt. dept. cust. id. p.o.
""")

# They usually belong to the word of the label that follows: "zip code", "due date".
MODIFIERS = _list("""
    account billing birth bill card city client company contact contract customer delivery
    document due effective email employee employer expiration expiry first full given
    invoice issue issued last mailing marital middle order passport payment phone place
    policy postal purchase reference route sales service ship social statement street tax
    tel vat zip
""")

# They usually are the last of a label: "invoice no.", "account".
ENDINGS = _list("""
    # no no. nr nr. num number id code date iban bic swift tel tel. phone fax telephone
    mobile account acc acct acc. acct. ref ref. reference po ssn ein tin vat bsb routing zip
""")

# They occur in labels, in whatever place.
NAMES = _list("""
    address amount authority balance country currency description designation dob gender
    given height holder issued item nationality name names occupation page particulars phone
    price qty quantity rate relationship role section sex signature state surname terms
    title town type until valid wages weight year datum nummer betrag menge preis anzahl
    name vorname anschrift kunde rechnung steuer ort numéro montant client adresse nom
    prénom date buyer from merchant payee payer recipient seller sender sold supplier to
    vendor verkäufer lieferant käufer empfänger fournisseur vendeur acheteur destinataire
    proveedor vendedor comprador emisor titulaire compte période devise naissance
    nationalité prénoms sexe expiration délivrance kontoinhaber inhaber konto währung
    zeitraum geburtsdatum geburtsort staatsangehörigkeit nachname vornamen geschlecht ablauf
    gültig ausstellung titular cuenta periodo divisa moneda apellidos nombres nacionalidad
    nacimiento caducidad fecha importe cliente número nombre klant order factuur vervaldatum
""")

# They head the columns of tables.
HEADER_WORDS = _list("""
    amount balance category cost credit date debit description details hours item name no
    number particulars price product qty quantity rate service sku subtotal tax total type
    unit value vat withdrawals deposits artikel menge preis betrag datum beschreibung
""")
