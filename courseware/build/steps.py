"""A request read and built: `build` for Python, and the steps of it that the command line takes.

Both leave the same files, and what one has built, the other need not build again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypedDict, Unpack

import msgspec

from courseware import files, versions
from courseware.build import driver
from courseware.build.driver import Built, EarlierBuild, Line, Order
from courseware.build.plan.queue import Crew
from courseware.build.request import (
    Request,
    RequestError,
    chosen,
    course_of,
    delivered,
    editions,
    password_of,
    stated,
)
from courseware.build.state.findings import Remembering
from courseware.build.state.readings import Readings
from courseware.build.state.slots import KeptSlots
from courseware.build.state.store import CACHE, Store, key_of, roots
from courseware.checking import rules
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Severity, Span, as_text, did_you_mean
from courseware.folders import output_of
from courseware.model.session import Session
from courseware.model.variants import Edition
from courseware.products.table import FORMS, PRODUCTS, Product
from courseware.versions import Other

BOOKS = frozenset({"workbook", "run-book"})
"""Commands of the whole course's products that `all` makes without being told."""


class Options(TypedDict, total=False):
    """What `build` may be told besides the course; each is the command line's option of that name.

    `products` and `sessions` name what is wanted: without them, what `all` makes of all sessions. `output` is a folder;
    `paper` is a4 or letter; `start` is a time of day as "09:00"; `length` is in minutes, `group` in
    people; `variant` is a name in course.yml, `variants` makes all of them; `template` is a .pptx
    file, `protect` one with the password for the facilitators' folder. `jobs` are processes (1 where it is left out: this one), `time_limit` is in seconds a
    file, `executor` the address of a Dask scheduler. `force` builds again what is up to date.
    """

    products: Iterable[str]
    sessions: Iterable[str]
    output: str | Path
    paper: str
    start: str
    length: int
    group: int
    variant: str
    variants: bool
    template: str | Path
    protect: str | Path
    jobs: int
    time_limit: float
    executor: str
    force: bool


def build(
    where: str | Path,
    told: Callable[[Line], None] = lambda line: None,
    **options: Unpack[Options],
) -> Built:
    """Build products of the course at `where`; return a line a file, and all findings.

    `told` is called with each line as its file is done. Raises `RequestError` where the course, a
    product, a session or a variant does not exist, and `TypeError` on an unknown option. What is
    wrong with a session is a finding: its files stay as they were, the others are made.
    """
    request = _request(Path(where), options)
    products, unmade = makeable(request.products, versions.others())
    if not products:
        return Built((), unmade, ())
    asked = read_request(request, as_text)
    begin_output(request)
    built = driver.build(asked.loaded, order_of(asked, request), told)
    findings = tuple(dict.fromkeys((*asked.findings, *built.findings)))
    return msgspec.structs.replace(built, findings=findings)


def _request(where: Path, options: Options) -> Request:
    """Return options as a request; one that there is not raises `TypeError`."""
    given = dict(options)
    for name in ("products", "sessions"):
        value = given.get(name, ())
        given[name] = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
    for name in given["products"]:  # type: ignore[attr-defined]
        if name not in FORMS:
            hint = did_you_mean(name, FORMS) or f"there are {', '.join(FORMS)}"
            raise RequestError(f'no product is called "{name}" ({hint})')
    if given.get("paper") not in (None, "a4", "letter"):
        raise RequestError(f'no paper is called "{given["paper"]}" (there are a4, letter)')
    if "template" in given:
        given["template"] = template = Path(options["template"]).resolve()
        if not template.is_file():
            raise RequestError(f"there is no template {options['template']}")
    if "protect" in given:
        given["protect"] = Path(options["protect"])
    given["output"] = Path(options.get("output") or output_of(where))
    return Request(where, **given)  # type: ignore[arg-type]


class BuildRequest(msgspec.Struct, frozen=True):
    """What is to be built: the course, its products and sessions that are asked for, what was seen so far."""

    loaded: Loaded
    products: tuple[str, ...]
    sessions: tuple[Session, ...]
    findings: tuple[Diagnostic, ...]
    earlier: EarlierBuild
    editions: tuple[Edition, ...]


def read_request(request: Request, text: Callable[[Diagnostic], str]) -> BuildRequest:
    """Read and check the course of a request, and note all that this looked at.

    `text` says a finding as the user is told it; what cannot be made here is told first.
    """
    output, where = request.output, request.where
    whole = [n for n in request.products if FORMS[n].scope == "course"] if request.sessions else []
    if whole:
        raise RequestError(f"{whole[0]} is of the whole course: name no session")
    readings = Readings(Store(output / CACHE))
    places = {name: Path(path) for name, path in roots(where).items()}
    with files.recorded(places) as trace:
        loaded = stated(delivered(course_of(where, output, readings), request), request)
        if request.products == ("schedule",) and not loaded.course.issue.issued:
            raise RequestError("course.yml has no `schedule` that says when it was `issued`")
        sessions = chosen(loaded, request.sessions)
        slots_of = KeptSlots(readings)
        made = editions(loaded, request, readings.full, slots_of)
        seen = rules.check(loaded, Remembering(readings, places), slots_of, output)
        products, unmade = makeable(request.products or usual(loaded), versions.others())
        mine = _concerning(sessions, loaded, seen) if request.sessions else seen
        findings = (*unmade, *mine)
    earlier = EarlierBuild(key_of(where), request.key, trace.facts, findings, text, readings)
    loaded = _without_stopped(loaded, (*unmade, *seen))
    return BuildRequest(loaded, products, tuple(sessions), findings, earlier, made)


def _concerning(
    sessions: Iterable[Session], loaded: Loaded, seen: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return findings without those of other sessions, or of files that are none, alone: `check` tells all."""
    mine = {session.path for session in sessions}
    others = {session.path for session in loaded.course.sessions} | set(loaded.failed)
    return [
        found
        for found in seen
        if (found.span.path not in others - mine and found.code != "C003")
        or any(path in f"{found.message} {found.hint}" for path in mine)
    ]


def usual(loaded: Loaded) -> tuple[str, ...]:
    """Return the products that `all` makes of a course: those that course.yml names, else the usual ones.

    These are the sessions', `BOOKS` where there is more than one session, and a calendar that was given out.
    """
    several = len(loaded.course.sessions) > 1
    rows = PRODUCTS.values()
    more = {"schedule"} if loaded.course.issue.issued else set()
    more |= set(BOOKS) if several else set()
    own = (r.name for r in rows if r.scope == "session" or r.command in more)
    return loaded.settings.products or tuple(own)


def begin_output(request: Request) -> bool:
    """Make a course's own output folder, which git is to ignore; return False where it was there.

    A folder that the request names is made by the build, which tells where that cannot be.
    """
    output = request.output
    if output != output_of(request.where) or output.exists():
        return False
    with suppress(OSError):
        output.mkdir()
        (output / ".gitignore").write_text("*\n", "utf-8")
    return True


def _without_stopped(loaded: Loaded, findings: Iterable[Diagnostic]) -> Loaded:
    """Return the course; sessions of which a check finds an error have failed, too."""
    stopped = {found.span.path for found in findings if found.severity is Severity.ERROR}
    theirs = stopped & {session.path for session in loaded.course.sessions}
    return msgspec.structs.replace(loaded, failed=loaded.failed | theirs)


def order_of(asked: BuildRequest, request: Request) -> Order:
    """Return the order for products of what is asked for; a calendar that has no new revision stays."""
    others = versions.others()
    same = request.start is not None or any(found.code == "C179" for found in asked.findings)
    stays = frozenset({"schedule"} if same else ())
    return Order(
        products=tuple(FORMS[name] for name in asked.products if name not in stays),
        sessions=asked.sessions,
        output=request.output,
        paper=request.paper or "",
        whole=not request.sessions,
        forced=request.force,
        earlier=asked.earlier,
        editions=asked.editions,
        uncited=frozenset(n for n in PRODUCTS if any(_needs(n, other) for other in others)),
        stays=stays,
        password=password_of(request),
        crew=Crew(request.jobs or 1, request.time_limit, executor=request.executor),
    )


def makeable(
    names: tuple[str, ...], others: tuple[Other, ...]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return which of the products named, or of the sessions', can be made, and a finding for each library."""
    wanted = names or tuple(name for name, row in PRODUCTS.items() if row.scope == "session")
    made = tuple(n for n in wanted if not any(_needs(n, other) for other in others))
    told = ((other, _losses(wanted, made, other)) for other in others)
    return made, tuple(_unmade(other, losses) for other, losses in told if losses)


_KINDS = {"pdf": {"pdf"}, "pptx": {"pptx"}, "pptx-plain": {"pptx"}, "calendar": set[str]()}
"""Kinds of files that a writer's products are; those of a deck as PDF are both."""


def _needs(name: str, other: Other) -> bool:
    kinds = other.bound.kinds
    return not kinds or bool(kinds & _kinds(FORMS[name]))


def _kinds(product: Product) -> set[str]:
    """Return the kinds of files that a product is made of: pages that show slides are of both."""
    own = _KINDS.get(product.writer, {"pdf", "pptx"})
    more = {"pptx": "slides" in product.cites, "book": product.holds, "web": product.parts}
    return own | {kind for kind, is_one in more.items() if is_one}


def _losses(wanted: tuple[str, ...], made: tuple[str, ...], other: Other) -> str:
    """Return what a library of another version keeps from being made, or "": files, or pages cited in them."""
    unmade = [name for name in wanted if _needs(name, other)]
    bare = [n for n in made if any(c in PRODUCTS and _needs(c, other) for c in FORMS[n].cites)]
    losses = [f"no {', '.join(unmade)} can be made"] if unmade else []
    losses += [f"{', '.join(bare)} cite no pages of PDFs"] if bare else []
    return ", and ".join(losses)


def _unmade(other: Other, losses: str) -> Diagnostic:
    bound = other.bound
    message = (
        f"{bound.library} {other.version} is installed; with it {losses}:"
        f" this needs {bound.least} or newer, older than {bound.below}"
    )
    return Diagnostic(
        "C306",
        message,
        Span(other.place, 0, 0),
        f"install it: {versions.mend((bound.requirement,))}",
    )
