"""A course for tests of the site: what is the facilitator's stands in every place that there is."""

from __future__ import annotations

from pathlib import Path

import msgspec
from click.testing import CliRunner, Result

from courseware.cli.commands import main

SECRET = "Zwiebelfisch"
"""Stands in all that is the facilitator's, and nowhere else."""
TEA = f"""---
module: Morning
---
# Session 1: Tea

*Which leaf for whom*

Length: 16 min

## Objectives

- Tell **black** from green tea[^1]

## Leaves

![A drawing of a leaf](leaf.svg)

A leaf is $x^2$ wide; see [a list](https://example.org/tea) and [the next session](02-coffee.md).

| Leaf | Water |
|---|---|
| green | 70 °C |

::: facilitator
Only here: {SECRET} one two three four five. ![{SECRET} in a picture](secret.svg)

| {SECRET} | table |
|---|---|
| {SECRET} six seven eight nine | ten |
:::

::: tip Stir
Not too long.
:::

|  | Cold | Hot |
|---|---|---|
| Black | 1 | 2 |

- [ ] A pot
- [x] A cup

```
+----------+        +---------+
|  kettle  | -----> |  leaves |
+----------+        +---------+
```

### Green

- Origin: a leaf
- Colour: pale

### Black

- Origin: the same leaf
- Colour: dark

## Words

Leaf
: What tea is made of

> A quiet cup.

## Exercise 1: Pour (10 min)

1. What do you see in the cup?

::: answer
You see {SECRET}, as every cup has one.
:::

[^1]: Said by a taster.
[^2]: {SECRET} for one who knows.

Facilitator: ask them about the {SECRET} in note[^2] when all are back.
"""
COFFEE = f"""# Session 2: Coffee & <milk>

## Beans

Roast the beans slowly.

```python
print("beans")
```

<details><summary>Answer</summary>

The {SECRET} is in the pot since eight in the morning.

</details>
"""
LEAF = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm">'
    '<title>{}</title><rect width="40" height="20"/></svg>'
)

DAYS = """schedule:
  issued: 2026-11-02
  time_zone: Europe/Vienna
  start: "09:00"
  breaks: [9:15-9:20]
  days:
    - {date: 2027-01-12, end: "09:24", room: The kitchen}
    - {date: 2027-01-13, end: "10:00", breaks: [9:10-9:20 Tea]}
"""
"""What course.yml says of the days: the first session goes over into the second."""


def make_course(folder: Path, yml: str = "") -> Path:
    """Write the course into a new folder, with more lines of course.yml."""
    folder.mkdir(parents=True)
    (folder / "01-tea.md").write_text(TEA)
    (folder / "02-coffee.md").write_text(COFFEE)
    (folder / "leaf.svg").write_text(LEAF.format("a leaf"))
    (folder / "secret.svg").write_text(LEAF.format(SECRET))
    (folder / "course.yml").write_text(f"title: Drinks & more\nversion: '1'\n{yml}")
    return folder


def build(course: Path, *words: str) -> Result:
    """Build what the words name, in this process."""
    jobs = () if "clean" in words else ("--jobs", "1")
    return CliRunner().invoke(main, ["--course", str(course), *words, *jobs])


def files_in(folder: Path) -> dict[str, bytes]:
    """Return a folder's files by their paths in it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Searched(msgspec.Struct, frozen=True):
    """A course in a language; `searched` says by words in which heading's place they are found, "" in none."""

    title: str
    sessions: tuple[str, ...]
    searched: dict[str, str]


COURSES = {
    "de": Searched(
        "Getränke",
        ("# Einheit 1: Tee\n\n## Die Blätter\n\nEin Maß für grüne Teeblätter.\n",
         "# Einheit 2: Kaffee\n\n## Die Bohnen\n\nLangsam rösten.\n"),
        {"blaetter": "", "BLÄTTER": "Blätter", "mass": "Blätter", "rosten": "Bohnen", "blätter tee": "Blätter"},
    ),
    "ja": Searched(
        "飲み物",
        ("# 第1回：お茶\n\n## 葉の見分け方\n\n緑茶の葉は低い温度のお湯で淹れます。\n",
         "# 第2回：コーヒー\n\n## 豆の煎り方\n\nゆっくり煎ります。\n"),
        {"温度": "葉の見分け方", "煎り": "豆の煎り方", "コーヒ": "豆の煎り方", "温泉": "", "湯": "葉の見分け方"},
    ),
    "ar": Searched(
        "المشروبات",
        ("# الجلسة 1: الشاي\n\n## الأوراق\n\nالشاي الأخضر يُنقع في ماء دافئ.\n",
         "# الجلسة 2: القهوة\n\n## الحبوب\n\nتُحمَّص الحبوب ببطء.\n"),
        {"شاي": "الأوراق", "تحمص": "الحبوب", "ينقع": "الأوراق", "سكر": ""},
    ),
    "th": Searched(
        "เครื่องดื่ม",
        ("# บทที่ 1: ชา\n\n## ใบชา\n\nชงใบชาเขียวด้วยน้ำอุ่น\n",),
        {"น้ำอุ่น": "ใบชา", "กาแฟ": ""},
    ),
}  # fmt: skip


def many(folder: Path, count: int) -> Path:
    """Write a course of so many sessions into a new folder, in three scripts."""
    folder.mkdir(parents=True)
    (folder / "course.yml").write_text("title: Many\n")
    for n in range(1, count + 1):
        text = (
            f"# Session {n}: Topic {n}\n\n## Words {n}\n\nLóng words of topic {n}; λόγος; 緑茶葉.\n"
        )
        (folder / f"{n:02}-topic.md").write_text(text)
    return folder
