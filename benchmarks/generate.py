"""Make a course of any size: sessions as authors write them, the same for the same seed.

    .venv/bin/python benchmarks/generate.py FOLDER [--sessions 40] [--seed 1]

A session has some 10 KB: objectives, topics with prose, tables, code, quotes, a chart (PNG) and a
diagram (SVG) of its own, two exercises with answers, facilitator's blocks, a checklist, takeaways.
"""

from __future__ import annotations

import argparse
import struct
import zlib
from pathlib import Path
from random import Random

SUBJECTS = ["the team", "a customer", "the model", "a forecast", "the nightly run", "each region",
            "the pilot group", "an auditor", "the supplier", "a careful reader", "the first release",
            "the help desk", "a new colleague", "the warehouse", "our partner", "the steering group"]  # fmt: skip
VERBS = ["checks", "explains", "compares", "records", "questions", "estimates", "repeats", "measures",
         "postpones", "shortens", "describes", "plans", "reviews", "accepts", "rejects", "documents"]  # fmt: skip
OBJECTS = ["every third delivery", "the cost of a mistake", "two versions of the same report",
           "what was agreed in spring", "the figures of the last quarter", "one assumption at a time",
           "the order in which tickets arrive", "a sample of forty cases", "the simplest rule",
           "what the dashboard leaves out", "the steps of the release", "an example from practice",
           "the reasons for the delay", "the data of three months", "a promise made too early"]  # fmt: skip
ENDINGS = ["before anyone writes slides", "so that both sides can act", "without asking twice",
           "within half an hour", "because nobody else will", "even where it seems obvious",
           "and says so in plain words", "as soon as the first results arrive", "once a week",
           "with the people who do the work", "until the numbers agree", "in front of the group"]  # fmt: skip
TOPICS = ["Reading a result", "Planning a trial", "Talking to engineers", "Costs and limits",
          "Data that arrive late", "Choosing a measure", "When to stop", "Working agreements",
          "Risks in plain words", "A first model", "Learning from failures", "Handing over"]  # fmt: skip
ICONS = ["🧭", "🧩", "📊", "🤝", "🔍", "⚙️"]
CODE = '''def {name}(values: list[float], limit: float = {limit}) -> float:
    """Return the mean of those values that stay under the limit."""
    kept = [value for value in values if value < limit]
    if not kept:
        raise ValueError("no value is under the limit")
    return sum(kept) / len(kept)


print({name}([1.5, 2.25, {limit}]))'''


def sentence(random: Random) -> str:
    """Return a sentence of ten to twenty words."""
    subject = random.choice(SUBJECTS)
    said = f"{subject[0].upper()}{subject[1:]} {random.choice(VERBS)} {random.choice(OBJECTS)}"
    if random.random() < 0.5:
        said += f" {random.choice(ENDINGS)}"
    if random.random() < 0.3:
        said += f", and {random.choice(SUBJECTS)} {random.choice(VERBS)} *{random.choice(OBJECTS)}*"
    return f"{said}."


def paragraph(random: Random, sentences: int = 4) -> str:
    """Return a paragraph, some of whose words are bold."""
    said = " ".join(sentence(random) for _ in range(sentences))
    return f"{said} **{random.choice(ENDINGS)[0].upper()}{random.choice(ENDINGS)[1:]}.**"


def bullets(random: Random, mark: str, count: int) -> str:
    """Return a list, each item a sentence behind its mark."""
    return "\n".join(f"{mark} {sentence(random)}" for _ in range(count))


def table(random: Random) -> str:
    """Return a table of four columns and five rows."""
    rows = [f"| {random.choice(SUBJECTS)} | {random.randint(3, 97)} % | {random.randint(1, 12)} weeks "
            f"| {random.choice(OBJECTS)} |" for _ in range(5)]  # fmt: skip
    return "\n".join(["| Who | Share | Time | What |", "|---|---|---|---|", *rows])


def code(random: Random) -> str:
    """Return a fenced block of Python."""
    name = random.choice(["steady", "usual", "bounded", "typical"])
    return f"```python\n{CODE.format(name=name, limit=random.randint(3, 99))}\n```"


def facilitator(random: Random) -> str:
    """Return a facilitator's block."""
    cues = [f"{cue}: {sentence(random)}" for cue in ("Do", "Ask", "Listen for", "Watch")]
    return "::: facilitator\n" + "\n\n".join(random.sample(cues, 3)) + "\n:::"


def exercise(random: Random, number: int) -> str:
    """Return an exercise with two scenarios, each with questions and answers."""
    parts = [f"## Exercise {number}: {random.choice(TOPICS)} (20 min)", paragraph(random, 2)]
    for letter in "AB":
        parts.append(f"**Scenario {letter}: {random.choice(OBJECTS).capitalize()} (8 min)**")
        parts.append(paragraph(random, 2))
        for question in (1, 2):
            answer = f"   ::: answer\n   {sentence(random)} {sentence(random)}\n   :::"
            parts.append(f"{question}. What would you ask, and whom?\n\n{answer}")
    parts += ["::: hint\n" + sentence(random) + "\n:::", facilitator(random), "::: lines 4"]
    return "\n\n".join(parts)


def topic(random: Random, name: str) -> str:
    """Return a topic with prose, a list, and one of table, code or quote, or all."""
    kinds = [table(random), code(random), f"> {sentence(random)}", bullets(random, "-", 4)]
    parts = [f"## {random.choice(ICONS)} {name} ({random.choice([10, 15, 20])} min)"]
    parts += [paragraph(random), "### In practice", paragraph(random, 3)]
    return "\n\n".join([*parts, *random.sample(kinds, 3), facilitator(random)])


def session(random: Random, number: int) -> str:
    """Return a session's text; its pictures are `images/NNN.png` and `images/NNN.svg`."""
    title = f"{random.choice(TOPICS)}, part {number}"
    names = random.sample(TOPICS, 3)
    return "\n\n".join([
        f"---\ntitle: {title}\nnumber: {number}\nduration: 120-150 minutes\n---",
        paragraph(random), "## Objectives (5 min)",
        "When you leave, you can:\n\n" + bullets(random, "-", 4),
        topic(random, names[0]),
        f"![A chart of twelve months, in which the bars grow](images/{number:03}.png)",
        exercise(random, 1), "::: break 10 min",
        topic(random, names[1]),
        f"![Three boxes and two arrows: ask, try, decide](images/{number:03}.svg)",
        topic(random, names[2]), exercise(random, 2),
        '::: checklist "Before you leave"\n' + bullets(random, "- [ ]", 4) + "\n:::",
        "## Key takeaways\n\n" + bullets(random, "-", 4),
    ]) + "\n"  # fmt: skip


def chart(random: Random, width: int = 640, height: int = 360) -> bytes:
    """Return a PNG of bars with some noise in them, as a screenshot has."""
    bars = sorted(random.randint(height // 6, height - 20) for _ in range(12))
    colour = [random.randint(30, 200) for _ in range(3)]
    bar, gap = width * 3 // 48, width // 12 - width * 3 // 48
    noisy = [
        bytes(c + random.getrandbits(3) for _ in range(bar) for c in colour) for _ in range(24)
    ]
    rows = bytearray()
    for y in range(height):
        cells = (random.choice(noisy) if height - y < top else b"\xff" * 3 * bar for top in bars)
        rows += b"\0" + b"".join(b"\xff" * 3 * gap + cell for cell in cells)
    width = 12 * (bar + gap)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts
    )


def diagram(random: Random) -> str:
    """Return an SVG of three boxes and two arrows."""
    hue = random.randint(0, 359)
    boxes = "".join(
        f'<rect x="{20 + 200 * i}" y="30" width="140" height="80" rx="8" fill="hsl({hue},40%,{85 - 12 * i}%)"/>'
        f'<text x="{90 + 200 * i}" y="76" text-anchor="middle" font-size="18">{word}</text>'
        for i, word in enumerate(("ask", "try", "decide"))
    )
    arrows = "".join(
        f'<path d="M{165 + 200 * i} 70h45" stroke="#333" stroke-width="3"/>' for i in (0, 1)
    )
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 140" width="600" height="140">'
            f"{boxes}{arrows}</svg>\n")  # fmt: skip


def generate(folder: Path, sessions: int, seed: int = 1) -> None:
    """Write a course of so many sessions; a session is the same whatever their number."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    (folder / "course.yml").write_text("title: A generated course\nlanguage: en\n", "utf-8")
    for number in range(1, sessions + 1):
        random = Random(seed * 1_000_003 + number)
        (folder / f"{number:03}-session.md").write_text(session(random, number), "utf-8")
        (folder / f"images/{number:03}.png").write_bytes(chart(random))
        (folder / f"images/{number:03}.svg").write_text(diagram(random), "utf-8")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.sessions, given.seed)


if __name__ == "__main__":
    main()
