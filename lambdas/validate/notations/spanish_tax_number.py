"""Spain's tax numbers: NIF of persons (DNI, NIE, K, L, M) and of organisations (CIF)."""

_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CONTROL = "JABCDEFGHI"


def is_valid(number: str) -> bool:
    """Whether nine characters without the prefix ES carry a right control character."""
    first, body, control = number[0], number[1:8], number[8]
    if first.isdigit():
        return _LETTERS[int(number[:8]) % 23] == control
    if first in "XYZ":
        return _LETTERS[int(f"{'XYZ'.index(first)}{body}") % 23] == control
    if first in "KLM":
        return _LETTERS[int(body) % 23] == control
    if first in "ABCDEFGHJNPQRSUVW":
        return control in _organisation_controls(first, body)
    return False


def _organisation_controls(kind: str, body: str) -> str:
    doubled = sum(sum(divmod(2 * int(char), 10)) for char in body[::2])
    digit = (10 - (doubled + sum(int(char) for char in body[1::2])) % 10) % 10
    if kind in "ABEH":
        return str(digit)
    if kind in "NPQRSW":
        return _CONTROL[digit]
    return f"{digit}{_CONTROL[digit]}"
