"""Labels that a text begins with or holds, and where to cut it for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from courseware.language.twins import EAST
from courseware.language.vocabulary import split_emoji
from courseware.model.cutting import part_of, pieces, without_end
from courseware.model.inline import Inline, Mark, Run, Text, words_of
from courseware.reading.markdown.directives import SAID_FOR

MOST_TITLE = 6
"""Words behind the label of a bold line that may be its title's."""
MOST_LABEL = 9
"""Words of a label at most."""
MOST_SIGNED, MOST_HEADED = 3, 5
"""Words of a signature, and of a label that ends like a sentence."""
_PLAIN = re.compile(
    rf"(?P<label>[^:：]{{1,70}}?)\s*(?::(?=\s|$)|(?<=[{EAST}）)]):|：|\s[-–—](?=\s))\s*(?P<rest>.*)"
)
"""A label and its colon, behind letters of the east without a space: "講師:…"."""
_BRACKETED = re.compile(r"[\[(（【〔［〈＜](?P<inside>.*)[\])）】〕］〉＞][.。]?")
_FENCED = re.compile(r"(?P<sign>~|—{1,2}|–{1,2})\s*(?P<inside>[^~—–]+?)\s*(?P=sign)[.。]?")
"""What stands between two waves or dashes: "~ stop the film here ~"."""
_TAGGED = re.compile(
    r"[\[(（【](?P<inside>[^\[\](){}（）【】]*[^\W\d_]{3}[^\[\](){}（）【】:：]*)[:：]?[\])）】]\s+(?P<rest>\S.*)"
)
_IN_TAG = r"[^\[\](){}（）【】〔〕［］〈〉＜＞:：。]{0,20}"
_EAST_TAG = rf"(?P<inside>{_IN_TAG}[{EAST}]{_IN_TAG})[\])）】〕］〉＞]"
_WHOLE_EAST = re.compile(rf"[\[【〔［]{_EAST_TAG}")
_TAGGED_EAST = re.compile(rf"[\[(（【〔［〈＜]{_EAST_TAG}[:：]?\s*(?P<rest>.*)")
"""A label in brackets where no spaces part words: "【解答】階段", "[정답] 전기"."""
_SIGNS = "※＊☆★◆◇■□●○◎▼▶→⇒➔←⇐＞»・•‣⁂†§ \u3000\u00a0"
"""What stands before a line that stands out, beside pictographs."""
_SIGNED = re.compile(r"(?P<said>.+?)\s*(?:\s[-–—]{1,2}\s|—|–)\s*(?P<who>[^-–—:：.。]{2,40})[.。]?")
_HEADED = re.compile(
    r"(?P<label>[^.:：。→⇒➔=»]{2,60}?)(?:[.]\s+|。\s*|\s*(?:→|⇒|➔|=>|->|»)\s*)(?P<rest>\S.*)"
)
"""A line that begins with what it is, ended like a sentence or with an arrow: "Teaching tip. Draw it first."."""
_INITIAL = re.compile(r"(?P<label>(?![A-Ea-eА-Да-дأبجد]\.)[^\W\d_]\.)\s+(?P<rest>\S.*)")
_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets, which makes no label too long: "(not shown to students)"."""
_INNER_BRACKET = re.compile(
    rf"(?:(?<=[.?!:;…)\]؟।])\s+|(?<=\w)\s+)(?=[\[(][^()\[\]:：]{{1,60}}[:：]\s)"
    rf"|(?<=[。？！?!．{EAST}）)])\s*(?=[(（\[［【〔][^()（）\[\]［］【】〔〕:：]{{1,20}}[:：])"
)
"""What stands in brackets behind a question: "What is it? (Answer: tea)", "何ですか？（答え：お茶）"."""
_SIGN = "(?:[-–—|/~>=]{1,3}>?|[→➔➙➜➝⇒⟶⟹►▶▸»·•])"
"""What stands between a question and its answer in a line: "Why? → Answer: …"."""
_INNER_PLAIN = re.compile(rf"(?<=[?.!؟।])\s+(?:{_SIGN}\s*)?(?=[^\W\d_][^.?!:：]{{0,40}}[:：]\s)")
_INNER_EAST = re.compile(
    rf"(?<=[。？！?!])\s*(?=[【〔［][^【】〔〕［］]{{1,20}}[】〕］]|[{EAST}]{{1,10}}[:：])"
)
"""A label behind a sentence's end where no spaces part words: "何ですか？【解答】階段"."""
_SIGN_LAST = re.compile(rf"(?<=[?.!…？。！؟।])\s*{_SIGN}\s*$")
_OF_QUESTION = re.compile(rf".*\?\s+\(?{_SIGN}\s*\w.*")
_ENDS = frozenset('.?!:;…)]"”')
"""What a sentence ends with."""
_COLON = re.compile(rf"\s*(?:[:：](?=\s)|：|(?<=[{EAST}]):)")
_FOR = re.compile(
    rf"\s*\{{\s*:?\s*{SAID_FOR.pattern}[\"']?(?P<value>[\w ,-]+?)[\"']?\s*\}}\s*$", re.IGNORECASE
)


def ornament(plain: str) -> int:
    """Return how many characters of signs and pictographs stand before a line's first word: "☆ヒント：…"."""
    rest = split_emoji(plain.lstrip(_SIGNS))[1].lstrip(_SIGNS)
    return len(plain) - len(rest) if rest else 0


def bare_aside(plain: str) -> str:
    """Return what a line in brackets, or between dashes, holds, any other as it is."""
    found = _BRACKETED.fullmatch(plain) or _FENCED.fullmatch(plain)
    return found["inside"].strip() if found else plain


class Label(msgspec.Struct, frozen=True):
    """What a line begins with: its words, the words behind it, and whether it stands out."""

    words: str
    rest: str
    marked: bool
    colon: bool
    bracketed: bool = False
    signed: str = ""
    """Who signs what stands in brackets: "[Keep it short - trainer]"."""


@lru_cache(maxsize=4096)
def label_of(text: Text) -> Label | None:
    """Return the label that a text begins with: bold, in italics, in brackets, or up to a colon."""
    plain = text.plain.strip()
    plain = plain[ornament(plain) :]
    if whole := _BRACKETED.fullmatch(plain):
        inner, signed = _plain_label(whole["inside"]), _SIGNED.fullmatch(whole["inside"].rstrip())
        if signed and len(signed["who"].split()) <= MOST_SIGNED:
            label = inner or Label(signed["who"], signed["said"], True, True)
            return msgspec.structs.replace(label, marked=True, bracketed=True, signed=signed["who"])
        if inner:
            return msgspec.structs.replace(inner, marked=True, bracketed=True)
        if not (tagged := _TAGGED_EAST.match(plain)) or not tagged["rest"]:
            return None
    if mark := _first_mark(text):
        return _marked_label(mark, plain)
    return _plain_label(plain) or _tagged_label(plain)


def _first_mark(text: Text) -> str:
    """Return the words of the bold or italic run that a text begins with, emoji aside."""
    for inline in text.inlines:
        if isinstance(inline, Run) and not split_emoji(inline.text.strip())[1].strip():
            continue
        found = isinstance(inline, Mark) and inline.name in ("strong", "em", "b", "i")
        return Text((inline,)).plain.strip() if found else ""
    return ""


def _marked_label(mark: str, plain: str) -> Label | None:
    label = split_emoji(mark)[1]
    rest = plain[len(label) :].strip() if plain.startswith(label) else ""
    if inside := _BRACKETED.fullmatch(label):
        found = _plain_label(inside["inside"])
        if found and found.rest:
            return msgspec.structs.replace(found, rest=f"{found.rest} {rest}".strip(), marked=True)
    if len(_ASIDE.sub("", label).split()) > MOST_LABEL:
        found = _plain_label(f"{label} {rest}")
        return found and msgspec.structs.replace(found, marked=True)
    colon = label.endswith((":", "：")) or rest.startswith((":", "：", "- ", "– ", "— "))
    if not colon and (found := _plain_label(label)) and found.rest:
        return Label(found.words, f"{found.rest} {rest}".strip(), True, True)
    return Label(label.rstrip(":： "), rest.lstrip(":：-–— "), True, colon)


def _plain_label(plain: str) -> Label | None:
    found = _PLAIN.match(plain)
    if not found or len(found["label"].split()) > MOST_LABEL or _OF_QUESTION.match(found["label"]):
        return None
    return Label(found["label"].strip(), found["rest"].strip(), False, True)


def longer_label(label: Label) -> Label | None:
    """Return a plain label that a dash ends with what stands before a colon behind it: "Time buffer – trainer: …"."""
    found = None if label.marked else _PLAIN.match(label.rest)
    if found is None or label.rest[found.end("label") :].lstrip()[:1] not in (":", "："):
        return None
    both = f"{label.words} – {found['label'].strip()}"
    return (
        Label(both, found["rest"].strip(), False, True)
        if len(both.split()) <= MOST_HEADED
        else None
    )


def headed_labels(text: Text) -> Iterator[Label]:
    """Yield the first words of a line as its label, where they may be one that ends like a sentence, or nowise."""
    plain = text.plain.strip()
    plain = plain[ornament(plain) :]
    found = _HEADED.match(plain)
    if found is not None and len(found["label"].split()) <= MOST_HEADED:
        yield Label(found["label"].strip(), found["rest"], False, True)
    words = plain.split()
    for count in (2, 3):  # a sentence begins behind them
        if len(words) > count + 1 and words[count - 1].islower() and words[count][:1].isupper():
            yield Label(" ".join(words[:count]), " ".join(words[count:]), False, True)


def initial_label(text: Text) -> Label | None:
    """Return a line's first letter as its label, where it is one cut short and none of a choice: "R. 30"."""
    found = _INITIAL.match(text.plain.strip())
    return Label(found["label"], found["rest"], False, True) if found else None


def _tagged_label(plain: str) -> Label | None:
    """Return the label of a text that begins with one in brackets: "[Trainer note] Wait here"."""
    found = _TAGGED_EAST.match(plain) or _TAGGED.match(plain)
    if not found or len(found["inside"].split()) > MOST_LABEL:
        return None
    return Label(found["inside"].strip(), found["rest"].strip(), True, True, bracketed=True)


def is_bold_line(text: Text) -> bool:
    """Whether a text is one bold run, an emoji before and a colon behind it aside, or a word in brackets: "【解答例】"."""
    if _WHOLE_EAST.fullmatch(text.plain.strip()):
        return True
    mark = _first_mark(text)
    bold = any(isinstance(i, Mark) and i.name in ("strong", "b") for i in text.inlines)
    return bool(
        bold
        and mark
        and split_emoji(text.plain)[1].strip(" :：") == split_emoji(mark)[1].strip(" :：")
    )


def is_sentence(text: str) -> bool:
    """Whether what a bold line says behind its label is a text rather than a title."""
    return text.rstrip().endswith((".", "!", "?", "…", ":")) or len(text.split()) > MOST_TITLE


def lines_of(text: Text) -> list[Text]:
    """Return a text's lines."""
    return [piece.text for piece in pieces(text) if piece.text]


def inner_cuts(text: Text) -> Iterator[tuple[Text, Text]]:
    """Yield a text cut before each label inside of it: "What is A? **Answer:** B", "… (Answer: B)"."""
    some = (_INNER_BRACKET, _INNER_PLAIN, _INNER_EAST)
    places = [found.end() for inner in some for found in inner.finditer(text.plain)]
    plain = text.plain
    for at, inline in starts(text):
        ends = plain[at - 1 : at] in _ENDS if at else False
        if isinstance(inline, Mark) and (ends or _stands_out(inline, plain[at:].lstrip())):
            places.append(at)
    for place in sorted(places):
        if place:
            end = _SIGN_LAST.search(text.plain[:place])
            before = part_of(text, 0, end.start() if end else place)
            yield before, part_of(text, place, len(text.plain))


def starts(text: Text) -> Iterator[tuple[int, Inline]]:
    """Yield a text's values, each with how many characters of the plain text stand before it."""
    length, space = 0, False
    for inline in text.inlines:
        yield length, inline
        words = words_of(inline)
        if bare := " ".join(words.split()):
            length += len(bare) + (length > 0 and (space or words[0].isspace()))
        space = words[-1:].isspace() or (space and not bare)


def _stands_out(mark: Mark, plain: str) -> bool:
    """Whether a mark in a sentence is a label by its first letter and colon, or begins with one: "Work in pairs **Trainer:** …"."""
    label = Text((mark,)).plain.strip()
    colon = label.endswith((":", "：")) or _COLON.match(plain, len(label)) or _plain_label(label)
    return bool(label and colon) and not label[0].islower()


def take_reader(text: Text) -> tuple[Text, str]:
    """Split `{for=everyone}` off a text's end."""
    found = _FOR.search(text.plain) if "{" in text.plain else None
    if not found:
        return text, ""
    kept = text.plain[: found.start()]
    shorter = without_end(text, kept)
    return (shorter if shorter is not text else part_of(text, 0, len(kept))), found["value"]
