"""What a view is made of: its session in the course alone, and whether that is as it was."""

from __future__ import annotations

import msgspec

from courseware.build.request import Request, editions
from courseware.build.run.work import value_print
from courseware.build.state.slots import KeptSlots
from courseware.course.loading import Loaded
from courseware.course.numbers import chapters
from courseware.model.session import Chapter, Course, Session
from courseware.serve.live_course import LiveCourse
from courseware.serve.views import View, ViewSource

replace = msgspec.structs.replace


def chapters_of(live: LiveCourse, session: Session) -> dict[str, Chapter]:
    """Return how the session is called in its course; of the others, nothing is asked."""
    found = chapters(live.loaded.course)
    return {session.path: found[session.path]} if session.path in found else {}


def course_of(live: LiveCourse, session: Session) -> Course:
    """Return the course with that session alone, for the length and the days that course.yml states.

    When it begins on those days depends on all sessions: until they are read, no hour is told.
    """
    course = replace(live.loaded.course, sessions=(session,))
    known: Loaded = replace(live.loaded, course=course)
    if known.settings.schedule is not None and not live.unread:
        known = live.loaded
    elif known.settings.schedule is not None:
        known = replace(known, settings=replace(known.settings, schedule=None))
    slots_of = KeptSlots(live.readings)
    edition = editions(known, Request(live.where), slots_of=slots_of)[0]
    return replace(course, variant=edition.name, group=edition.audience,
                   delivery=edition.of(session.path, course.delivery))  # fmt: skip


def print_of(asked: ViewSource) -> str:
    """Return the fingerprint of what a view is made of."""
    return value_print((asked.session, asked.maps, asked.paper, asked.chapters))


def still_holds(view: View, asked: ViewSource) -> bool:
    """Whether the values of the course, and the titles, that a view asked for are as they were."""
    facts = view.facts
    now = {f"value {name}": name for name in Course.__struct_fields__ if name != "sessions"}
    seen = asked.titles
    for fact, value in facts.items():
        kind, _, name = fact.partition(" ")
        if fact in now and value != value_print(getattr(asked.course, name)):
            return False
        if kind == "title" and value != seen.get(name, ""):
            return False
        if fact == "titles" and value != value_print(seen):
            return False
    return True
