"""Some six hundred wordings of what is not for learners, and of teaching text about such things, in whole sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.course.loading import load
from courseware.model.session import Session, for_learner
from courseware.products.projection import for_product
from tests.support import session_of, yaml_of

TABLE: list[dict[str, Any]] = yaml_of(Path(__file__).with_name("withheld.yml").read_text("utf-8"))
SORTS = ("hidden", "open", "pairs_hidden", "pairs_open")
ROWS = [(row, sort) for row in TABLE for sort in SORTS if row.get(sort)]
OTHERS = {
    "01-bread.md": "# Bread\n\nFlour.\n",
    "02-other/02-lamps.md": "# Lamps\n\nLight.\n\n## Exercise 1: Oil\n\nWhat is it?\n",
}


def written(row: dict[str, Any], wording: str | list[str]) -> Session:
    """Return the session of a row with one of its wordings in it."""
    text = row["text"]
    if isinstance(wording, list):
        text = text.replace("{open}", wording[0]).replace("{close}", wording[1])
    language = row["id"].split("-")[0]
    front = f"---\nlanguage: {language}\n---\n" if len(language) == 2 else ""
    return session_of(front + text.replace("{each}", str(wording)))


def in_course(row: dict[str, Any], path: str, root: Path) -> Session:
    """Return the session of a file at a path, in a course that has an exercise elsewhere."""
    for name, text in {**OTHERS, path: row["text"]}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return next(s for s in load(root).course.sessions if s.path == path)


def is_seen(session: Session) -> bool:
    """Whether a product of learners has the secret; no product of any lacks it."""
    assert "SECRET" in " ".join(text.plain for text in session.texts()), "lost"
    mine = for_learner(session)
    products = (for_product(mine, name) for name in ("handout", "worksheet", "slides"))
    return session.role == "session" and any(
        "SECRET" in text.plain for product in products for text in product.texts()
    )


def is_kept(session: Session) -> bool:
    """Whether learners have what stands beside the secret, where a row says OPEN of it."""
    said = " ".join(text.plain for text in session.texts())
    seen = " ".join(text.plain for text in for_learner(session).texts())
    return "OPEN" not in said or (
        session.role == "session" and seen.count("OPEN") == said.count("OPEN")
    )


@pytest.mark.parametrize(("row", "sort"), ROWS, ids=[f"{row['id']}-{sort}" for row, sort in ROWS])
def test_a_wording_is_withheld_or_open(row: dict[str, Any], sort: str, tmp_path: Path) -> None:
    wrong = []
    for number, wording in enumerate(row[sort]):
        root = tmp_path / str(number)
        session = in_course(row, wording, root) if row.get("file") else written(row, wording)
        if is_seen(session) == ("hidden" in sort) or not is_kept(session):
            wrong.append(wording)
    assert not wrong
