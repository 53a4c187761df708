"""What is left of a template's language in a line: none of it is printed, and the words between tags stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.model.session import Course
from courseware.model.walk import texts
from tests.support import read

VALUES = ("{{ site.title }}", "{{x}}", "@@TITLE@@", "<%= title %>", "{{- x -}}", "{{ page.root | escape }}")  # fmt: skip
TAGS = ("{% include figure.html %}", "{{< ref x >}}", "{{%segment outline}}", "{{#include gone.rs}}", "{% comment %}", "<% x %>")  # fmt: skip


def learners(body: str) -> str:
    session = read(f"# T\n\n## A\n\n{body}\n").session
    assert session
    course = Course(title="T", sessions=(session,)).for_audience("learner")
    return "\n".join(t.plain for t in texts(course.sessions[0].sections))


@pytest.mark.parametrize("place", ["Tea in {} is hot.", "## {} Tea", "- {}", "> {}", "| {} |\n|---|\n| x |", "{}", "**{}** Tea", "Tea {}"])  # fmt: skip
@pytest.mark.parametrize("tag", [*VALUES, *TAGS])
def test_no_tag_is_on_a_page_and_each_is_told(tag: str, place: str) -> None:
    body = place.format(tag)
    shown = learners(body)
    assert tag not in shown and not set("{}%@") & set(shown)
    assert ("Tea" in shown) == ("Tea" in place)
    assert "C127" in {f.code for f in read(f"# T\n\n## A\n\n{body}\n").findings}


def test_a_value_between_words_leaves_a_hole() -> None:
    assert "Welcome to …." in learners("Welcome to {{ site.title }}.")
    assert "Type this now" in " ".join(learners("Type this {% now %} now").split())


@pytest.mark.parametrize("pair", ["{{% filename %}}{}{{% endfilename %}}", "{{{{< kbd >}}}}{}{{{{< /kbd >}}}}", "{{%- x a=\"b\" -%}}{}{{%- endx -%}}"])  # fmt: skip
def test_a_pair_in_a_line_keeps_its_words(pair: str) -> None:
    found = read(f"# T\n\n## A\n\nOpen {pair.format('my **file**')} now.\n")
    assert "Open my file now." in learners(f"Open {pair.format('my **file**')} now.")
    assert not found.findings


@pytest.mark.parametrize("name", ["answer", "solution", "instructor-note"])
def test_a_pair_whose_name_hides_hides(name: str) -> None:
    assert "walrus" not in learners(f"Which? {{% {name} %}}walrus{{% end{name} %}}")


def test_what_a_pair_says_to_leave_is_left_as_it_is() -> None:
    assert "Write {{ name }} here" in learners("Write {% raw %}{{ name }}{% endraw %} here.")


def test_a_block_that_no_template_reads_is_printed_as_it_stands() -> None:
    body = "{% raw %}\nWrite {{ name }}.\n{% endraw %}\n\n```\n{% raw %}{{ x }}{% endraw %}\n```"
    assert not read(f"# T\n\n{body}\n").findings
    shown = learners(body)
    assert "Write {{ name }}." in shown and "raw" not in shown


@pytest.mark.parametrize("title", ["Solution", "Click to see the solution", "Instructor note"])
def test_a_pair_in_a_line_is_hidden_by_its_title(title: str) -> None:
    assert "walrus" not in learners(
        f'Which?\n\n{{{{< expand "{title}" >}}}}walrus{{{{< /expand >}}}}'
    )
    assert "walrus" in learners('{{< expand "More" >}}walrus{{< /expand >}}')


def test_what_a_tag_gives_a_file_to_show_is_a_box() -> None:
    given = '{% include callout.html type="warning" title="Careful" content="It is **hot**." %}'
    assert "It is hot." in learners(given)
    assert "walrus" not in learners('{% include solution.html content="A walrus." %}')


def test_lines_that_tools_hide_in_code_are_not_printed() -> None:
    shown = learners("```rust,editable\n# fn main() {\nlet x = 5;\n#[test]\n# }\n```")
    assert shown.endswith("let x = 5;\n#[test]") and "main" not in shown
    assert "echo" not in learners("```{r}\n#| echo: false\nx <- 1\n```")
    assert "# kept" in learners("```python\n# kept\nx = 1\n```")


def test_a_box_of_values_alone_is_for_whom_they_say() -> None:
    found = read("# T\n\n::: {for=stewards}\nwalrus\n:::\n")
    assert [f.code for f in found.findings] == ["C145"]
    assert "walrus" not in learners("::: {for=stewards}\nwalrus\n:::")


def test_a_hint_of_gitbook_is_no_hint_of_an_exercise_whatever_its_quotes() -> None:
    for quote in "\"'":
        body = f"{{% hint style={quote}tip{quote} %}}\nDrink.\n{{% endhint %}}"
        session = read(f"# T\n\n{body}\n").session
        assert session and 'kind="tip"' in repr(session).replace("'", '"')


def test_a_fence_in_a_pair_for_code_is_code() -> None:
    assert "`" not in learners('{% code title="a.py" %}\n```python\nx = 1\n```\n{% endcode %}')


def test_who_made_a_picture_stands_in_its_caption() -> None:
    body = '{{< figure src="a.png" title="A dot" alt="dot" attr="Photo by Ann" >}}'
    assert "A dot – Photo by Ann" in learners(body)


def test_how_marp_sets_a_picture_is_not_what_it_shows() -> None:
    assert "bg" not in learners("![bg right:40%](a.png)") and "dot" in learners("![dot](a.png)")


def test_a_link_that_a_template_makes_is_its_words() -> None:
    assert "See the page now." in learners('See [the page]({{< ref "a.md" >}}) now.')
    assert "See the page now." in learners("See [the page]({% link a.md %}) now.")


@pytest.mark.parametrize("body", ["`{{ x }}`", "```\n{{ x }} {% y %}\n```", "$x^{{2}}$", "{ x }", "100 % of {these}", "a@@b", "`{% x %}`"])  # fmt: skip
def test_what_is_no_tag_is_not_told(body: str) -> None:
    assert "C127" not in {f.code for f in read(f"# T\n\n## A\n\n{body}\n").findings}


@given(st.lists(st.sampled_from([*VALUES, *TAGS, "Tea", "`x`", "\n", "**", "[a](", ")", "{%", "%}", "{{", "}}", "| "]), max_size=12))  # fmt: skip
def test_any_mixture_is_read(parts: list[str]) -> None:
    assert read(f"# T\n\n## A\n\n{' '.join(parts)}\n").session is not None
