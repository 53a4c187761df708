"""`new course --from`: a course.yml for files as they are, in their authors' order, with what was guessed told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.cli.commands import main
from courseware.course.adoption import adopted
from courseware.course.loading import load

TEXT = "# {}\n\n## A\n\nWater is heated until it boils, then it is poured over the leaves, and after three minutes they are taken out. A cup holds two hundred millilitres of it, and a pot some five cups more.\n\n### Exercise 1: Pour (5 min)\n\nPour a cup.\n"  # fmt: skip
TREES: dict[str, tuple[dict[str, str], list[str], list[str], str]] = {
    "mkdocs": ({"mkdocs.yml": "site_name: A Shop of Tea\nsite_author: Ada\ntheme:\n  language: de\nnav:\n  - Home: index.md\n  - Leaves:\n    - zoo.md\n    - ann.md\n  - Water: water/hot.md\n  - Pots:\n    - bob.md\n", "docs/index.md": "", "docs/zoo.md": "", "docs/ann.md": "", "docs/water/hot.md": "", "docs/bob.md": ""},
               ["docs/index.md", "docs/zoo.md", "docs/ann.md", "docs/water/hot.md", "docs/bob.md"], ["Leaves", "Pots"], "A Shop of Tea"),
    "mdbook": ({"book.toml": '[book]\ntitle = "Tea"\nauthors = ["Ada"]\nlanguage = "en"\n', "src/SUMMARY.md": "# Summary\n\n[Intro](intro.md)\n\n# Leaves\n\n- [Zoo](zoo.md)\n  - [Ann](ann.md)\n\n# Pots\n\n- [Bob](bob.md)\n", "src/intro.md": "", "src/zoo.md": "", "src/ann.md": "", "src/bob.md": ""},
               ["src/intro.md", "src/zoo.md", "src/ann.md", "src/bob.md"], ["Leaves", "Pots"], "Tea"),
    "gitbook": ({"SUMMARY.md": "* [Zoo](zoo/README.md)\n  * [One](zoo/1.md)\n* [Ann](ann/README.md)\n  * [Two](ann/2.md)\n", "zoo/README.md": "", "zoo/1.md": "", "ann/README.md": "", "ann/2.md": ""},
                ["zoo/README.md", "zoo/1.md", "ann/README.md", "ann/2.md"], ["Zoo", "Ann"], ""),
    "quarto": ({"_quarto.yml": "project:\n  type: book\nbook:\n  title: Tea\n  author: Ada\n  chapters:\n    - intro.qmd\n    - part: Leaves\n      chapters: [zoo.qmd, ann.qmd]\n    - part: Pots\n      chapters:\n        - bob.qmd\n", "intro.qmd": "", "zoo.qmd": "", "ann.qmd": "", "bob.qmd": ""},
               ["intro.qmd", "zoo.qmd", "ann.qmd", "bob.qmd"], ["Leaves", "Pots"], "Tea"),
    "jupyter-book": ({"_config.yml": "title: Tea\nauthor: Ada\n", "_toc.yml": "format: jb-book\nroot: intro\nparts:\n- caption: Leaves\n  chapters:\n  - file: zoo\n  - file: ann\n- caption: Pots\n  chapters:\n  - file: bob\n", "intro.md": "", "zoo.md": "", "ann.md": "", "bob.md": ""},
                     ["intro.md", "zoo.md", "ann.md", "bob.md"], ["Leaves", "Pots"], "Tea"),
    "carpentries": ({"config.yaml": "title: 'Tea'\nlicense: 'CC-BY 4.0'\nepisodes:\n- zoo.md\n- ann.md\n", "episodes/zoo.md": "", "episodes/ann.md": "", "instructors/instructor-notes.md": ""},
                    ["episodes/zoo.md", "episodes/ann.md", "instructors/instructor-notes.md"], [], "Tea"),
    "docusaurus": ({"docusaurus.config.js": "module.exports = {\n  title: 'Tea',\n  url: 'https://x.example',\n};\n", "sidebars.js": "module.exports = {docs: [{type: 'category', label: 'Leaves', items: ['zoo', 'ann']}, {type: 'category', label: 'Pots', items: ['bob']}]};\n", "docs/ann.mdx": "", "docs/bob.md": "", "docs/zoo.md": ""},
                   ["docs/zoo.md", "docs/ann.mdx", "docs/bob.md"], ["Leaves", "Pots"], "Tea"),
    "hugo": ({"hugo.toml": "title = 'Tea'\nlanguageCode = 'en-us'\n", "content/pots/_index.md": "---\ntitle: Pots\nweight: 2\n---\n\n", "content/pots/bob.md": "---\ntitle: Bob\nweight: 1\n---\n\n", "content/leaves/_index.md": "---\ntitle: Leaves\nweight: 1\n---\n\n", "content/leaves/zoo.md": "---\ntitle: Zoo\nweight: 1\n---\n\n", "content/leaves/ann.md": "---\ntitle: Ann\nweight: 2\n---\n\n"},
             ["content/leaves/_index.md", "content/leaves/zoo.md", "content/leaves/ann.md", "content/pots/_index.md", "content/pots/bob.md"], ["Leaves", "Pots"], "Tea"),
    "docsify": ({"_sidebar.md": "* Leaves\n  * [Zoo](/zoo)\n  * [Ann](ann.md)\n* Pots\n  * [Bob](bob.md)\n", "zoo.md": "", "ann.md": "", "bob.md": ""},
                ["zoo.md", "ann.md", "bob.md"], ["Leaves", "Pots"], ""),
    "myst": ({"index.md": "# Tea\n\n```{toctree}\n:caption: Leaves\nzoo\nann\n```\n\n```{toctree}\n:caption: Pots\nbob\n```\n", "zoo.md": "", "ann.md": "", "bob.md": ""},
             ["zoo.md", "ann.md", "bob.md"], ["Leaves", "Pots"], "Tea"),
    "folders": ({"README.md": "# Tea for All\n", "lessons/2-pots/README.md": "", "lessons/1-leaves/README.md": "# Leaves\n\n[b](zoo.md) [a](ann.md)\n", "lessons/1-leaves/ann.md": "", "lessons/1-leaves/zoo.md": "", "LICENSE.md": "x"},
                ["lessons/1-leaves/README.md", "lessons/1-leaves/zoo.md", "lessons/1-leaves/ann.md", "lessons/2-pots/README.md"], ["Leaves"], "Tea for All"),
}  # fmt: skip


def plant(root: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        page = file.suffix in (".md", ".qmd", ".mdx") and file.stem not in ("SUMMARY", "_sidebar")
        page = page and not (file.stem in ("index", "README") and file.parent == root)
        file.write_text(text + TEXT.format(name.capitalize()) if page else text, "utf-8")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["new", "course", *words])


@pytest.mark.parametrize("tool", TREES)
def test_a_tools_order_parts_and_title_are_taken_over(tmp_path: Path, tool: str) -> None:
    texts, order, modules, title = TREES[tool]
    plant(tmp_path, texts)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    result = call("--from", str(tmp_path))
    assert result.exit_code == 0, result.output
    loaded = load(tmp_path)
    assert list(loaded.paths()) == order and not [f for f in loaded.findings if f.code in ("C104", "C106")]  # fmt: skip
    found = [module.title for module in loaded.settings.modules]
    assert [name for name in modules if name not in found] == []
    assert loaded.course.title == (title or loaded.course.title)
    after = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert set(after) - set(before) == {tmp_path / "course.yml"}
    assert {p: after[p] for p in before} == before


def test_it_says_what_was_understood_guessed_and_left_out(tmp_path: Path) -> None:
    plant(tmp_path, {**TREES["mkdocs"][0], "docs/instructors/notes.md": ""})
    (tmp_path / "docs" / "tags.md").write_text("# Tags\n\nNone.\n", "utf-8")
    lines = call("--from", str(tmp_path)).output.splitlines()
    assert lines[0] == f"{tmp_path / 'course.yml'}  made"
    understood = lines[lines.index("understood") + 1 : lines.index("guessed")]
    assert (
        "  order: mkdocs.yml (MkDocs)" in understood and "  author: Ada (mkdocs.yml)" in understood
    )
    assert "  for the facilitator alone: docs/instructors/notes.md" in understood
    left_out = lines[lines.index("left out") + 1 : lines.index("to look at")]
    assert "  docs/tags.md: 2 words, and nothing to do" in left_out
    text = (tmp_path / "course.yml").read_text("utf-8")
    assert "language: de\n" in text and "author: Ada\n" in text and "tags.md" not in text


def test_one_language_of_several_is_taken(tmp_path: Path) -> None:
    plant(
        tmp_path, {f"{tag}/{name}.md": "" for tag in ("en", "pt-BR", "es") for name in ("a", "b")}
    )
    report = adopted(tmp_path)
    assert "en/a.md" in report.text and "es/" not in report.text and "pt-BR/" not in report.text
    assert any("es" in line and "pt-BR" in line for line in report.left_out)


def test_folders_whose_names_are_words_are_no_languages(tmp_path: Path) -> None:
    plant(tmp_path, {"it/a.md": "", "hr/b.md": ""})
    assert "it/a.md" in adopted(tmp_path).text and "hr/b.md" in adopted(tmp_path).text


def test_it_is_written_above_the_files_where_that_is_said(tmp_path: Path) -> None:
    plant(tmp_path, {"tea/a.md": "", "tea/b.md": "", "other/c.md": ""})
    assert call(str(tmp_path), "--from", str(tmp_path / "tea"), "--title", "My Tea").exit_code == 0
    loaded = load(tmp_path)
    assert loaded.paths() == ("tea/a.md", "tea/b.md") and loaded.course.title == "My Tea"


def test_nothing_is_overwritten_or_copied(tmp_path: Path) -> None:
    plant(tmp_path, {"tea/a.md": "", "tea/course.yml": "title: Mine\n", "empty/x.txt": ""})
    for words, said in (
        (["--from", str(tmp_path / "tea")], "is there already"),
        ([str(tmp_path / "new"), "--from", str(tmp_path / "tea")], "nothing is copied"),
        (["--from", str(tmp_path / "empty")], "no file of a session"),
        ([], "name a folder"),
    ):
        result = call(*words)
        assert result.exit_code == 2 and said in result.output, result.output
    assert not (tmp_path / "new").exists()
    assert (tmp_path / "tea" / "course.yml").read_text("utf-8") == "title: Mine\n"


ONE_PART: dict[str, dict[str, str]] = {
    "mkdocs": {"mkdocs.yml": "theme:\n  name: material\nsite_name: Tea\nnav:\n  - Leaves:\n    - zoo.md\n    - ann.md\n"},
    "quarto": {"_quarto.yml": "book:\n  title: Tea\n  chapters:\n    - part: Leaves\n      chapters: [zoo.md, ann.md]\n"},
    "quarto's site": {"_quarto.yml": "website:\n  title: Tea\n  sidebar:\n    contents:\n      - section: Leaves\n        contents: [zoo.md, ann.md]\n"},
    "jupyter-book": {"_config.yml": "title: Tea\n", "_toc.yml": "root: intro\nparts:\n- caption: Leaves\n  chapters:\n  - file: zoo\n  - file: ann\n"},
    "mdbook": {"book.toml": 'title = "Tea"\n', "SUMMARY.md": "# Summary\n\n# Leaves\n\n- [Zoo](zoo.md)\n- [Planned]()\n- [Ann](ann.md)\n\n---\n\n[Bob](bob.md)\n"},
}  # fmt: skip


@pytest.mark.parametrize("tool", ONE_PART)
def test_the_only_part_is_a_module_and_the_tool_says_the_title(tmp_path: Path, tool: str) -> None:
    plant(tmp_path, {**ONE_PART[tool], "zoo.md": "", "ann.md": "", "bob.md": ""})
    report = adopted(tmp_path)
    assert "title: Tea" in report.text.splitlines()
    assert report.text.count("- title:") == 1 and "  - title: Leaves" in report.text.splitlines()


def test_a_heading_above_a_list_is_its_title(tmp_path: Path) -> None:
    plant(tmp_path, {"SUMMARY.md": "# Tea\n\n- [Zoo](zoo.md)\n- [Ann](ann.md)\n", "zoo.md": "", "ann.md": ""})  # fmt: skip
    report = adopted(tmp_path)
    assert "title: Tea" in report.text.splitlines() and "modules:" not in report.text


def test_a_list_of_one_folder_is_told_as_the_order(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/.pages": "nav: [zoo.md, ann.md]\n", "docs/zoo.md": "", "docs/ann.md": ""})  # fmt: skip
    assert "order: docs/.pages (MkDocs)" in adopted(tmp_path).understood
