"""A folder of the course's files: put together when its parts are made, and published by its name.

Parts may be made on any machine; the folder is written where the build was started, beside its place.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from courseware import files
from courseware.build.plan.targets import Target
from courseware.build.publish.publish import PART
from courseware.build.run.work import COURSE, PROGRAM, JobOutcome, Recorded
from courseware.build.state.ledger import Ledger
from courseware.build.state.stamp import program_print
from courseware.build.state.store import Store
from courseware.course.loading import Loaded
from courseware.folders import layouts
from courseware.model.session import Session
from courseware.products.table import titles

if TYPE_CHECKING:
    from courseware.site.folder import Held, SiteMaterial

OLD = ".old"
"""How the name goes on of a folder that makes place for a new one."""


def draft_of(place: Path) -> Path:
    """Return where a folder is written before it takes its place."""
    return place.parent / f".{place.name}.{os.getpid()}{PART}"


class Content(msgspec.Struct, frozen=True):
    """What sessions hold: `full` gives one with all that its sections hold, `print_of` the fingerprint of that."""

    full: Callable[[Session], Session]
    print_of: Callable[[Session], str]


def put_together(
    target: Target, loaded: Loaded, ledger: Ledger, content: Content, password: str
) -> tuple[JobOutcome, tuple[str, ...]]:
    """Write a folder's draft; return what came of it, and what it keeps in the store.

    The `password` is for what is the facilitator's.
    """
    from courseware.site.folder import write_folder

    started = time.perf_counter()
    draft = draft_of((ledger.output / target.name).parent)
    shutil.rmtree(draft, ignore_errors=True)
    kept: list[str] = []
    with files.recorded({COURSE: loaded.root, PROGRAM: layouts()}) as trace:
        whole = _whole(target, loaded, ledger, content, kept)
        made = write_folder(msgspec.structs.replace(whole, password=password), draft)
    return JobOutcome(made, trace.facts, time.perf_counter() - started), tuple(kept)


def _whole(
    target: Target, loaded: Loaded, ledger: Ledger, content: Content, kept: list[str]
) -> SiteMaterial:
    from courseware.site.folder import SiteMaterial

    sessions = {session.path: session for session in target.sessions}
    edition = {"variant": target.edition.name, "group": target.edition.audience}
    course = Recorded(**msgspec.structs.asdict(loaded.course) | {"sessions": ()} | edition)
    seen = titles(target.product.audience, loaded.course)
    program = program_print()[:8]
    return SiteMaterial(
        product=target.product,
        course=course,
        root=loaded.root,
        titles={path: seen[path] for path in sessions if path in seen},
        deliveries={p: target.edition.of(p, loaded.course.delivery) for p in sessions},
        held=held(target, loaded, ledger),
        session=lambda path: content.full(sessions[path]),
        print_of=lambda path: content.print_of(sessions[path]),
        kept=lambda name, make: _kept(ledger.store, f"{name}-{program}", make, kept),
    )


def held(target: Target, loaded: Loaded, ledger: Ledger) -> tuple[Held, ...]:
    """Return the files that go into a folder or a file, session by session; not every session has each."""
    from courseware.site.folder import Held

    rows = target.product.parts_of(loaded.course)
    found: list[Held] = []
    for path in (*(session.path for session in target.sessions), ""):
        for number, product in enumerate(rows):
            name = target.parts.get((number, path), "")
            if name and ledger.jobs[name].exists:
                read = ledger.reader(name)
                found.append(Held(product, path, name, ledger.jobs[name].count, read))
    return tuple(found)


def _kept(store: Store, name: str, make: Callable[[], bytes], kept: list[str]) -> bytes:
    """Return what was kept under a name, made and kept where it is not."""
    kept.append(name)
    data = store.get(name)
    if data is None:
        data = make()
        store.put(name, data)
    return data


def publish_folder(draft: Path, place: Path, own: Collection[str]) -> bool:
    """Give a draft the name of its folder; return False where that holds the same already.

    `own` are the names of files in the folder that builds published, and so are those that it lists itself: all
    others are its owner's, and stay.
    """
    from courseware.site.folder import LISTED

    listed = files.text(place / LISTED).split("\n") if (place / LISTED).is_file() else ()
    mine = {*own, *listed}
    theirs = [n for n in inside(place) if n not in mine and not (draft / n).exists()]
    if place.is_dir() and _same(draft, place, theirs):
        shutil.rmtree(draft)
        return False
    for name in theirs:
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(place / name, draft / name)
    draft.chmod(0o755)
    old = place.parent / f".{place.name}{OLD}{PART}"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    draft.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return True


def inside(folder: Path) -> list[str]:
    """Return the files in a folder and in those below it, as paths in it."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _same(draft: Path, place: Path, theirs: list[str]) -> bool:
    """Whether a folder holds a draft's files, and besides them nothing but its owner's."""
    names = inside(draft)
    if set(inside(place)) != {*names, *theirs}:
        return False
    return all(filecmp.cmp(draft / name, place / name, shallow=False) for name in names)


def restore(output: Path) -> None:
    """Give folders their names back that a build which was killed had put aside, and remove its drafts."""
    for old in output.glob(f".*{OLD}{PART}"):
        place = output / old.name.removeprefix(".").removesuffix(OLD + PART)
        if old.is_dir() and not place.exists():
            old.rename(place)
    for draft in output.glob(f".*{PART}"):
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
