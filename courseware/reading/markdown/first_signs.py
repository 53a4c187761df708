"""The parser's rules by the sign that stands where they would begin: of seventy, most places concern a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

Rule = Callable[..., bool]
BLOCKS = {
    "math_block": "$", "myst": "`~:", "directive": ":[", "mkdocs": "!?=", "slashed": "/", "kramdown": "{", "target": "(^",
    "settings": "-", "shortcode": "{", "speaker_notes": "?^nN", "step": "-", "display": "\\", "latex_answer": "\\", "page_break": "\\{<", "grid": "+",
    "comment_lines": "%{", "percent": "%+^", "program": "ie", "site_box": "!?", "learn": ":", "lined": "|", "site_line": ";-![.<{*", "classed": ".",
    "deck_settings": "[:", "deck_notes": "<", "comment_pair": "<", "box_title": "<", "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*-+0123456789",
    "footnote_def": "[", "reference": "[", "html_block": "<", "heading": "#", "label": "*_",
}  # fmt: skip
"""What a line begins with, behind its indent, that a rule may read, by the rule's name; others may read any line."""
INLINES = {
    "deck_words": ".[", "newline": "\n", "letter_after_math": "$", "math_inline": "$", "latex_maths": "\\", "latex": "\\", "latex_answer": "\\",
    "page_comment": "%{", "page_value": "{", "critic": "{", "template_pair": "{", "template": "{@<", "template_link": "[", "template_image": "!",
    "component": "<", "escape": "\\", "role": "{", "backticks": "`", "strikethrough": "~", "script": "^~", "note": "^",
    "site_words": ":^=+{", "attributes": "{", "emphasis": "*_", "wiki": "[!", "link": "[", "span": "[", "image": "!",
    "loose_image": "!", "footnote_ref": "[", "autolink": "<", "unclosed": "<", "html_inline": "<", "entity": "&",
}  # fmt: skip
"""What stands in a text where a rule may begin, by the rule's name."""


class ByFirstSign(Ruler[Any]):
    """A parser's rules, asked for as those of the parser's own ruler are."""

    def __init__(
        self, rules: Ruler[Any], signs: Mapping[str, str], sign_of: Callable[..., str]
    ) -> None:
        """Take the rules, which are complete, their signs by name, and what tells the sign at a place."""
        super().__init__()
        self.__rules__ = rules.__rules__
        self.signs, self.sign_of = signs, sign_of
        self.kept: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 (the parser's names)
        """Return the one rule that asks those of a chain that may begin at a place."""
        if chainName not in self.kept:
            rules = super().getRules(chainName)
            self.kept[chainName] = [self._asking(rules)] if rules else []
        return self.kept[chainName]

    def _asking(self, rules: Sequence[Rule]) -> Rule:
        """Return a rule that asks others in their order until one reads on."""
        names = {row.fn: row.name for row in self.__rules__}
        signs = [self.signs.get(names[rule]) for rule in rules]
        others = tuple(rule for rule, own in zip(rules, signs, strict=True) if own is None)
        by_sign = {
            sign: tuple(
                r for r, own in zip(rules, signs, strict=True) if own is None or sign in own
            )
            for sign in {*"".join(self.signs.values())}
        }
        sign_of = self.sign_of

        def asking(state: Any, start: Any, *more: Any) -> bool:
            for rule in by_sign.get(sign_of(state, start), others):
                if rule(state, start, *more):
                    return True
            return False

        return asking


def _of_line(state: StateBlock, number: int) -> str:
    at = state.bMarks[number] + state.tShift[number]
    return state.src[at : at + 1]


def _of_text(state: StateInline, silent: bool) -> str:
    return state.src[state.pos]


def rules_by_sign(md: MarkdownIt) -> None:
    """Let a parser that has all its rules ask those alone that may begin at a place."""
    md.block.ruler = ByFirstSign(md.block.ruler, BLOCKS, _of_line)
    md.inline.ruler = ByFirstSign(md.inline.ruler, INLINES, _of_text)
