"""Files in their authors' order: lists of contents of other tools, and weights in front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.loading import load

NAMES = ("c.md", "a.md", "b.md")
LISTS = {
    "SUMMARY.md": "# Summary\n\n[One](c.md)\n\n- [Two](./a.md)\n  - [Three](b.md#x)\n",
    "_sidebar.md": "* [One](/c)\n* [Two](a.md)\n* [Three](b 'Three')\n",
    "mkdocs.yml": "site_name: X\nnav:\n  - One: c.md\n  - More:\n    - a.md\n    - Three: b.md\nplugins: [!ENV X, '!!python/name:a.b']\n",
    "_quarto.yml": "book:\n  chapters:\n    - c.md\n    - part: P\n      chapters: [a.md, b.md]\n",
    "_toc.yml": "format: jb-book\nroot: c\nparts:\n- chapters:\n  - file: a\n  - file: b\n",
    "config.yaml": "title: T\nepisodes:\n- c.md\n- a.md\n- b.md\n",
    "_config.yml": "title: T\nepisode_order:\n  - c\n  - a\n  - b\n",
    "sidebars.js": "module.exports = {\n  // 'b',\n  docs: ['c', {type: 'category', label: 'More', items: ['a', {type: 'doc', id: 'b', label: 'B'}]}],\n};\n",
    "index.md": "# T\n\n```{toctree}\n:caption: More\n:maxdepth: 2\n\nc\nSecond <a>\nb.md\n```\n",
    "day.yml": "title: Day\ncontent:\n- - c.md\n  - a.md\n- b.md\n",
}


def write(root: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def course(root: Path, **more: str) -> Path:
    return write(root, **{name: f"# {name}\n\nText.\n" for name in NAMES}, **more)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_contents_says_the_order(tmp_path: Path, name: str) -> None:
    loaded = load(course(tmp_path, **{name: LISTS[name]}))
    assert loaded.paths() == NAMES
    assert [(f.code, f.span.path) for f in loaded.findings if f.code == "C191"] == [("C191", name)]


@pytest.mark.parametrize("folder", ["src", "docs", "episodes"])
def test_a_list_stands_beside_its_files_or_above_them(tmp_path: Path, folder: str) -> None:
    write(tmp_path, **{f"{folder}/{name}": f"# {name}\n\nText.\n" for name in NAMES})
    write(tmp_path, **({"src/SUMMARY.md": LISTS["SUMMARY.md"]} if folder == "src" else {"mkdocs.yml": LISTS["mkdocs.yml"]}))  # fmt: skip
    assert load(tmp_path).paths() == tuple(f"{folder}/{name}" for name in NAMES)


def test_what_a_list_does_not_name_follows(tmp_path: Path) -> None:
    loaded = load(course(tmp_path, **{"d.md": "# D\n\nText.\n", "SUMMARY.md": LISTS["SUMMARY.md"]}))
    assert loaded.paths() == (*NAMES, "d.md")
    [note] = [f for f in loaded.findings if f.code == "C191"]
    assert "1 that it does not name" in note.message


def test_course_yml_comes_first(tmp_path: Path) -> None:
    more = {"course.yml": "sessions: [b.md, c.md, a.md]\n", "SUMMARY.md": LISTS["SUMMARY.md"]}
    loaded = load(course(tmp_path, **more))
    assert loaded.paths() == ("b.md", "c.md", "a.md") and not any(f.code == "C191" for f in loaded.findings)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["*", "a: [", "- &a [*a, *a]\n", "&a [x, y]", "nav: !!python/object:x {}", "\0"]
)
def test_a_list_that_says_nothing_changes_nothing(tmp_path: Path, text: str) -> None:
    assert load(course(tmp_path, **{"mkdocs.yml": text})).paths() == ("a.md", "b.md", "c.md")


def test_what_refers_to_itself_again_and_again_ends(tmp_path: Path) -> None:
    rows = ["a0: &a0 [c.md]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    text = "\n".join([*rows, "z: [a.md, b.md]"])
    assert load(course(tmp_path, **{"mkdocs.yml": text})).paths() == NAMES


@pytest.mark.parametrize(
    "key",
    [
        "weight: {}",
        "sidebar_position: '{}'",
        "nav_order: {}.5",
        "Order: {} # x",
        "sidebar: {{order: {}}}",
        "sidebar:\n  label: X\n  order: {}",
    ],
)
def test_numbers_in_front_matter_say_the_order(tmp_path: Path, key: str) -> None:
    texts = {
        name: f"---\ntitle: T{n}\n{key.format(n)}\n---\n\n## A\n\nText.\n"
        for n, name in enumerate(NAMES)
    }
    loaded = load(write(tmp_path, **texts))
    assert loaded.paths() == NAMES
    assert [f.code for f in loaded.findings] == ["C191"]


def test_a_folder_stands_where_its_front_page_says(tmp_path: Path) -> None:
    weights = {"x/_index.md": 2, "x/b.md": 1, "y/_index.md": 1, "y/a.md": 2, "y/c.md": 1}
    texts = {name: f"+++\nweight = {n}\n+++\n\n## {name}\n\nText.\n" for name, n in weights.items()}
    assert load(write(tmp_path, **texts)).paths() == (
        "y/_index.md",
        "y/c.md",
        "y/a.md",
        "x/_index.md",
        "x/b.md",
    )


def test_a_front_page_is_the_first_of_its_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            name: f"# {name}\n\nText.\n"
            for name in ("1/a.md", "1/README.md", "2/index.md", "2/01.md")
        },
    )
    assert load(tmp_path).paths() == ("1/README.md", "1/a.md", "2/index.md", "2/01.md")


@pytest.mark.parametrize("ending", ["markdown", "qmd", "Rmd", "mdx", "MD"])
def test_files_of_other_endings_are_sessions(tmp_path: Path, ending: str) -> None:
    assert load(course(tmp_path, **{f"d.{ending}": "# D\n\nText.\n"})).paths()[-1] == f"d.{ending}"


@pytest.mark.parametrize(
    "text", ["---\nlayout: x\n---\n", "+++\na = 1\n+++\n\n \n", "---\r\ntitle: X\r\n---\r\n"]
)
def test_front_matter_alone_is_no_session(tmp_path: Path, text: str) -> None:
    loaded = load(course(tmp_path, **{"d.md": text}))
    assert set(loaded.paths()) == set(NAMES)
    assert any(f.code == "C003" and f.span.path == "d.md" for f in loaded.findings)


def test_links_may_name_the_page_that_a_site_makes(tmp_path: Path) -> None:
    from courseware.checking.rules import check

    write(
        tmp_path,
        **{
            "a.md": "# A\n\n[b](b) [c](b.html) [d](x/) [e](b.md) [f](none)\n",
            "b.md": "# B\n\nText.\n",
            "x/index.md": "# X\n\nText.\n",
        },
    )
    assert [f.message for f in check(load(tmp_path)) if f.code == "C205"] == [
        '"none" does not exist'
    ]


def test_a_folders_front_page_says_the_order_by_its_links(tmp_path: Path) -> None:
    links = (
        "# T\n\nFirst [this](c.md), then [that](./a.md#x), see [them](https://x.example/b.md).\n"
    )
    texts = {f"1/{name}": "# T\n\nText.\n" for name in NAMES}
    loaded = load(write(tmp_path, **texts, **{"1/README.md": links, "2.md": "# U\n\nText.\n"}))
    assert loaded.paths() == ("1/README.md", "1/c.md", "1/b.md", "1/a.md", "2.md")
    assert [f.span.path for f in loaded.findings if f.code == "C191"] == ["1/README.md"]


def test_a_file_named_whole_is_that_file_alone(tmp_path: Path) -> None:
    more = {"course.yml": "sessions: [a.md, c.md]\n", "deep/a.md": "# Deep\n\nText.\n"}
    assert load(course(tmp_path, **more)).paths() == ("a.md", "c.md")


FIRST = {
    "README.md": {"SUMMARY.md": "# Summary\n\n[Hello](README.md)\n\n- [C](c.md)\n- [A](a.md)\n"},
    "index.qmd": {"_quarto.yml": "book:\n  chapters: [index.qmd, c.md, a.md]\n"},
    "./README.md": {"_sidebar.md": "* [Home](/)\n* [C](c.md)\n* [A](a.md)\n"},
}


@pytest.mark.parametrize("front", FIRST)
def test_a_first_page_that_the_list_names_is_a_session(tmp_path: Path, front: str) -> None:
    name = front.removeprefix("./")
    loaded = load(course(tmp_path, **FIRST[front], **{name: "# Hello\n\nWelcome to all.\n"}))
    assert loaded.paths() == (name, "c.md", "a.md", "b.md")


def test_a_first_page_that_no_list_names_is_left_out(tmp_path: Path) -> None:
    left_out = {"_config.yml": "exclude: [README.md, c.md]\nepisodes: [b.md, a.md]\n"}
    loaded = load(course(tmp_path, **left_out, **{"README.md": "# Hello\n\nWelcome to all.\n"}))
    assert loaded.paths() == ("b.md", "a.md", "c.md")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("# Hello\n\n- [C](c.md)\n  - [A](./a)\n", "a list of contents"),
        ("\n@@TOC@@\n", "a list of contents"),
        ("# Hello\n\n[TOC]\n", "a list of contents"),
        ("[a]: https://example.org\n[b]: b.md\n", "targets of links"),
    ],
)
def test_a_list_of_contents_alone_is_no_session(tmp_path: Path, text: str, holds: str) -> None:
    loaded = load(course(tmp_path, **{"d.md": text}))
    assert "d.md" not in loaded.paths()
    message = f"this file is left out: it holds {holds} alone"
    assert [(f.span.path, f.message) for f in loaded.findings if f.code == "C003"] == [("d.md", message)]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["# Books\n\n- [One](https://example.org)\n", "# Data\n\n- [Rows](rows.csv)\n",
     "# Hello\n\n- [C](c.md) for a start\n", "# Hello\n\n## Exercise 1\n\n- [C](c.md)\n"],
)  # fmt: skip
def test_links_to_read_or_to_fetch_are_a_session(tmp_path: Path, text: str) -> None:
    assert "d.md" in load(course(tmp_path, **{"d.md": text})).paths()


@pytest.mark.parametrize("name", [".pages", ".nav.yml"])
def test_a_list_of_mkdocs_plug_ins_says_the_order_of_its_folder(tmp_path: Path, name: str) -> None:
    pages = ("docs/c.md", "docs/x/2.md", "docs/x/1.md", "docs/b.md", "docs/a.md")
    texts = {page: f"# {page}\n\nText.\n" for page in pages}
    lists = {f"docs/{name}": "nav:\n  - c.md\n  - More: x\n  - ...\n  - a.md\n",
             f"docs/x/{name}": "title: X\nnav: [2.md, 1.md]\n"}  # fmt: skip
    loaded = load(write(tmp_path, **texts, **lists, **{"mkdocs.yml": "site_name: X\n"}))
    assert loaded.paths() == pages
    assert [f.span.path for f in loaded.findings] == list(lists)


def test_a_files_own_entry_goes_before_a_namesake_that_is_not_there(tmp_path: Path) -> None:
    """A list names a file that is missing: another folder's of its name stays where its own entry puts it."""
    summary = "- [T](test.md)\n- [A](a.md)\n- [B](b/test.md)\n- [C](c.md)\n"
    texts = dict.fromkeys(("a.md", "b/test.md", "c.md"), "# T\n\nText.\n")
    loaded = load(write(tmp_path, **texts, **{"SUMMARY.md": summary}))
    assert loaded.paths() == ("a.md", "b/test.md", "c.md")
