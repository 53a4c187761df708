"""A formula as words, for a reader who listens: what a teacher says who reads it aloud.

    words(mathml) -> "V equals the fraction with numerator N p and denominator q, end fraction"

The wording follows the ClearSpeak rules of the Speech Rule Engine: what is short is said short
("c over g", "x squared", "y sub i"), what is long says where it ends. No library on the Python
index does this and is kept up, so this does what TeX in a text can say: signs, fractions, roots,
indices, bounds, accents, matrices, lines. The words are English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus",
    "=": "equals", "≠": "is not equal to", "≈": "is about", "≡": "is identical to",
    "∼": "is like", "~": "is like", "∝": "is proportional to",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "⩽": "is at most",
    "≥": "is at least", "⩾": "is at least", "≪": "is much less than", "≫": "is much greater than",
    "·": "times", "⋅": "times", "×": "times", "*": "times", "∗": "star", "÷": "divided by",
    "/": "over", "∕": "over", "%": "percent", "!": "factorial", "|": "bar", "∣": "bar",
    "‖": "double bar", "∥": "double bar", ":": "colon", ";": ",", ",": ",", ".": "point",
    "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket",
    "{": "open brace", "}": "close brace", "⟨": "open angle", "⟩": "close angle",
    "⌊": "floor of", "⌋": "end floor", "⌈": "ceiling of", "⌉": "end ceiling",
    "→": "goes to", "⟶": "goes to", "↦": "maps to", "⇒": "implies", "⟹": "implies",
    "⇔": "if and only if", "⟺": "if and only if", "←": "comes from",
    "∈": "in", "∉": "not in", "∋": "contains", "⊂": "is a subset of", "⊆": "is a subset of",
    "∪": "union", "∩": "intersection", "∖": "without", "∅": "the empty set",
    "∧": "and", "∨": "or", "¬": "not", "∀": "for all", "∃": "there is",
    "∞": "infinity", "∂": "partial", "∇": "nabla", "∘": "after", "°": "degrees",
    "…": "and so on", "⋯": "and so on", "⋮": "and so on", "⋱": "and so on",
    "′": "prime", "″": "double prime", "'": "prime", "&": "and",
    "ℝ": "the real numbers", "ℕ": "the natural numbers", "ℤ": "the integers",
    "ℚ": "the rational numbers", "ℂ": "the complex numbers", "𝔼": "the expectation", "ℓ": "ell",
}  # fmt: skip
"""What a sign is called; one that is not here is called by its name in Unicode."""
NAMED = {
    "∑": "the sum", "∏": "the product", "∫": "the integral", "∬": "the double integral",
    "∮": "the contour integral", "⋃": "the union", "⋂": "the intersection", "lim": "the limit",
    "max": "the maximum", "min": "the minimum", "sup": "the supremum", "inf": "the infimum",
    "argmax": "the argument of the maximum", "argmin": "the argument of the minimum",
}  # fmt: skip
"""What takes bounds: "the sum from i equals 1 to n of"."""
FUNCTIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "log": "log", "ln": "natural log",
    "exp": "exponential", "det": "determinant", "Pr": "probability",
}  # fmt: skip
ACCENTS = {
    "^": "hat", "\u0302": "hat", "ˆ": "hat", "~": "tilde", "\u0303": "tilde", "˜": "tilde",
    "¯": "bar", "―": "bar", "‾": "bar", "\u0304": "bar", "_": "bar", "→": "arrow", "\u20d7": "arrow",
    "˙": "dot", "\u0307": "dot", "¨": "double dot", "\u0308": "double dot",
}  # fmt: skip
BRACES = frozenset("⏞⏟⎴⎵")
POWERS = {"2": "squared", "3": "cubed", "⊤": "transposed", "*": "star", "∗": "star"}
OPEN = frozenset("([{|‖⟨")


def words(node: Element) -> str:
    """Return a MathML element as English words, on one line."""
    said = " ".join(_said(node).split())
    while "  " in said or " ," in said or ",," in said:
        said = said.replace(" ,", ",").replace(",,", ",")
    return said.strip(" ,")


def _said(node: Element) -> str:
    rule = RULES.get(_tag(node))
    return rule(node) if rule else _leaf(node) if not len(node) else _row(list(node))


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _plain(node: Element) -> str:
    """Return an element's characters, letters of other alphabets of signs as plain ones."""
    text = " ".join("".join(node.itertext()).split())
    return text if text in SIGNS else unicodedata.normalize("NFKC", text)


def _leaf(node: Element) -> str:
    text = _plain(node)
    if _tag(node) in ("mtext", "mn", "ms") or (text.isascii() and text.isalpha()):
        return FUNCTIONS.get(text, NAMED.get(text, text))
    named = NAMED.get(text) or NAMED.get(text.replace(" ", ""))
    return named or " ".join(_sign(character) for character in text)


def _sign(character: str) -> str:
    if character in SIGNS or character.isascii():
        return SIGNS.get(character, character)
    name = unicodedata.name(character, "").lower()
    for head in ("greek small letter ", "greek capital letter ", "combining "):
        name = name.replace(head, "capital " if "capital" in head else "")
    return character if "letter" in name else name.replace(" symbol", "")


def _row(nodes: Sequence[Element]) -> str:
    said: list[str] = []
    for at, node in enumerate(nodes):
        before = _plain(nodes[at - 1]) if at else ""
        inside = node[0] if _tag(node) == "mrow" and len(node) == 1 else node
        fenced = _tag(inside) == "mtable" and before[-1:] in OPEN
        said.append(_table(inside, "row") if fenced else _said(node))
    return " ".join(said)


def _short(node: Element) -> bool:
    """Whether an element is one sign, name or number, so that it needs no end."""
    while _tag(node) in ("mrow", "mstyle") and len(node) == 1:
        node = node[0]
    return not len(node)


def _ended(node: Element, end: str) -> str:
    return _said(node) if _short(node) else f"{_said(node)}, end {end},"


def _fraction(node: Element) -> str:
    over, under = node
    if node.get("linethickness") == "0":
        return f"{_said(over)} choose {_said(under)}"
    if _short(over) and _short(under):
        return f"{_said(over)} over {_said(under)}"
    return (
        f"the fraction with numerator {_said(over)} and denominator {_said(under)}, end fraction,"
    )


def _sub(node: Element) -> str:
    base, index = node
    if _bounded(base):
        return f"{_said(base)} {_bound(base)} {_said(index)} of"
    return f"{_said(base)} sub {_ended(index, 'sub')}"


def _power(node: Element) -> str:
    base, index = node
    exponent = _plain(index)
    if set(exponent) <= set("′″'") or exponent in ("°", "%", "!"):
        return f"{_said(base)} {_said(index)}"
    return f"{_said(base)} {POWERS.get(exponent) or 'to the power ' + _ended(index, 'power')}"


def _both(node: Element) -> str:
    base, low, high = node
    if _bounded(base):
        return f"{_said(base)} from {_said(low)} to {_said(high)} of"
    return _power(_made("msup", _made("msub", base, low), high))


def _made(tag: str, *nodes: Element) -> Element:
    made = Element(tag)
    made.extend(nodes)
    return made


def _bounded(base: Element) -> bool:
    return _said(base).strip() in NAMED.values()


def _bound(base: Element) -> str:
    return "as" if _said(base).strip() == "the limit" else "over"


def _root(node: Element) -> str:
    return f"the square root of {_ended(_made('mrow', *node), 'root')}"


def _other_root(node: Element) -> str:
    inside, index = node
    cube = _plain(index) == "3"
    name = "the cube root" if cube else f"the root of order {_said(index)}"
    return f"{name} of {_ended(inside, 'root')}"


def _marked(node: Element) -> str:
    base, mark = node
    sign = _plain(mark).strip() or "".join(mark.itertext()).strip()
    if sign in BRACES:
        return _said(base)
    if sign in ACCENTS:
        if _short(base):
            return f"{_said(base)} {ACCENTS[sign]}"
        return f"{ACCENTS[sign]} over {_ended(base, 'over')}"
    if _bounded(base):
        return _sub(node)
    if len(base) == 2 and _plain(base[1]) in BRACES:
        return f"{_said(base)}, labelled {_said(mark)},"
    where = "above" if _tag(node) == "mover" else "below"
    return f"{_said(base)} with {_ended(mark, where)} {where}"


def _under_and_over(node: Element) -> str:
    base, low, high = node
    if _bounded(base):
        return _both(node)
    return f"{_said(base)} with {_said(low)} below and {_said(high)} above"


def _table(table: Element, name: str = "line") -> str:
    cells = ", " if name == "row" else " "
    said = [cells.join(_row(list(cell)) for cell in row) for row in table]
    if len(said) == 1:
        return said[0]
    return ", ".join(f"{name} {n}: {line}" for n, line in enumerate(said, 1)) + ","


def _silent(node: Element) -> str:
    return ""


RULES: dict[str, Callable[[Element], str]] = {
    "mfrac": _fraction, "msub": _sub, "msup": _power, "msubsup": _both, "msqrt": _root,
    "mroot": _other_root, "mover": _marked, "munder": _marked, "munderover": _under_and_over,
    "mtable": _table, "mphantom": _silent, "mspace": _silent,
}  # fmt: skip
"""How the elements of MathML with a meaning of their own are said; others are rows of parts."""
