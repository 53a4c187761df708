"""What a layout has drawn: code highlighted, formulas and icons as vectors."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape

from markupsafe import Markup

from courseware.writing.speech import words

SIZE = 16
"""Pixels of an em that formulas are drawn at; on the page they scale with the text."""


def data_address(svg: str) -> str:
    """Return a drawing as an address of its own."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


@lru_cache(maxsize=512)
def formula(tex: str, display: bool) -> Markup:
    """Return a formula as a picture on the text's baseline, its alternative the words for it.

    TeX that is none stays as text.
    """
    from ziamath.zmath import Latex

    try:
        drawn = Latex(tex, size=SIZE, inline=not display)
        svg = drawn.svg()
        said = words(drawn.mathml)
        _, top, width, height = (float(n) for n in drawn.svgxml().attrib["viewBox"].split())
    except Exception:  # ziamath raises whatever its parsers meet
        return Markup('<code class="tex">{}</code>').format(tex)
    style = f"height:{height / SIZE:.3f}em;width:{width / SIZE:.3f}em;vertical-align:{-(height + top) / SIZE:.3f}em"
    return Markup('<img class="math" lang="en" alt="{}" src="{}" style="{}">').format(
        said or tex, data_address(svg), style
    )


@lru_cache(maxsize=512)
def highlighted(text: str, language: str) -> Markup:
    """Return code as HTML with Pygments' classes; a language it does not know stays as it is."""
    if not language:
        return Markup(escape(text))  # noqa: S704
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.split()[0].lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return Markup(escape(text))  # noqa: S704
    return Markup(highlight(text, lexer, HtmlFormatter(nowrap=True)).rstrip("\n"))  # noqa: S704
