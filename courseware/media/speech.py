"""A formula as words, for a reader who listens: what a teacher says who reads it aloud.

    words(mathml, "en") -> "V equals the fraction with numerator N p and denominator q, end fraction"

The wording follows the ClearSpeak rules of the Speech Rule Engine: what is short is said short
("c over g", "x squared", "y sub i"), what is long says where it ends. No library on the Python
index does this and is kept up, so this does what TeX in a text can say: signs, fractions, roots,
indices, bounds, accents, matrices, lines. The words stand behind the language's others, in the second part of its file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from courseware.language.catalogue import spoken_of

GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
BRACES = frozenset("⏞⏟⎴⎵")
POWERS = {"2": "squared", "3": "cubed", "⊤": "transposed", "*": "starred", "∗": "starred"}
OPEN = frozenset("([{|‖⟨")
_COMMAS = re.compile(r"\s*([,،、，])(?:\s*[,،、，])*")


@cache
def voice(language: str) -> Voice | None:
    """Return what says formulas in a language; None where it has no words for them."""
    said = spoken_of(language)
    return Voice(said) if said else None


def words(node: Element, language: str) -> str:
    """Return a MathML element as words of a language, on one line; "" where it has none."""
    speaker = voice(language)
    return (
        _COMMAS.sub(r"\1", " ".join(speaker.said(node).split())).strip(" ,،、，") if speaker else ""
    )


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _short(node: Element) -> bool:
    """Whether an element is one sign, name or number, so that it needs no end."""
    while _tag(node) in ("mrow", "mstyle") and len(node) == 1:
        node = node[0]
    return not len(node)


def _made(tag: str, *nodes: Element) -> Element:
    made = Element(tag)
    made.extend(nodes)
    return made


class Voice:
    """What says formulas in one language."""

    def __init__(self, said: dict[str, Any]) -> None:
        """Take the language's words: its signs, names and sentences."""
        self._sentences = said
        self._signs, self._accents = (
            {str(sign): str(word) for word, signs in said[name].items() for sign in signs}
            for name in ("signs", "accents")
        )
        self._bounded: dict[str, str] = said["bounded"]
        self._named: dict[str, str] = {**self._bounded, **said["functions"]}
        self._letters: dict[str, str] = dict(zip(GREEK, said["greek"], strict=True))
        self._english = said is spoken_of("en")

    def said(self, node: Element) -> str:
        """Return an element's words."""
        rule = RULES.get(_tag(node))
        if rule is not None:
            return rule(self, node)
        return self._row(list(node)) if len(node) else self._leaf(node)

    def _say(self, name: str, **holes: object) -> str:
        return str(self._sentences[name].format(**holes))

    def _plain(self, node: Element) -> str:
        """Return an element's characters, letters of other alphabets of signs as plain ones."""
        text = " ".join("".join(node.itertext()).split())
        return text if text in self._signs else unicodedata.normalize("NFKC", text)

    def _leaf(self, node: Element) -> str:
        text = self._plain(node)
        if _tag(node) in ("mtext", "mn", "ms") or (text.isascii() and text.isalpha()):
            return self._named.get(text, text)
        named = self._bounded.get(text) or self._bounded.get(text.replace(" ", ""))
        return named or " ".join(map(self._sign, text))

    def _sign(self, character: str) -> str:
        small = character.lower().replace("ς", "σ")
        if small in self._letters:
            letter = self._letters[small]
            return letter if character != character.upper() else self._say("capital", letter=letter)
        if character in self._signs or character.isascii() or not self._english:
            return self._signs.get(character, character)
        name = unicodedata.name(character, "").lower().removeprefix("combining ")
        return character if "letter" in name else name.replace(" symbol", "")

    def _row(self, nodes: Sequence[Element]) -> str:
        said: list[str] = []
        for at, node in enumerate(nodes):
            before = self._plain(nodes[at - 1]) if at else ""
            inside = node[0] if _tag(node) == "mrow" and len(node) == 1 else node
            fenced = _tag(inside) == "mtable" and before[-1:] in OPEN
            said.append(self._table(inside, "row") if fenced else self.said(node))
        return " ".join(said)

    def _ended(self, node: Element, end: str) -> str:
        said = self.said(node)
        return said if _short(node) else self._say(f"end_{end}", text=said)

    def _fraction(self, node: Element) -> str:
        kind = "over" if all(map(_short, node)) else "fraction"
        kind = "choose" if node.get("linethickness") == "0" else kind
        return self._say(kind, over=self.said(node[0]), under=self.said(node[1]))

    def _sub(self, node: Element) -> str:
        base, index = node
        if self._is_bounded(base):
            name = "as_goes" if self._plain(base) == "lim" else "of_all"
            return self._say(name, what=self.said(base), low=self.said(index))
        return self._say("sub", base=self.said(base), index=self._ended(index, "sub"))

    def _power(self, node: Element) -> str:
        base, index = node
        exponent, said = self._plain(index), self.said(base)
        if set(exponent) <= set("′″'") or exponent in ("°", "%", "!"):
            return f"{said} {self.said(index)}"
        if exponent in POWERS:
            return self._say(POWERS[exponent], base=said)
        return self._say("power", base=said, index=self._ended(index, "power"))

    def _both(self, node: Element) -> str:
        base, low, high = node
        if self._is_bounded(base):
            holes = {"what": self.said(base), "low": self.said(low), "high": self.said(high)}
            return self._say("from_to", **holes)
        return self._power(_made("msup", _made("msub", base, low), high))

    def _is_bounded(self, base: Element) -> bool:
        return self._plain(base).replace(" ", "") in self._bounded

    def _root(self, node: Element) -> str:
        return self._say("root", inside=self._ended(_made("mrow", *node), "root"))

    def _other_root(self, node: Element) -> str:
        inside, index = node
        said = self._ended(inside, "root")
        if self._plain(index) == "3":
            return self._say("cube_root", inside=said)
        return self._say("other_root", order=self.said(index), inside=said)

    def _marked(self, node: Element) -> str:
        base, mark = node
        sign = self._plain(mark).strip() or "".join(mark.itertext()).strip()
        if sign in BRACES:
            return self.said(base)
        if sign in self._accents:
            name = "mark" if _short(base) else "mark_over"
            return self._say(name, mark=self._accents[sign], base=self._ended(base, "over"))
        if self._is_bounded(base):
            return self._sub(node)
        if len(base) == 2 and self._plain(base[1]) in BRACES:
            return self._say("labelled", base=self.said(base), mark=self.said(mark))
        where = "above" if _tag(node) == "mover" else "below"
        return self._say(where, base=self.said(base), mark=self._ended(mark, where))

    def _under_and_over(self, node: Element) -> str:
        if self._is_bounded(node[0]):
            return self._both(node)
        base, low, high = map(self.said, node)
        return self._say("both", base=base, low=low, high=high)

    def _table(self, table: Element, name: str = "line") -> str:
        comma = f"{self._signs[',']} "
        cells = comma if name == "row" else " "
        said = [cells.join(self._row(list(cell)) for cell in row) for row in table]
        if len(said) == 1:
            return said[0]
        return comma.join(self._say(name, n=n, text=one) for n, one in enumerate(said, 1)) + comma

    def _silent(self, node: Element) -> str:
        return ""


RULES: dict[str, Callable[[Voice, Element], str]] = {
    "mfrac": Voice._fraction, "msub": Voice._sub, "msup": Voice._power, "msubsup": Voice._both,
    "msqrt": Voice._root, "mroot": Voice._other_root, "mover": Voice._marked, "munder": Voice._marked,
    "munderover": Voice._under_and_over, "mtable": Voice._table, "mphantom": Voice._silent, "mspace": Voice._silent,
}  # fmt: skip
"""How the elements of MathML with a meaning of their own are said; others are rows of parts."""
