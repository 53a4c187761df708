"""A course on disk: order, what is left out, numbers, names, course.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware import files
from courseware.build.request import RequestError, chosen
from courseware.course.loading import Loaded, find_sessions, load, slugs


def made(folder: Path, **files: str) -> Loaded:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_md", ".md").replace("_yml", ".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load(folder)


def paths(loaded: Loaded) -> list[str]:
    return [s.path for s in loaded.course.sessions]


def codes(loaded: Loaded) -> list[str]:
    return [f.code for f in loaded.findings]


def test_files_come_in_natural_order(tmp_path: Path) -> None:
    loaded = made(tmp_path, **{"10-b_md": "x", "2-a_md": "y", "1__9_md": "z"})
    assert paths(loaded) == ["1/9.md", "2-a.md", "10-b.md"]


def test_what_is_left_out_is_noted(tmp_path: Path) -> None:
    loaded = made(tmp_path, README_md="x", LICENSE_md="x", a__README_md="# A\n", b_md="x")
    assert paths(loaded) == ["a/README.md", "b.md"]
    assert codes(loaded) == ["C003", "C003"]


def test_a_guessed_number_that_is_taken_is_dropped(tmp_path: Path) -> None:
    loaded = made(tmp_path, **{"1-a_md": "# Session 1: A\n", "x__1-b_md": "# B\n"})
    assert {s.path: s.number for s in loaded.course.sessions} == {"1-a.md": 1, "x/1-b.md": None}
    assert codes(loaded) == ["C132"]


def test_products_never_share_a_name(tmp_path: Path) -> None:
    loaded = made(tmp_path, a__x_md="# T\n", b__x_md="# T\n", c_md="# T\n")
    assert sorted(slugs(loaded.course.sessions).values()) == ["a-t", "b-t", "t"]


def test_modules_order_and_name_sessions(tmp_path: Path) -> None:
    yml = "modules:\n  - title: Week 1\n    sessions: [b.md]\n  - title: Week 2\n    sessions: [a.md]\n"
    loaded = made(tmp_path, course_yml=yml, a_md="# A\n", b_md="# B\n", c_md="# C\n")
    assert [(s.path, s.module) for s in loaded.course.sessions] == [
        ("b.md", "Week 1"),
        ("a.md", "Week 2"),
    ]
    assert codes(loaded) == ["C003"]


@pytest.mark.parametrize(
    ("yml", "code", "hint"),
    [
        ("titel: x\n", "C105", 'did you mean "title"?'),
        ("paper: a5\n", "C106", "one of a4, letter"),
        ("title: [\n", "C104", "close its bracket"),
        ("title: a\ntitle: b\n", "C104", "it stands twice; leave one out"),
        ("title: Learn: tea\n", "C133", "put it in quotes: it holds a colon"),
        ("lenght: 90\n", "C105", 'did you mean "length"? it stands in delivery: {length: …}'),
    ],
)
def test_course_yml_findings(tmp_path: Path, yml: str, code: str, hint: str) -> None:
    loaded = made(tmp_path, course_yml=yml, a_md="# A\n")
    (finding,) = loaded.findings
    assert (finding.code, finding.hint) == (code, hint)


def test_keys_and_choices_of_course_yml_fold(tmp_path: Path) -> None:
    loaded = made(tmp_path, course_yml="Title: Tea\nPAPER: A4\nAnswers: After\n", a_md="# A\n")
    assert (loaded.course.title, loaded.course.paper, loaded.course.answers) == (
        "Tea",
        "a4",
        "after",
    )
    assert loaded.findings == ()


def test_a_solution_file_answers_the_exercise_before_it(tmp_path: Path) -> None:
    loaded = made(tmp_path, a_md="# Exercise: Try\n\nWhy?\n", b_md="# Solution\n\nso\n")
    assert [s.role for s in loaded.course.sessions] == ["session", "answers"]
    assert [s.path for s in loaded.course.for_audience("learner").sessions] == ["a.md"]


def test_files_may_stand_between_an_exercise_and_its_solution_and_others_are_in_doubt(
    tmp_path: Path,
) -> None:
    files = {"exercise": "# Exercise: Try\n\nWhy?\n", "more": "# More\n\nx\n", "solution": "# Solution\n\nso\n",
             "solution2": "# Solution\n\nSalt in water.\n"}  # fmt: skip
    for folder, names in (("a", files), ("b", ("more", "solution"))):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.md").write_text(files[name], "utf-8")
    loaded = load(tmp_path)
    roles = {s.path: s.role for s in loaded.course.sessions}
    assert [path for path, role in roles.items() if role == "answers"] == [
        "a/solution.md",
        "a/solution2.md",
        "b/solution.md",
    ]
    assert [f.span.path for f in loaded.findings if f.code == "C141"] == [
        "a/solution2.md",
        "b/solution.md",
    ]


@pytest.mark.parametrize(
    "name", ["answers.md", "solutions/01-bread.md", "01-bread-solution.md", "answer-key.md"]
)
def test_a_file_called_an_answer_is_kept_from_learners_where_a_course_has_tasks(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("# Bread\n\nFlour.\n", "utf-8")
    (tmp_path / "01-bread.md").write_text("# Grain\n\nGrain.\n", "utf-8")
    other = tmp_path / "02-lamps.md"
    other.write_text("# Lamps\n\n## Exercise 1: Oil\n\nWhy?\n", "utf-8")

    def role() -> list[str]:
        return [s.role for s in load(tmp_path).course.sessions if s.path == name]

    assert role() == ["answers"]
    (tmp_path / "course.yml").write_text("open: [Bread]\n", "utf-8")
    assert role() == ["session"]
    (tmp_path / "course.yml").unlink()
    other.write_text("# Lamps\n\nOil.\n", "utf-8")
    assert role() == ["session"]


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("de", "lösung"),
        ("de", "loesung"),
        ("fr", "corrigé"),
        ("es", "soluciones"),
        ("pt", "gabarito"),
        ("it", "soluzione"),
        ("ru", "ответы"),
        ("uk", "відповіді"),
        ("ja", "解答"),
        ("zh", "答案"),
        ("ko", "정답"),
        ("ar", "الحل"),
        ("fa", "پاسخ‌ها"),
        ("he", "פתרון"),
        ("hi", "उत्तर"),
    ],
)
def test_a_file_called_as_another_and_an_answer_is_kept_from_learners_in_every_language(
    tmp_path: Path, language: str, answer: str
) -> None:
    (tmp_path / "course.yml").write_text(f"language: {language}\n")
    (tmp_path / f"bread-{answer}.md").write_text("# Rye\n\nFlour.\n", "utf-8")
    (tmp_path / "bread.md").write_text("# Bread\n\n## Exercise 1: Oil\n\nWhy?\n", "utf-8")
    roles = {s.path: s.role for s in load(tmp_path).course.sessions}
    assert roles == {"bread.md": "session", f"bread-{answer}.md": "answers"}


def test_elsewhere_a_solution_is_teaching_text(tmp_path: Path) -> None:
    loaded = made(tmp_path, a_md="# Start\n\nx\n", b_md="# Solution\n\nso\n")
    assert [s.role for s in loaded.course.sessions] == ["session", "session"]


def test_sessions_are_found_by_number_slug_or_file(tmp_path: Path) -> None:
    loaded = made(tmp_path, **{"07-plans_md": "# Plans\n", "08-maps_md": "# Maps\n"})
    for word in ("7", "07", "plan", "07-plans", "07-plans.md"):
        found, unknown = find_sessions(loaded.course, (word,))
        assert ([s.number for s in found], unknown) == ([7], [])
    assert find_sessions(loaded.course, ("9",)) == ([], ["9"])


def test_a_session_is_found_by_its_file_without_its_ending(tmp_path: Path) -> None:
    loaded = made(tmp_path, **{"070-start_md": "# Session 7: Plans\n", "080-end_md": "# Maps\n"})
    found, unknown = find_sessions(loaded.course, ("070-start",))
    assert ([s.path for s in found], unknown) == (["070-start.md"], [])


def test_a_session_is_found_by_its_file_as_a_shell_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = made(tmp_path, **{"07-plans_md": "# Plans\n", "08-maps_md": "# Maps\n"})
    monkeypatch.chdir(tmp_path.parent)
    for word in (
        f"{tmp_path.name}/07-plans.md",
        f"./{tmp_path.name}/07-plans.md",
        str(tmp_path / "07-plans.md"),
    ):
        assert [session.number for session in chosen(loaded, [word])] == [7]
    (tmp_path.parent / "other.md").write_text("# Other\n", "utf-8")
    with pytest.raises(RequestError, match="no one session"):
        chosen(loaded, ["other.md"])


def test_added_vocabulary_is_used(tmp_path: Path) -> None:
    yml = "vocabulary:\n  takeaways: [in a nutshell]\n"
    loaded = made(tmp_path, course_yml=yml, a_md="# A\n\n## In a Nutshell\n\n- x\n")
    assert loaded.course.sessions[0].sections[0].kind == "takeaways"


def test_the_folders_of_the_course_itself_are_not_told(tmp_path: Path) -> None:
    loaded = made(tmp_path, a_md="# A\n", layouts__x_md="x", node_modules__x_md="x")
    assert [f.span.path for f in loaded.findings] == ["node_modules"]
    built = made(tmp_path, out__b_md="x")
    assert "out/b.md" in paths(built)
    again = load(tmp_path, tmp_path / "out")
    assert [f.span.path for f in again.findings] == ["node_modules"]


def test_products_are_named_by_themselves_or_by_their_command(tmp_path: Path) -> None:
    yml = "products: [Handouts, worksheet, slides  --pdf, handout]\n"
    loaded = made(tmp_path, course_yml=yml, a_md="# A\n")
    assert loaded.settings.products == ("handout", "worksheet", "slides --pdf")
    assert codes(loaded) == []


def test_a_product_that_there_is_not_is_told_where_it_stands_and_the_others_are_kept(
    tmp_path: Path,
) -> None:
    yml = "title: T\nproducts:\n  - guides\n  - hand-out\n  - 7\n"
    loaded = made(tmp_path, course_yml=yml, a_md="# A\n")
    assert loaded.settings.products == ("guide",)
    told = [(f.code, f.span.line, f.span.column, f.hint) for f in loaded.findings]
    assert told[0] == ("C106", 4, 5, 'did you mean "handout"?')
    assert told[1][:2] == ("C106", 5) and "handout" in told[1][3]


@pytest.mark.slow
def test_a_long_file_is_noted_as_one_content_whoever_reads_it(tmp_path: Path) -> None:
    for name in "ab":
        text = f"# {name}\n\n" + "A line of many words.\n\n" * 5_000
        (tmp_path / f"{name}.md").write_text(text)
    with files.recorded({"course": tmp_path}) as trace:
        load(tmp_path)
    assert files.CHANGING not in trace.facts.values()


@pytest.mark.parametrize(
    ("title", "name", "plain"),
    [
        ("Thé & Café", "thé-café", "the-cafe"),
        ("Straße — Teil ½", "straße-teil", "strasse-teil-1-2"),
        ("हिन्दी की चाय", "हिन्दी-की-चाय", "hindi-ki-chay"),
        ("שלום עולם", "שלום-עולם", "shlvm-vlm"),
        ("🎯 Goals", "goals", "goals"),
        ("Don't panic", "don-t-panic", "don-t-panic"),
        ("—", "session", "session"),
    ],
)
def test_files_keep_the_letters_of_a_title_or_have_ascii_ones(
    title: str, name: str, plain: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(f"---\nnumber: 3\n---\n\n# {title}\n\nText.\n", "utf-8")
    course = load(tmp_path).course
    assert slugs(course.sessions, course.file_names) == {"a.md": f"03-{name}"}
    (tmp_path / "course.yml").write_text("file_names: ascii\n")
    course = load(tmp_path).course
    assert slugs(course.sessions, course.file_names) == {"a.md": f"03-{plain}"}
    for word in (name, plain, name.upper()):
        assert find_sessions(course, (word,))[1] == []


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("de", "Größe für Übungen", "groesse-fuer-uebungen"),
        ("de-AT", "Äpfel", "aepfel"),
        ("sv", "Äpplen", "applen"),
        ("fr", "L’été à l'ombre", "l-ete-a-l-ombre"),
        ("hi", "प्रोग्रामिंग का परिचय", "programing-ka-parichay"),
        ("ja", "はじめてのショッピング・マッチ", "hajimetenoshoppingu-matchi"),
        ("ja", "お茶の時間", "tea"),
        ("zh", "茶的时间", "cha-de-shi-jian"),
        ("zh", "音乐与银行会计", "yin-yue-yu-yin-hang-kuai-ji"),
        ("zh", "个人参加了重复", "ge-ren-can-jia-le-chong-fu"),
        ("ar", "كوب الشاي", "kwb-alshay"),
        ("fa", "آشنایی با نان‌های خانه", "ashnayi-ba-nanhay-khane"),
        ("uk", "Юшка й хліб: п’ять об'їздів", "yushka-y-khlib-piat-obizdiv"),
    ],
)
def test_ascii_names_are_spelled_as_their_language_is(
    language: str, title: str, name: str, tmp_path: Path
) -> None:
    """Chinese signs in Japanese are not told by their letters: the file has its own name."""
    (tmp_path / "course.yml").write_text(f"language: {language}\nfile_names: ascii\n")
    for file in ("02-tea.md", "02-tea/README.md"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(f"# {title}\n\nText.\n", "utf-8")
        course = load(tmp_path).course
        assert slugs(course.sessions, course.file_names, course.language) == {file: f"02-{name}"}
        (tmp_path / file).unlink()


def test_a_long_title_of_any_script_gives_a_name_that_file_systems_take(tmp_path: Path) -> None:
    for letter in ("茶", "चा", "é", "ш "):
        (tmp_path / "a.md").write_text(f"# {letter * 120}\n\nText.\n", "utf-8")
        (name,) = slugs(load(tmp_path).course.sessions).values()
        assert 50 < len(name.encode()) <= 150


def test_accents_do_not_change_the_order_of_files(tmp_path: Path) -> None:
    for name in ("zeste", "été", "eau", "Évier", "и", "й"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n")
    assert load(tmp_path).paths() == ("eau.md", "été.md", "Évier.md", "zeste.md", "и.md", "й.md")
