"""The inside of a line as runs, and what is told of what a deck's HTML should not hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from courseware.diagnostics import did_you_mean
from courseware.media.drawings import TexError, drawn
from courseware.pptx.values import Run

replace = msgspec.structs.replace
KNOWN = ("strong", "em", "code", "a", "sub", "sup", "br", "img")
"""What a line holds."""
OTHERS = frozenset({"span", "b", "i", "u", "s", "mark", "small", "kbd", "samp", "var", "del", "ins",
                    "abbr", "cite", "dfn", "q", "time", "font", "big", "tt", "label", "wbr"})  # fmt: skip
"""Inline elements of HTML that a slide has nothing for: their text is kept."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold."""
PLAIN = Run("")


class DeckFindings:
    """What is to be told of a deck's HTML, each thing once: code, message and hint."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._said: dict[tuple[str, str, str], None] = {}

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Return all that was told, in order."""
        return iter(self._said)

    def say(self, message: str, hint: str) -> None:
        """Tell of something else than an element or attribute."""
        self._said.setdefault(("C315", f"the layout of slides: {message}", hint))

    def element(self, name: str, known: Collection[str], where: str) -> None:
        """Tell of an element that has no meaning where it stands."""
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        self.say(f"<{name}> has no meaning {where}", hint)

    def attribute(self, element: str, name: str, known: Collection[str]) -> None:
        """Tell of an attribute that an element does not have."""
        has = f"it has {', '.join(sorted(known))}" if known else "it has none"
        self.say(f"<{element}> has no attribute {name}", did_you_mean(name, known) or has)

    def formula(self, tex: str) -> None:
        """Tell of a formula that cannot be set; its TeX stands in its place."""
        try:
            drawn(tex, False)
        except TexError as error:
            self._said.setdefault(("C323", f"the formula cannot be set: {error}", error.hint))

    def picture(self, source: str, error: str, hint: str) -> None:
        """Tell of a picture that cannot be shown."""
        self._said.setdefault(("C321", f'the picture "{source}" cannot be shown: {error}', hint))


class Inline:
    """Reads lines."""

    def __init__(self, told: DeckFindings) -> None:
        """Take what is told of what is not known."""
        self.told = told
        self.known = frozenset(KNOWN) | OTHERS

    def runs(self, element: Any) -> tuple[Run, ...]:
        """Return the runs in a block's element."""
        return tidied(self._inside(element, PLAIN))

    def text(self, text: str | None) -> tuple[Run, ...]:
        """Return text as a run, its white space as it will be; none for none."""
        found = _SPACE.sub(" ", _BAD.sub("", text or ""))
        return (Run(found),) if found else ()

    def element(self, element: Any) -> tuple[Run, ...]:
        """Return the runs of an element that stands in a line."""
        return tuple(self._element(element, PLAIN))

    def _inside(self, element: Any, like: Run) -> Iterator[Run]:
        yield from (replace(like, text=run.text) for run in self.text(element.text))
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, like)
            yield from (replace(like, text=run.text) for run in self.text(child.tail))

    def _element(self, element: Any, like: Run) -> Iterator[Run]:
        name = element.tag
        if name == "br":
            yield Run("\n")
        elif name == "img" and element.get("class") == "math":
            tex = (element.get("alt") or "").strip()
            if tex:
                self.told.formula(tex)
                yield replace(like, text="", math=tex)
        elif name == "img":
            self.told.element("img", ("figure",), "in a line")
            yield from (replace(like, text=r.text) for r in self.text(element.get("alt")))
        else:
            yield from self._inside(element, self._styled(element, like))

    def _styled(self, element: Any, like: Run) -> Run:
        """Return how text in an element is set."""
        name = element.tag
        if name == "strong":
            return replace(like, bold=True)
        if name == "em":
            return replace(like, italic=True)
        if name == "code":
            return replace(like, code=True)
        if name == "sub":
            return replace(like, raised="sub")
        if name == "sup":
            return replace(like, raised="sup")
        if name == "a":
            return replace(like, link=(element.get("href") or "").strip())
        self.told.element(name, KNOWN, "in a line")
        return like


def tidied(runs: Sequence[Run] | Iterator[Run]) -> tuple[Run, ...]:
    """Return runs with equal ones joined, and no white space at a line's ends or twice."""
    made: list[Run] = []
    for run in runs:
        if not run.math and run.text != "\n" and _ends_in_space(made):
            run = replace(run, text=run.text.lstrip(" "))
        if run.text == "\n":
            _strip_end(made)
        if not run.text and not run.math:
            continue
        last = made[-1] if made else None
        if last and not last.math and not run.math and "\n" not in (last.text, run.text) and \
                replace(last, text="") == replace(run, text=""):  # fmt: skip
            made[-1] = replace(last, text=last.text + run.text)
        else:
            made.append(run)
    _strip_end(made)
    while made and made[-1].text == "\n":
        made.pop()
        _strip_end(made)
    while made and made[0].text == "\n":
        made.pop(0)
    return tuple(made)


def _ends_in_space(made: Sequence[Run]) -> bool:
    return not made or (not made[-1].math and made[-1].text.endswith((" ", "\n")))


def _strip_end(made: list[Run]) -> None:
    while made and not made[-1].math and made[-1].text.endswith(" "):
        text = made[-1].text.rstrip(" ")
        if text:
            made[-1] = replace(made[-1], text=text)
        else:
            made.pop()


def blank(runs: Sequence[Run]) -> bool:
    """Whether runs show nothing."""
    return not any(run.math or run.text.strip() for run in runs)
