"""What the work of a target is given, and what it depends on: why it is due."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from courseware.build.plan import reasons
from courseware.build.plan.targets import Order, Target
from courseware.build.run.work import VALUES, JobOutcome, Work, value_print
from courseware.build.state import stamp
from courseware.build.state.findings import session_print
from courseware.build.state.ledger import Ledger
from courseware.build.state.readings import Readings, links_of
from courseware.course.loading import Loaded
from courseware.course.numbers import chapters
from courseware.model.session import Session, for_learner, named_in_course, with_course_ids
from courseware.model.times.delivery import Delivery
from courseware.model.times.segments import in_course
from courseware.products.labels import part_name
from courseware.products.table import COUNTS, titles

replace = msgspec.structs.replace
AUDIENCES: tuple[Literal["learner", "facilitator"], ...] = ("learner", "facilitator")


class Works:
    """The works of an order's targets: their values, and the facts that tell whether they are due.

    `own` are the facts of each target that was asked about, `stamp` those of the program.
    """

    def __init__(
        self,
        loaded: Loaded,
        order: Order,
        ledger: Ledger,
        readings: Readings | None,
        names: Mapping[str, str],
    ) -> None:
        """Take the course, the order, what earlier builds wrote down, and files' names by session."""
        self.loaded, self.order, self.ledger = loaded, order, ledger
        self.readings, self.names = readings, names
        self.chapters = chapters(loaded.course)
        self.stamp = {"program": stamp.program_print(), "libraries": stamp.libraries()}
        self.own: dict[str, dict[str, str]] = {}
        self._values = _values(loaded)
        self._prints: dict[str, str] = {}

    def work(self, target: Target, maps: Mapping[str, dict[str, int]]) -> Work:
        """Return the work of a target, given the pages of what it cites."""
        sessions = tuple(self._given(target, session) for session in target.sessions)
        course = replace(self.loaded.course, sessions=sessions, **_of_edition(self.loaded, target))
        return Work(
            product=target.product,
            course=course,
            titles=titles(target.product.audience, self.loaded.course),
            paper=target.paper,
            root=str(self.loaded.root),
            maps=dict(maps),
            drawn=target.asked or target.is_part,
            deliveries=self._deliveries(target),
            chapters={path: self.chapters[path] for path in self._named(target)},
        )

    def _given(self, target: Target, session: Session) -> Session:
        """Return a session as a job gets it: whole, with ids that are unique in what it makes."""
        full = self.full(session)
        if not target.is_of_course:
            return full
        digest = target.product.digest
        if digest is not None:
            full = digest(for_learner(full) if target.product.audience == "learner" else full)
        return with_course_ids(full, self.chapters[session.path].name)

    def full(self, session: Session) -> Session:
        """Return a session whole, where the course holds its outline."""
        return self.readings.full(session) if self.readings else session

    def maps(self, target: Target, needed: Mapping[str, JobOutcome]) -> dict[str, dict[str, int]]:
        """Return the pages of blocks in the products that a target cites, by their ids in it."""
        maps: dict[str, dict[str, int]] = {}
        for (product, path), name in target.needs.items():
            if needed[name].exists:
                own = needed[name].made.map
                if target.is_of_course or path not in (s.path for s in target.sessions):
                    own = {
                        named_in_course(self.chapters[path].name, i): page
                        for i, page in own.items()
                    }
                    own[part_name(self.chapters[path].name, product)] = 1
                maps.setdefault(product, {}).update(own)
                if target.is_of_course:
                    counts = maps.setdefault(COUNTS, {})
                    counts[f"{product} {path}"] = needed[name].made.count
        return maps

    def _deliveries(self, target: Target) -> dict[str, Delivery]:
        """Return the deliveries, by path, of the sessions that a course's file is of; none for a session's."""
        own = self.loaded.course.delivery
        paths = [session.path for session in target.sessions] if target.is_of_course else []
        return {p: in_course(target.edition.of(p, own), self.names[p]) for p in paths}

    def links(self, path: str) -> tuple[str, ...]:
        """Return where a session's links lead: files of the course, with places in them."""
        if self.readings:
            return self.readings.links.get(path, ())
        return next((links_of(s) for s in self.loaded.course.sessions if s.path == path), ())

    def _named(self, target: Target) -> Iterator[str]:
        """Yield the sessions that a target is of, and those that its readers may be led to."""
        mine = {session.path for session in target.sessions}
        yield from mine
        linked = {link.partition("#")[0] for path in mine for link in self.links(path)} - mine
        for session in self.loaded.course.sessions if linked else ():
            if (
                session.path in linked
                and session.role == "session"
                and target.edition.has(session.path)
            ):
                yield session.path

    def print_of(self, session: Session) -> str:
        """Return the fingerprint of a session."""
        path = session.path
        if path not in self._prints:
            print_of = self.readings.print_of if self.readings else session_print
            self._prints[path] = print_of(session)
        return self._prints[path]

    def password(self, target: Target) -> str:
        """Return the password that a target's files ask for, "" where they are for everyone."""
        theirs = target.is_folder and target.product.audience == "facilitator"
        return self.order.password if theirs else ""

    def why(self, target: Target, maps: Mapping[str, dict[str, int]]) -> str:
        """Return why a target is to be made, "" where it is up to date; its own facts are kept."""
        self.own[target.name] = self._facts(target, maps)
        if self.order.forced:
            return reasons.FORCED
        if self.password(target):
            return reasons.PASSWORD
        mine = _of_edition(self.loaded, target).items()
        values = {f"value {name}": value_print(value) for name, value in mine}
        called = {f"chapter {p}": value_print(self.chapters[p]) for p in self._named(target)}
        general = self._values[target.product.audience]
        given = ChainMap(self.own[target.name], values, called, general)
        return self.ledger.why(target.name, given, target.asked, target.cited, target.is_part)

    def _facts(self, target: Target, maps: Mapping[str, dict[str, int]]) -> dict[str, str]:
        """Return what a target depends on that is given to it, whatever its work looks at."""
        facts = dict(self.stamp)
        facts |= {f"session {session.path}": self.print_of(session) for session in target.sessions}
        if target.is_of_course:
            names = [self.names[session.path] for session in target.sessions]
            facts["sessions"] = value_print(names)
        deliveries = self._deliveries(target).items()
        facts |= {f"delivery {path}": value_print(own) for path, own in deliveries}
        facts |= {f"part {name}": self.ledger.print_of(name) for name in target.parts.values()}
        if target.is_folder:
            facts["parts"] = value_print(sorted(target.parts.values()))
            facts["password"] = "yes" if self.password(target) else ""
        facts["paper"] = target.paper
        cited = dict.fromkeys((*target.product.cites, *maps))
        return facts | {f"map {p}": value_print(maps[p]) if p in maps else "" for p in cited}


def _values(loaded: Loaded) -> dict[str, dict[str, str]]:
    """Return, by audience, the facts of the course's values and of its sessions' titles."""
    values = {f"value {name}": value_print(getattr(loaded.course, name)) for name in VALUES}
    found: dict[str, dict[str, str]] = {}
    for audience in AUDIENCES:
        seen = titles(audience, loaded.course)
        each = {f"title {path}": title for path, title in seen.items()}
        found[audience] = {**values, **each, "titles": value_print(seen)}
    return found


def _of_edition(loaded: Loaded, target: Target) -> dict[str, Any]:
    """Return the course's values that a target's edition has of its own."""
    own = {"variant": target.edition.name, "group": target.edition.audience}
    if target.is_of_course:
        return own
    delivery = target.edition.of(target.sessions[0].path, loaded.course.delivery)
    return {**own, "delivery": delivery}
