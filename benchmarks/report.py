"""The results as docs/benchmarks.md has them: tables between its marks, and a plot beside it."""

from __future__ import annotations

import math
import re
from html import escape
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, PLOT = DOCS / "benchmarks.md", DOCS / "pictures" / "benchmarks.svg"
PLOTTED = ("handouts, 2 workers", "pandoc + WeasyPrint", "pandoc + Chromium", "pandoc + Typst")
GROWING = ("handouts, 2 workers", "slides, 2 workers", "all, 2 workers")
COLOURS = ("#0b5d5e", "#b3541e", "#5b6770", "#8a7500")
WIDTH, HEIGHT, LEFT, TOP = 640, 360, 70, 20

Table = dict[str, list[float]]


def write(results: dict[str, Any]) -> None:
    """Write the tables and the plot."""
    runs: dict[int, Table] = {int(n): found for n, found in results["runs"].items()}
    said = "\n\n".join([f"Taken on {results['machine']}; {results['versions']}.",
                        _table(runs, 0, "seconds"), _table(runs, 1, "processor seconds"),
                        _growth(runs), _ratios(runs), _memory(runs)])  # fmt: skip
    text = PAGE.read_text("utf-8")
    marked = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
    PAGE.write_text(marked.sub(lambda m: f"{m[1]}\n{said}\n\n{m[2]}", text), "utf-8")
    PLOT.write_text(plot(runs), "utf-8")


def _table(runs: dict[int, Table], column: int, what: str) -> str:
    """Return a column of the results by way and number of sessions."""
    counts = sorted(runs)
    ways = list(dict.fromkeys(way for n in reversed(counts) for way in runs[n]))
    rows = [
        f"| {way} | " + " | ".join(_seconds(runs[n].get(way), column) for n in counts) + " |"
        for way in ways
    ]
    head = f"| {what}, by sessions | " + " | ".join(map(str, counts)) + " |"
    return "\n".join([head, "|---" * (len(counts) + 1) + "|", *rows])


def _seconds(found: list[float] | None, column: int) -> str:
    if found is None:
        return "–"
    return f"{found[column]:.2f}" if found[column] < 10 else f"{found[column]:.0f}"


def _memory(runs: dict[int, Table]) -> str:
    rows = [f"| {way}, {n} session{'s' * (n > 1)} | {runs[n][way][2]:.0f} | {runs[n][way][3]:.0f} |"
            for way in GROWING for n in sorted(runs) if way in runs[n]]  # fmt: skip
    head = "| memory | the program, MB | its largest worker, MB |"
    return "\n".join([head, "|---|---|---|", *rows])


def _growth(runs: dict[int, Table]) -> str:
    """Return what one session costs in courses of different sizes."""
    counts = sorted(runs)
    rows = [
        f"| {way} | " + " | ".join(_share(runs[n].get(way), n) for n in counts) + " |"
        for way in GROWING
        if any(way in runs[n] for n in counts)
    ]
    head = "| processor seconds a session, by sessions | " + " | ".join(map(str, counts)) + " |"
    return "\n".join([head, "|---" * (len(counts) + 1) + "|", *rows])


def _share(found: list[float] | None, count: int) -> str:
    return "–" if found is None else f"{found[1] / count:.2f}"


def _ratios(runs: dict[int, Table]) -> str:
    rows = [("nothing to do, all", "import click"), ("one session edited, all", "that session alone, all"),
            ("handouts, 2 workers", "handouts, 1 worker"), ("handouts, 2 workers", "pandoc + WeasyPrint"),
            ("handouts, 2 workers", "pandoc + Chromium"), ("handouts, 2 workers", "pandoc + Typst"),
            ("slides, 2 workers", "Marp"), ("slides, 2 workers", "pandoc, decks")]  # fmt: skip
    counts = sorted(runs)
    said = [f"| {a} ÷ {b} | " + " | ".join(_ratio(runs[n], a, b) for n in counts) + " |"
            for a, b in rows if any(a in runs[n] and b in runs[n] for n in counts)]  # fmt: skip
    head = (
        "| ratio of seconds (of processor seconds), by sessions | "
        + " | ".join(map(str, counts))
        + " |"
    )
    return "\n".join([head, "|---" * (len(counts) + 1) + "|", *said])


def _ratio(found: Table, one: str, other: str) -> str:
    if one not in found or other not in found:
        return "–"
    clock, processor = (found[one][column] / found[other][column] for column in (0, 1))
    return f"{clock:.2f} ({processor:.2f})"


def plot(runs: dict[int, Table]) -> str:
    """Return the seconds of making handouts by the number of sessions, both by powers of ten."""
    points = {
        way: [(n, runs[n][way][0]) for n in sorted(runs) if way in runs[n]] for way in PLOTTED
    }
    all_points = [p for found in points.values() for p in found]
    if not all_points:
        return ""
    most = (max(n for n, _ in all_points), max(s for _, s in all_points))
    least = min(s for _, s in all_points)
    spans = (math.log10(most[0]) or 1.0, math.log10(most[1] / least) or 1.0)

    def x(n: float) -> float:
        return LEFT + math.log10(n) / spans[0] * (WIDTH - LEFT - 170)

    def y(s: float) -> float:
        return HEIGHT - 50 - math.log10(s / least) / spans[1] * (HEIGHT - 50 - TOP)

    parts = [_axis(runs, x, y, least, most[1])]
    for (way, found), colour in zip(points.items(), COLOURS, strict=True):
        if found:
            path = " ".join(f"{x(n):.1f},{y(s):.1f}" for n, s in found)
            parts.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
            )
            parts += [
                f'<circle cx="{x(n):.1f}" cy="{y(s):.1f}" r="3.5" fill="{colour}"/>'
                for n, s in found
            ]
            last = found[-1]
            parts.append(
                f'<text x="{x(last[0]) + 9:.1f}" y="{y(last[1]) + 4:.1f}" fill="{colour}">{escape(way)}</text>'
            )
    title = "<title>Seconds to make the handouts of 1 to many sessions, by four programs</title>"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="13">{title}'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n')  # fmt: skip


def _axis(runs: dict[int, Table], x: Any, y: Any, least: float, most: float) -> str:
    bottom = HEIGHT - 50
    parts = [
        f'<text x="{x(n):.1f}" y="{bottom + 20}" text-anchor="middle" fill="#444">{n}</text>'
        for n in sorted(runs)
    ]
    ticks = [t * 10**e for e in range(-2, 5) for t in (1, 2, 5)]
    for tick in (t for t in ticks if least <= t <= most):
        parts.append(f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - 170}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#444">{tick:g} s</text>')  # fmt: skip
    parts.append(
        f'<text x="{(LEFT + WIDTH - 170) / 2}" y="{HEIGHT - 8}" text-anchor="middle" fill="#444">sessions</text>'
    )
    return "".join(parts)
