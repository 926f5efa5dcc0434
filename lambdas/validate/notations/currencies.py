"""Currencies as documents write them: ISO 4217 codes, signs and names."""

import re
import unicodedata

_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
ISO_CODES = frozenset(_CODES.split())

_SIGNS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "円": "JPY",
    "₹": "INR",
    "Rs.": "INR",
    "Rs": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "₴": "UAH",
    "฿": "THB",
    "₱": "PHP",
    "₦": "NGN",
    "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF",
    "SFr.": "CHF",
    "kr": "SEK",
}
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "us dollar": "USD",
    "us dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "sterling": "GBP",
    "yen": "JPY",
    "swiss franc": "CHF",
    "swiss francs": "CHF",
    "franken": "CHF",
    "rupee": "INR",
    "rupees": "INR",
    "zloty": "PLN",
}

PATTERN = "|".join(
    [re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)]
    + [r"(?<![A-Za-z])(?:[A-Z]{3}|EUROS?|[Ee]uros?)(?![A-Za-z-])"]
)
"""A currency beside an amount; three capitals may be a code that no currency has."""


def resolve_currency(text: str) -> str | None:
    """The ISO code that a sign, a code or a name stands for; None for an unknown one."""
    text = unicodedata.normalize("NFKC", text).strip(" :()[]")
    if text in _SIGNS:
        return _SIGNS[text]
    if text.upper() in ISO_CODES:
        return text.upper()
    if text.casefold() in _NAMES:
        return _NAMES[text.casefold()]
    for word in re.findall(r"\b[A-Z]{3}\b", text):
        if word in ISO_CODES:
            return str(word)
    return next(
        (code for sign, code in _SIGNS.items() if not sign.isalpha() and sign in text), None
    )
