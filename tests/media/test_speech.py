"""Formulas in words: what a reader who listens is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ziamath.zmath import Latex

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
    assert words(Latex(tex).mathml) == said


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
def test_no_source_is_read_aloud_and_no_name_is_left_out(tex: str) -> None:
    said = words(Latex(tex).mathml)
    assert said and not SOURCE.search(said)
    bare = re.sub(r"\\text\{two words\}", " twowords ", tex)
    for name, told in (("x", "x"), ("12", "12"), (r"\\beta", "beta"), ("twowords", "two words"),
                       (r"\\hat", "y hat"), (r"\\infty", "infinity")):  # fmt: skip
        times = len(re.findall(rf"(?<![a-z\\]){name}(?![a-z0-9])", bare))
        assert len(re.findall(rf"\b{told}\b", said)) >= times, (name, said)


def test_the_words_are_the_picture_s_alternative_in_their_language() -> None:
    assert 'lang="en" alt="x squared"' in str(formula("x^2", False))
