"""The programs that draw diagrams, of the extra `diagrams`: what each is told, and what it says of a slip.

Neither opens a file nor an address, and both make the same of the same source on every machine.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from typing import NamedTuple

INK, LINE, FILL, TINT = "#16181d", "#555c68", "#eff2f6", "#f7f8fa"
"""The house's greys, as in the layouts' design."""
FACE = "Atkinson Hyperlegible Next, DejaVu Sans, Noto Sans Devanagari, Noto Sans Thai, Vazirmatn, Droid Sans Fallback"
"""The house's face, and those for letters that it lacks."""
SHADES = (
    "#b9c0ca",
    "#dfe4ea",
    "#9aa3ae",
    "#eff2f6",
    "#cdd3da",
    "#aab2bd",
    "#e6eaef",
    "#c3cad3",
    "#d6dbe2",
)
"""What parts of a diagram are told apart by, all light enough for words in ink."""
MOST_CHARACTERS = 20_000
"""Characters of a diagram's source; a page shows some 2,000."""
MOST_SECONDS = 20
"""Seconds that a diagram may take."""


class Sizes(NamedTuple):
    """The size of a diagram's words: as they are laid out, and as they are drawn."""

    laid_out: int
    drawn: int


SIZE = Sizes(18, 15)
"""Pixels. The programs measure with a face of their own that is a fifth narrower than the house's."""
_COLOURS = {
    "primaryColor": FILL, "primaryTextColor": INK, "primaryBorderColor": LINE, "lineColor": LINE,
    "secondaryColor": "#dfe4ea", "tertiaryColor": TINT, "noteBkgColor": TINT, "noteBorderColor": LINE,
    "edgeLabelBackground": "#ffffff", "clusterBkg": TINT, "clusterBorder": "#b9c0ca",
    "textColor": INK, "titleColor": INK, "fontSize": f"{SIZE.laid_out}px", "fontFamily": FACE,
    **{f"{name}{n + 1}": shade for name in ("pie", "git", "cScale", "fillType") for n, shade in enumerate(SHADES, -1)},
    **{f"{name}{n}": INK for name in ("cScaleLabel", "gitBranchLabel") for n in range(8)},
    "pieSectionTextColor": INK, "pieStrokeColor": "#ffffff", "pieOuterStrokeColor": LINE, "pieOpacity": "1",
    "faceColor": FILL, "taskBkgColor": FILL, "taskBorderColor": LINE, "sectionBkgColor": TINT,
}  # fmt: skip
_MERMAID = {
    "site_config": {"theme": "base", "look": "classic", "fontFamily": FACE, "themeVariables": _COLOURS,
                    "flowchart": {"nodeSpacing": 32, "rankSpacing": 40, "padding": 12},
                    "sequence": {f"{what}FontSize": SIZE.laid_out for what in ("actor", "message", "note")},
                    "journey": {"actorColours": SHADES[2:], "sectionFills": [FILL, TINT]}, "securityLevel": "strict"},
    "svg": {"pipeline": "resvg-safe"}, "resources": {"profile": "constrained"},
}  # fmt: skip
_GRAPHVIZ = (
    "-Gfontname=Arial", f"-Gfontsize={SIZE.drawn}", f"-Gcolor={LINE}", f"-Gfontcolor={INK}", "-Gbgcolor=transparent",
    "-Nfontname=Arial", f"-Nfontsize={SIZE.drawn}", f"-Ncolor={LINE}", f"-Nfontcolor={INK}", "-Nstyle=filled",
    f"-Nfillcolor={FILL}", "-Efontname=Arial", f"-Efontsize={SIZE.drawn - 2}", f"-Ecolor={LINE}", f"-Efontcolor={INK}",
)  # fmt: skip


SET_UP = "set it up: make extras, or courseware extras --set-up"


class DiagramError(Exception):
    """A diagram that is not drawn: why, and how to mend it; `lacking` where what draws it is not there."""

    def __init__(self, message: str, hint: str = "", lacking: bool = False) -> None:
        """Keep the hint beside the message."""
        super().__init__(message)
        self.hint, self.lacking = hint, lacking


def draw(language: str, source: str) -> str:
    """Return a diagram's source drawn, as SVG; raise `DiagramError`."""
    if len(source) > MOST_CHARACTERS:
        raise DiagramError(
            f"{len(source):,} characters are more than {MOST_CHARACTERS:,}", "part it"
        )
    return PROGRAMS[language](source)


def _mermaid(source: str) -> str:
    try:
        import merman
    except ImportError:
        raise _lacking() from None
    try:
        return str(merman.Merman().render_svg(source, json.dumps(_MERMAID)))
    except merman.MermanError as error:
        said = str(getattr(error, "message", "") or "it cannot be drawn")
        raise DiagramError(_bare(said), _hint(source, error)) from None


def _bare(said: str) -> str:
    """Return what a program says of a slip, as the end of a sentence: without what stands before its colon."""
    return said.removeprefix("Error: ").rpartition("): ")[2].strip(" .")


def _hint(source: str, error: Exception) -> str:
    """Return where a slip is, as far as it is told: by the text of its line."""
    span = getattr(getattr(error, "diagnostic", None), "span", None)
    if span is None:
        return "see mermaid.js.org for how it is written"
    before = source.encode()[: span.start].decode(errors="ignore")
    line = source.split("\n")[before.count("\n")].strip()
    return f'look at "{line[:60]}"' if line else "look at its last line"


def _graphviz(source: str) -> str:
    program = shutil.which("graphviz-pure", path=sysconfig.get_path("scripts"))
    if program is None:
        raise _lacking()
    try:
        done = subprocess.run(  # SERVER_NAME: it opens no file that the source names
            [program, "-Tsvg", *_GRAPHVIZ], input=source, capture_output=True, encoding="utf-8",
            timeout=MOST_SECONDS, env={"SERVER_NAME": "courseware", "LC_ALL": "C.UTF-8"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise DiagramError("it takes too long", "make it smaller") from None
    if done.returncode or "<svg" not in done.stdout:
        told = [_bare(line) for line in done.stderr.splitlines() if "rror" in line]
        said = (told or ["it cannot be drawn"])[0].replace("<stdin>: ", "")
        raise DiagramError(said, "see graphviz.org/doc/info/lang.html for how it is written")
    return done.stdout


def _lacking() -> DiagramError:
    return DiagramError("the extra `diagrams` is not set up", SET_UP, lacking=True)


PROGRAMS = {"mermaid": _mermaid, "dot": _graphviz, "graphviz": _graphviz, "gv": _graphviz}
"""What draws a language, as fences name it."""
