"""Sessions poured into days: nothing is lost, nothing overlaps, breaks keep their hours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from courseware.model.times.delivery import Delivery
from courseware.schedule.days import Day, OpenDay, Schedule, clock_of, minutes_of
from courseware.schedule.pouring import Poured, PouredSegment, pour

NINE, NOON = 9 * 60, 12 * 60


def days(*texts: str, breaks: tuple[str, ...] = ()) -> tuple[OpenDay, ...]:
    """Return days in a row, each as "09:00-17:00"."""
    made = []
    for number, text in enumerate(texts, 12):
        start, end = text.split("-")
        made.append(Day(f"2027-01-{number}", start=start, end=end))
    return Schedule(days=tuple(made), breaks=breaks).open_days()


def poured(open_days: tuple[OpenDay, ...], **sessions: tuple[int | str, ...]) -> Poured:
    """Return sessions poured, each as its segments' minutes; "10" in quotes is a break of its own."""
    slots = {
        name: tuple(
            PouredSegment(
                f"{name}{n}", int(m), is_break=isinstance(m, str), rests=isinstance(m, str)
            )
            for n, m in enumerate(minutes)
        )
        for name, minutes in sessions.items()
    }
    return pour(open_days, slots, dict.fromkeys(slots, Delivery(group=12)))


def sittings(found: Poured, name: str) -> list[str]:
    own = found.appointments[name].sittings
    return [f"{s.date[-2:]} {clock_of(s.start)}-{clock_of(s.end)}" for s in own]


def pauses(found: Poured, name: str) -> list[tuple[str, int]]:
    return [(p.before, p.minutes) for p in found.appointments[name].pauses]


def test_sessions_follow_one_another_and_go_over_a_night() -> None:
    found = poured(days("09:00-11:00", "10:00-12:00"), a=(60, 30), b=(20, 50))
    assert sittings(found, "a") == ["12 09:00-10:30"]
    assert sittings(found, "b") == ["12 10:30-10:50", "13 10:00-10:50"]
    assert pauses(found, "b") == [("b1", 24 * 60 - 50)]
    assert found.appointments["b"].pauses[0].date == "2027-01-13"
    assert found.appointments["a"].group == 12


def test_what_would_cross_a_break_waits_and_the_empty_minutes_are_known() -> None:
    found = poured(days("09:00-12:00", breaks=("10:30-10:45 Coffee",)), a=(60, 45, 20))
    assert pauses(found, "a") == [("a1", 30), ("a1", 15)]
    assert [(p.title, p.free) for p in found.appointments["a"].pauses] == [
        ("", True),
        ("Coffee", False),
    ]
    assert [(w.minutes, w.clock, w.slot.id) for w in found.waits] == [(30, "10:30", "a1")]
    assert sittings(found, "a") == ["12 09:00-11:50"]


def test_what_no_stretch_holds_crosses_the_break_which_begins_later() -> None:
    found = poured(days("09:00-12:00", breaks=("10:30-10:45",)), a=(120, 30))
    assert [(c.slot.id, c.clock) for c in found.crossings] == [("a0", "10:30")]
    assert pauses(found, "a") == [("a1", 15)]
    assert sittings(found, "a") == ["12 09:00-11:45"]
    assert not found.waits and found.beyond is None


def test_what_is_left_goes_on_after_the_last_days_end() -> None:
    found = poured(days("09:00-10:00"), a=(40,), b=(30, 10))
    assert found.beyond is not None and found.beyond[1].id == "b0"
    assert found.days[0].over == 20 and sittings(found, "b") == ["12 09:40-10:20"]


def test_a_segment_longer_than_a_day_takes_it_and_more() -> None:
    found = poured(days("09:00-10:00", "09:00-10:00"), a=(90, 30))
    assert [day.over for day in found.days] == [30, 0] and found.beyond is None
    assert sittings(found, "a") == ["12 09:00-10:30", "13 09:00-09:30"]


def test_no_session_begins_in_the_last_minutes_before_a_break() -> None:
    hours = days("09:00-12:00", breaks=("10:00-10:15",))
    found = poured(hours, a=(50,), b=(5, 30))
    assert sittings(found, "b") == ["12 10:15-10:50"]
    assert [p.minutes for p in found.appointments["b"].before] == [10, 15] and not pauses(
        found, "b"
    )
    assert sittings(poured(hours, a=(50,), b=(5,)), "b") == ["12 09:50-09:55"]


def test_a_sessions_own_break_gives_way_to_the_courses() -> None:
    hours = days("09:00-12:00", breaks=("10:00-10:15",))
    near = poured(hours, a=(40, "10", 10, 40))
    assert [(p.before, p.minutes, p.instead) for p in near.appointments["a"].pauses] == [
        ("a1", 0, True), ("a3", 10, False), ("a3", 15, False)]  # fmt: skip
    far = poured(hours, a=(15, "10", 30, 60))
    assert pauses(far, "a") == [("a3", 5), ("a3", 15)]


def test_nights_take_the_place_of_own_breaks() -> None:
    found = poured(days("09:00-10:00", "09:00-10:00"), a=(60, "10", 30))
    assert [(p.before, p.instead) for p in found.appointments["a"].pauses] == [("a1", True)]
    assert sittings(found, "a") == ["12 09:00-10:00", "13 09:00-09:30"]


def test_minutes_without_a_break_are_counted_over_sessions() -> None:
    found = poured(days("09:00-17:00"), a=(60,), b=(50, "10", 20))
    assert [(s.slot.id, s.minutes) for s in found.sat] == [("a0", 110), ("b2", 20)]


MINUTES = st.lists(st.integers(1, 150), min_size=1, max_size=6)


@given(st.lists(MINUTES, min_size=1, max_size=5), st.integers(1, 4), st.booleans())
def test_every_minute_has_its_place_and_no_two_the_same(
    sessions: list[list[int]], many: int, lunch: bool
) -> None:
    hours = days(*["09:00-15:00"] * many, breaks=("12:00-13:00 Lunch",) * lunch)
    found = poured(hours, **{f"s{n}": tuple(m) for n, m in enumerate(sessions)})
    assert list(found.appointments) == [f"s{n}" for n in range(len(sessions))]
    assert sum(day.used for day in found.days) == sum(map(sum, sessions))
    ended = ("", 0)
    for name, minutes in zip(found.appointments, sessions, strict=True):
        one = found.appointments[name]
        whole = sum(minutes) + sum(p.minutes for p in one.pauses)
        assert one.clock(whole) == clock_of(one.sittings[-1].end)
        assert minutes_of(one.start) == one.sittings[0].start % (24 * 60)
        for sitting in one.sittings:
            assert (sitting.date, sitting.start) >= ended and sitting.start < sitting.end
            ended = (sitting.date, sitting.end)
    late = {day.date for day in found.days if day.over}
    crossed = {crossing.date for crossing in found.crossings}
    for one in found.appointments.values():
        for sitting in one.sittings:
            assert sitting.end <= 15 * 60 or sitting.date in late
            inside = sitting.start < NOON < sitting.end
            assert not (lunch and inside) or one.pauses or sitting.date in crossed
