"""Plans for less and for more time: properties, and examples that a trainer would check."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.model.times.plan import (
    BREAK_FREE,
    STEP,
    Candidate,
    Kind,
    Plan,
    best_plan,
    drop_costs,
    floor_of,
)


def candidate(name: str, kind: Kind, minutes: int, **more: object) -> Candidate:
    floor = floor_of(kind, minutes)
    given = {"floor": floor, "low": minutes, **more}
    return Candidate(id=name, kind=kind, minutes=minutes, **given)  # type: ignore[arg-type]


@st.composite
def sessions(draw: st.DrawFn, breaks: bool = False) -> tuple[Candidate, ...]:
    kinds: list[Kind] = ["talk", "talk", "practice", "practice"]
    kinds += ["break"] if breaks else []
    found = [candidate("opening", "opening", draw(st.integers(1, 10)))]
    for number in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(kinds))
        minutes = draw(st.integers(5, 30) if kind == "break" else st.integers(1, 70))
        low = draw(st.integers(1, minutes)) if draw(st.integers(0, 5)) == 0 else minutes
        found.append(
            candidate(
                f"{kind}-{number}", kind, minutes, low=low, floor=floor_of(kind, minutes, low),
                stated=draw(st.booleans()), optional=draw(st.integers(0, 6)) == 0,
                keep=draw(st.integers(0, 9)) == 0, named=draw(st.sampled_from([0, 0, 1, 2])),
            )
        )  # fmt: skip
    return (*found, candidate("closing", "closing", draw(st.integers(1, 10))))


lengths = st.integers(5, 480)


@given(sessions(breaks=True), lengths, st.booleans())
def test_a_plan_never_exceeds_its_length_unless_what_stays_does(
    some: tuple[Candidate, ...], length: int, few: bool
) -> None:
    plan = best_plan(some, length, few=few)
    staying = sum(c.floor for c in some if c.stays)
    assert plan.fits or plan.total == staying > length


@given(sessions(), lengths)
def test_a_plan_uses_its_length_or_nothing_that_fell_out_fits(
    some: tuple[Candidate, ...], length: int
) -> None:
    plan = best_plan(some, length)
    out = [c for c in some if c.id not in plan.minutes]
    assert plan.total >= 0.9 * length or all(c.floor > plan.spare for c in out)


@given(sessions(breaks=True), lengths, st.booleans())
def test_nothing_kept_falls_out_and_nothing_is_shorter_than_its_floor(
    some: tuple[Candidate, ...], length: int, few: bool
) -> None:
    plan = best_plan(some, length, few=few)
    assert all(c.id in plan.minutes for c in some if c.stays)
    assert all(plan.minutes[c.id] >= c.floor for c in some if c.id in plan.minutes)
    assert list(plan.minutes) == [c.id for c in some if c.id in plan.minutes]


@given(sessions(breaks=True), lengths)
def test_the_same_input_gives_the_same_plan(some: tuple[Candidate, ...], length: int) -> None:
    assert best_plan(some, length) == best_plan(some, length)


def cost(some: tuple[Candidate, ...], plan: Plan) -> tuple[int, int]:
    needed = [c for c in some if c.stays or not c.optional]
    costs = drop_costs(needed)
    out = [c for c in some if c.id not in plan.minutes and c.kind != "break"]
    dropped = sum(costs[c.id] for c in out if c in needed)
    return dropped, sum(drop_costs(some)[c.id] for c in out if c not in needed)


@given(sessions(breaks=True), st.integers(5, 300))
def test_what_falls_out_never_costs_more_with_more_time(
    some: tuple[Candidate, ...], length: int
) -> None:
    found = [cost(some, best_plan(some, n)) for n in range(length, length + 30)]
    assert found == sorted(found, reverse=True)


@given(sessions(), lengths)
def test_nothing_optional_stays_while_something_else_is_shortened(
    some: tuple[Candidate, ...], length: int
) -> None:
    plan = best_plan(some, length)
    needed = [c for c in some if c.stays or not c.optional]
    short = [c for c in needed if plan.minutes.get(c.id, 0) < c.minutes]
    assert not short or all(c in needed for c in some if c.id in plan.minutes)


@given(sessions(), lengths)
def test_nothing_falls_out_while_shortening_would_do(
    some: tuple[Candidate, ...], length: int
) -> None:
    needed = [c for c in some if c.stays or not c.optional]
    plan = best_plan(some, length)
    if sum(c.floor for c in needed) <= length:
        assert all(c.id in plan.minutes for c in needed)


@given(sessions(), st.integers(1, 90))
def test_talk_gives_its_minutes_before_practice_does(
    some: tuple[Candidate, ...], less: int
) -> None:
    plan = best_plan(some, sum(c.minutes for c in some) - less)
    work = [c for c in some if c.kind == "practice" and not c.optional and c.id in plan.minutes]
    talk = [c for c in some if c.kind == "talk" and not c.optional and c.id in plan.minutes]
    if any(plan.minutes[c.id] <= c.low - STEP for c in work):
        given = sum(plan.minutes[c.id] - c.floor for c in talk)
        assert given < STEP * len(work)


@given(sessions(), lengths)
def test_practice_that_an_objective_names_goes_last(
    some: tuple[Candidate, ...], length: int
) -> None:
    plan = best_plan(some, length)
    named = {c.id: c for c in some if c.kind == "practice" and c.named and not c.optional}
    others = [c for c in some if c.id in plan.minutes and not c.stays and c.id not in named]
    room = plan.spare + sum(plan.minutes[c.id] for c in others)
    room += sum(
        plan.minutes[c.id] - c.floor for c in some if c.id in plan.minutes and c not in others
    )
    assert all(name in plan.minutes or c.floor > room for name, c in named.items())


@given(sessions(breaks=True), lengths)
@settings(max_examples=300)
def test_breaks_follow_the_clock(some: tuple[Candidate, ...], length: int) -> None:
    plan = best_plan(some, length)
    if sum(c.minutes for c in some if c.stays or not c.optional) <= length:
        return
    at = 0
    for c in some:
        if c.kind == "break" and c.id in plan.minutes and not c.stays:
            assert at >= BREAK_FREE and at + plan.minutes[c.id] <= plan.total - BREAK_FREE
        at += plan.minutes.get(c.id, 0)


@given(sessions(), st.integers(1, 60))
def test_a_late_start_takes_no_more_than_it_has_to(some: tuple[Candidate, ...], late: int) -> None:
    whole = sum(c.minutes for c in some)
    plan = best_plan(some, whole - late, few=True)
    out = [c for c in some if c.id not in plan.minutes]
    if not out and plan.fits:
        assert plan.total == whole - late
    assert all(c.floor > plan.spare for c in out)


@given(sessions(breaks=True), st.integers(0, 200))
def test_time_to_spare_goes_to_practice(some: tuple[Candidate, ...], more: int) -> None:
    whole = sum(c.minutes for c in some)
    plan = best_plan(some, whole + more)
    for c in some:
        gain = plan.minutes[c.id] - c.minutes
        assert 0 <= gain <= (c.minutes // 2 if c.kind == "practice" else 0)
    room = [c.minutes // 2 - plan.minutes[c.id] + c.minutes for c in some if c.kind == "practice"]
    assert plan.spare < STEP or all(r < STEP for r in room)


def test_the_talk_goes_before_the_exercise_and_the_break_with_it() -> None:
    some = (
        candidate("one", "talk", 60), candidate("pause", "break", 15), candidate("two", "talk", 60),
        candidate("exercise", "practice", 40), candidate("end", "closing", 1),
    )  # fmt: skip
    plan = best_plan(some, 90)
    assert plan.minutes == {"one": 49, "exercise": 40, "end": 1}


def test_a_long_plan_keeps_its_break() -> None:
    some = (
        candidate("one", "talk", 80), candidate("pause", "break", 15),
        candidate("work", "practice", 85),
    )  # fmt: skip
    plan = best_plan(some, 165)
    assert plan.minutes == {"one": 70, "pause": 10, "work": 85}
    assert "pause" in best_plan(some, 120).minutes
    assert "pause" not in best_plan(some, 110).minutes
