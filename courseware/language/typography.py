"""Signs as a language prints them: quotation marks, apostrophes, dashes, the spaces of French.

    rewritten(pieces, language) -> pieces

An author writes `"`, `'`, `-` and plain spaces; print has the signs of CLDR's `quotationStart` and its
like, and spaces that do not break. What is no prose stays as it is: addresses, what looks like code,
feet and inches, telephone numbers, and every mark that has no partner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from courseware.language.twins import UNSPACED

KEPT = "\ufffc"
"""A piece that stands for what is no text: code, a formula, a picture."""
NARROW, FIXED = "\u202f", "\u00a0"
"""Spaces that do not break a line: a narrow one, and one as wide as others."""
_ENGLISH, _GERMAN, _ANGLED, _SPACED = "“”‘’", "„“‚‘", "«»“”", f"«{NARROW}|{NARROW}»|“|”"
_QUOTES = {
    **dict.fromkeys(("en", "pt", "zh", "ko", "hi", "tr", "th", "vi", "id", "ms"), _ENGLISH),
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "et"), _GERMAN),
    **dict.fromkeys(("es", "it", "ca", "el", "ar", "fa", "pt-PT", "pt-AO", "pt-MZ"), _ANGLED),
    **dict.fromkeys(("ru", "uk", "be"), "«»„“"), "fr": _SPACED,
    "de-CH": "«»‹›", "de-LI": "«»‹›", "fr-CH": f"«{NARROW}|{NARROW}»|‹|›", "it-CH": "«»‹›",
    "es-MX": _ENGLISH, "es-US": _ENGLISH, "es-AR": "“”‘’", "zh-Hant": "「」『』", "zh-TW": "「」『』",
    "zh-HK": "「」『』", "ja": "「」『』", "he": "””’’", "nl": "‘’“”", "pl": "„”«»", "hu": "„”»«", "ro": "„”«»",
    "hr": "„”‘’", "sr": "„“‘’", "da": "“”‘’", "nb": "«»‘’", "no": "«»‘’", "nn": "«»‘’", "sv": "””’’", "fi": "””’’",
}  # fmt: skip
"""The marks of a language: around what is said, and around what is said in it."""
_SPARING = frozenset({"fr-CA"})
"""French that has no space before `;`, `!` and `?`."""
_STRAIGHT = re.compile(r"[\"'-]")
_FRENCH = re.compile(r"[\"'\-;:!?«»]")
_UNTOUCHED = re.compile(
    r"\S*(?:://|@|www\.|[=<>{}\\`]|\w\.\w+/|(?<!\S)[/~.]+\w)\S*|(?<![^\s(\[])--?\w[\w-]*(?:[= ]\"[^\"]*\")?"
)
"""A word that is an address, a path or code."""
_EASTERN = "\u3001-\u30ff\u3400-\u9fff\uff01-\uff1f"
_QUOTED_ADDRESS = re.compile(
    rf"(?<![^\s(\[{_EASTERN}])(?P<mark>[\"'])(?P<inner>(?:\w+://|www\.)[^\s\"']*)(?P=mark)(?![^\s.,:;!?)\]{_EASTERN}])"
)
"""An address with its quotation marks, which are a language's like others."""
_TAG = r"<[/!]?[A-Za-z][^<>\n]{0,80}>"
TAGS = rf"(?:<([A-Za-z]\w*)[^<>]*>(?:(?=\S)[^<>]{{1,60}}(?<=\S))?</\1>|{_TAG})+"
"""The tags of a page's source, which a cue may have of code, with the words between two of them."""
_QUOTED = re.compile(r"(?<=[\"”’»«“]) (?=[(\[])")
_OPENS = re.compile(r"[\s(\[{<–—/\-\u00a1\u00bf“„«‘‚‹「『]")
_NUMBER = r"\d{1,4}(?:[.,:]\d{1,3})?"
_RANGE = re.compile(
    rf"(?<![\w.,:/+#–-])(?P<low>{_NUMBER})(?P<sign> ?[%°€$£]?)(?P<dash>-)(?P<high>{_NUMBER})(?![\w/:–-]|[.,]\d)"
)
_DASH = re.compile(
    r"(?<=[^\s\d] )(?P<dash>-{1,3})(?= \S)|(?<=\d )(?P<long>--|-(?= [^\W\d]{2}))(?= \S)"
)
_DECADE = re.compile(r"(?<!\w)'\d\d")
_LETTERS = re.compile(r"(?<!\w)\w -{1,3} \w(?!\w)")
_JOINED = re.compile(r"(?<=\w)---?(?=\w)")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:°[CF]?|[%‰€£$]|[kmµcd]?[glmLN]|[kMm]?[WVA]|kWh|k?Pa|hPa|k?J|[kMGT]?i?B|[kMG]?Hz|ms|µs|nm|dB|px|dpi)(?![\w^*]))"
)
"""The space between a number and its unit: no line ends there."""


def with_ends(text: str) -> str:
    """Return a text with a mark where its line may end, between a quotation and a bracket, and an engine ends none.

    Rule LB15 of UAX #14 forbids it before Unicode 15.1; Pango goes by that, office programs do not.
    """
    return _QUOTED.sub(" \u200b", text)


def rewritten(pieces: Sequence[str], language: str) -> list[str]:
    """Return the pieces of a line of text with a language's signs; as they are where it is not known.

    They are read as one text, as bold words stand among others; `KEPT` stands for what is no text.
    """
    text = "".join(pieces)
    french = language.split("-")[0] == "fr"
    changes = {found.start(): FIXED for found in _UNIT.finditer(text)}
    marks = _marks(language) if (_FRENCH if french else _STRAIGHT).search(text) else None
    if not changes and not marks:
        return list(pieces)
    kept = {at for found in _UNTOUCHED.finditer(text) for at in range(*found.span())}
    shown = text
    for found in _QUOTED_ADDRESS.finditer(text):
        first, last = found.span("inner")
        shown = shown[:first] + "." * (last - first) + shown[last:]
        kept -= {first - 1, last}
    if marks:
        changes |= _dashes(text) | _quotes(shown, marks, language)
    if marks and french:
        changes |= _spaces(text, changes, language in _SPARING)
    signs = [sign if at in kept else changes.get(at, sign) for at, sign in enumerate(text)]
    ends = _ends(pieces)
    return ["".join(signs[first:last]) for first, last in ends]


def _ends(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        yield at, at + len(piece)
        at += len(piece)


def _marks(language: str) -> tuple[str, str, str, str] | None:
    """Return the four marks of a language, of its region or script before those of itself."""
    parts = language.split("-")
    names = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    names[1:1] = [f"{parts[0]}-{part}" for part in parts[1:]]
    found = next((_QUOTES[name] for name in names if name in _QUOTES), "")
    if not found:
        return None
    first, second, third, fourth = found.split("|") if "|" in found else list(found)
    return first, second, third, fourth


def _quotes(text: str, marks: tuple[str, ...], language: str) -> dict[int, str]:
    """Return what becomes of straight quotation marks and apostrophes, by their places."""
    found: dict[int, str] = {}
    open_: dict[str, list[int]] = {'"': [], "'": []}
    hebrew = language.split("-")[0] == "he"
    for at, sign in enumerate(text):
        if sign not in open_:
            continue
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        inside = before.isalpha() and after.isalpha()
        pair = marks[:2] if sign == '"' else marks[2:]
        if hebrew and inside and "\u05d0" <= before <= "\u05ea":
            found[at] = "״" if sign == '"' else "׳"
        elif sign == "'" and (
            inside or _DECADE.match(text, at) or (before.isdigit() and after.isalpha())
        ):
            found[at] = "’"
        elif UNSPACED.match(before):
            open_[sign].append(at)
            if len(open_[sign]) > 1:
                first, last = open_[sign][-2:]
                found[first], found[last] = pair
                del open_[sign][-2:]
        elif (_OPENS.match(before) or before in open_) and not after.isspace():
            open_[sign].append(at)
        elif open_[sign]:
            found[open_[sign].pop()], found[at] = pair
        elif sign == "'" and before.isalpha():
            found[at] = "’"
    for at in open_["'"]:  # ’tis, the ’90s: nothing closes it
        if text[at + 1 : at + 2].isalnum():
            found[at] = "’"
    return found


def _dashes(text: str) -> dict[int, str]:
    """Return what becomes of hyphens: dashes between the ends of a range, and around a thought."""
    found: dict[int, str] = {}
    for hit in _RANGE.finditer(text):
        low, high = (float(re.sub(r"[,:]", ".", hit[name])) for name in ("low", "high"))
        long = len(hit["high"]) > 3 and hit["high"].isdigit() and len(hit["low"]) < 4
        if low < high and not long:
            found[hit.start("dash")] = "–"
    for hit in (*_DASH.finditer(text), *_JOINED.finditer(text)):
        if _LETTERS.search(text[max(hit.start() - 3, 0) : hit.end() + 3]):
            continue  # x - y
        long_ = len(hit[0]) == 3 or hit.re is _JOINED
        found[hit.start()] = "—" if long_ else "–"
        found.update(dict.fromkeys(range(hit.start() + 1, hit.end()), ""))
    return found


def _spaces(text: str, changes: dict[int, str], sparing: bool) -> dict[int, str]:
    """Return the spaces of French before `;`, `:`, `!`, `?` and inside of its quotation marks."""
    found: dict[int, str] = {}
    for at, sign in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        space = FIXED if sign == ":" else NARROW
        ends = not after or after.isspace() or after in ")]»”*_.…!?\"'" + KEPT
        if sign in ";:!?" and not (sparing and sign != ":") and ends:
            if before == " " and text[at - 2 : at - 1].strip():
                found[at - 1] = space
            elif before.isalnum() or (before and before in ")]»”%…\"'’" + KEPT):
                found[at] = space + sign
        elif sign == "«" and after.strip() and after not in (NARROW, FIXED):
            found[at] = sign + NARROW
        elif sign == "«" and after == " ":
            found[at + 1] = NARROW
        elif sign == "»" and before.strip() and before not in (NARROW, FIXED):
            found[at] = NARROW + sign
        elif sign == "»" and before == " ":
            found[at - 1] = NARROW
    return found
