"""Formulas in words: what a reader who listens is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ziamath.zmath import Latex

from courseware.language.catalogue import languages, spoken_of
from courseware.language.printed import HOLE, holes_of
from courseware.media import speech
from courseware.media.drawings import formula
from courseware.media.speech import words
from tests.searching import examples

SOURCE = re.compile(r"\\[a-zA-Z]|[\^_{}$&]")


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        ("N", "N"),
        (r"q \cdot g > c", "q times g is greater than c"),
        ("c / g", "c over g"),
        (r"\frac{1}{n}", "1 over n"),
        (r"\frac{N \, p}{q}", "the fraction with numerator N p and denominator q, end fraction"),
        ("x^2 + y^{n+1}", "x squared plus y to the power n plus 1, end power"),
        ("x_i^3", "x sub i cubed"),
        ("x_{i+1}", "x sub i plus 1, end sub"),
        (r"A^\top f'", "A transposed f prime"),
        (r"\sqrt{x}", "the square root of x"),
        (r"\sqrt[3]{x+1}", "the cube root of x plus 1, end root"),
        (r"\sum_{i=1}^{n} x_i", "the sum from i equals 1 to n of x sub i"),
        (r"\sum_i x_i", "the sum over i of x sub i"),
        (r"\lim_{x \to 0} x", "the limit as x goes to 0 of x"),
        (r"\int_0^1 x\,dx", "the integral from 0 to 1 of x d x"),
        (r"\hat{y} + \bar{x}", "y hat plus x bar"),
        (r"\overline{x+y}", "bar over x plus y, end over"),
        (r"\alpha \le \Omega \in \mathbb{R}",
         "alpha is at most capital omega in the real numbers"),
        (r"\underbrace{a+b}_{\text{both parts}} - c", "a plus b, labelled both parts, minus c"),
        (r"\binom{n}{k}", "open parenthesis n choose k close parenthesis"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
         "open parenthesis row 1: 1, 2, row 2: 3, 4, close parenthesis"),
        (r"\begin{aligned} a &= 1 \\ b &= -2 \end{aligned}",
         "line 1: a equals 1, line 2: b equals minus 2"),
        (r"\sin^2 x", "sine squared x"),
        (r"\stackrel{d}{=}", "equals with d above"),
        ("a ⊢ b", "a right tack b"),
    ],
)  # fmt: skip
def test_what_is_said(tex: str, said: str) -> None:
    assert words(Latex(tex).mathml, "en") == said


TEX_OF_ALL = (
    r"q \cdot g > c / g", r"\frac{1}{n}", r"\frac{N p}{q}", "x^2 + y^{n+1}", "x_i^3 - x_{i+1}'", r"\sqrt{x}",
    r"\sqrt[3]{x+1}", r"\sqrt[n]{x+1}", r"\sum_{i=1}^{n} x_i", r"\sum_i x_i", r"\lim_{x \to 0} x", r"\hat{y} + \bar{x}",
    r"\int_0^1 x\,dx", r"\overline{x+y}", r"\alpha \le \Omega \in \mathbb{R}", r"\underbrace{a+b}_{c} - d",
    r"\binom{n}{k}", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", r"\sin^2 x", r"\stackrel{d}{=}",
    r"\underset{x}{=}", r"\forall x \exists y \vdash \varsigma", r"\max_x \exp x",
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")


def own_words(said: Any) -> set[str]:
    """Return the words that a table of spoken words holds, without its holes."""
    if isinstance(said, dict):
        return {word for name, row in said.items() for word in own_words(row) | own_words(name)}
    if isinstance(said, list):
        return {word for row in said for word in own_words(row)}
    return set(WORD.findall(HOLE.sub(" ", str(said))))


def of_signs(said: dict[str, Any], name: str) -> list[str]:
    return sorted("".join(said[name].values()))


@pytest.mark.parametrize("language", [*languages(), "zh-TW"])
def test_a_formula_is_said_in_its_language(language: str) -> None:
    own, english = spoken_of(language), spoken_of("en")
    assert own.keys() - {"variants", "tags"} == english.keys()
    assert of_signs(own, "signs") == of_signs(english, "signs")
    assert all(own[name].keys() == english[name].keys() for name in ("bounded", "functions"))
    assert of_signs(own, "accents") == of_signs(english, "accents")
    for name, sentence in english.items():
        assert not isinstance(sentence, str) or holes_of(own[name]) == holes_of(sentence)
    known = own_words({name: row for name, row in own.items() if name not in ("variants", "tags")})
    for tex in TEX_OF_ALL:
        said = words(Latex(tex).mathml, language)
        assert said and not SOURCE.search(said), tex
        assert language == "en" or known.issuperset(WORD.findall(said)), said


@pytest.mark.parametrize("language", sorted({*languages()} - {"en"}))
def test_words_of_a_language_are_its_own(language: str) -> None:
    """Some are English ones by chance: "plus", "alpha"; the sentences are not."""
    own, english = spoken_of(language), spoken_of("en")
    same = [name for name, said in english.items() if isinstance(said, str) and own[name] == said]
    assert same in ([], ["mark"]) and own["mark"] == "{base} {mark}"
    shared = own_words(own["signs"]) & own_words(english["signs"])
    assert len(shared) < 10 if own["greek"][0].isascii() else not shared


def test_the_program_itself_has_no_words_for_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    def veiled(said: Any) -> Any:
        if isinstance(said, dict):
            return {name: veiled(row) for name, row in said.items()}
        return [veiled(row) for row in said] if isinstance(said, list) else WORD.sub("§", said)

    english = spoken_of("en")
    table = {name: veiled(row) for name, row in english.items() if name not in ("signs", "accents")}
    table |= {name: {"§": "".join(english[name].values())} for name in ("signs", "accents")}
    restored = {k: re.sub(r"\{§\}", "", v) if isinstance(v, str) else v for k, v in table.items()}
    monkeypatch.setattr(speech, "voice", lambda language: speech.Voice(restored))
    for tex in TEX_OF_ALL:
        assert not WORD.findall(words(Latex(tex).mathml, "xx")), tex


@pytest.mark.parametrize("language", ["nl", "eo", ""])
def test_a_language_without_words_makes_none(language: str) -> None:
    """What its author wrote stands for the formula then, and no language is claimed for it."""
    tex = r"\frac{1}{n}"
    assert words(Latex(tex).mathml, language or "nl") == ""
    made = formula(tex, False, language or "nl")
    assert f'alt="{tex}"' in made and "lang=" not in made


@pytest.mark.parametrize("language", ["de", "ar-EG", "zh-TW"])
def test_words_say_which_language_they_are_of(language: str) -> None:
    assert f'lang="{language.split("-")[0]}"' in formula(r"\frac{1}{n}", False, language)


ATOMS = st.sampled_from(["x", "12", r"\beta", r"\text{two words}", r"\hat{y}", r"\infty", "-1"])
TEX = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(r"\frac{{{}}}{{{}}}".format, inner, inner),
        st.builds(r"\sqrt{{{}}}".format, inner),
        st.builds(r"\left( {} \right)".format, inner),
        st.builds("{{{}}}^{{{}}}".format, inner, inner),
        st.builds(r"\sum_{{{}}}^{{{}}} {}".format, inner, inner, inner),
        st.builds(r"{} + {}".format, inner, inner),
        st.builds(r"\begin{{matrix}} {} & {} \\ {} & {} \end{{matrix}}".format, *[inner] * 4),
    ),
    max_leaves=8,
)


@settings(max_examples=examples(60))
@given(TEX)
@pytest.mark.slow
def test_no_source_is_read_aloud_and_no_name_is_left_out(tex: str) -> None:
    said = words(Latex(tex).mathml, "en")
    assert said and not SOURCE.search(said)
    bare = re.sub(r"\\text\{two words\}", " twowords ", tex)
    for name, told in (("x", "x"), ("12", "12"), (r"\\beta", "beta"), ("twowords", "two words"),
                       (r"\\hat", "y hat"), (r"\\infty", "infinity")):  # fmt: skip
        times = len(re.findall(rf"(?<![a-z\\]){name}(?![a-z0-9])", bare))
        assert len(re.findall(rf"\b{told}\b", said)) >= times, (name, said)


def test_the_words_are_the_picture_s_alternative_in_their_language() -> None:
    assert 'lang="en" alt="x squared"' in str(formula("x^2", False))
