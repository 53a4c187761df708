"""Which published files are no longer wanted, and `clean`, which wants none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from filelock import FileLock

from courseware.build.plan.targets import Order, Target
from courseware.build.publish.publish import remove
from courseware.build.state.index import forget, read_index
from courseware.build.state.ledger import Ledger
from courseware.build.state.store import HOME, LOCK
from courseware.course.loading import Loaded
from courseware.products.table import PRODUCTS, SITES


def gone(
    loaded: Loaded, order: Order, ledger: Ledger, targets: Mapping[str, Target],
    names: Collection[str],
) -> set[str]:  # fmt: skip
    """Return files of this course whose session, title or product is gone, or that belong elsewhere.

    `names` are those of all sessions. Where a session failed to read, only files whose job came to
    nothing are gone: the others may be its.
    """
    empty = {t.name for t in targets.values()
             if t.name in ledger.jobs and not ledger.jobs[t.name].exists}  # fmt: skip
    found = empty & ledger.files
    readable = {s.path for s in loaded.course.sessions} >= loaded.failed
    if not order.whole or not readable:
        return found
    folders = {product.place(loaded.course) for product in order.products}
    left = {place for p in order.products for place in (p.folder, p.after) if place} - folders
    variants = loaded.settings.variants
    rows = (*PRODUCTS.values(), *SITES.values(), *order.products)
    known = {*names, *(row.command for row in rows if row.scope == "course")}
    sites = tuple(f"{row.command}-" for row in order.products if row.parts)
    for file in ledger.files - targets.keys():
        folder = file.rpartition("/")[0]
        if folder in left or (folder in folders and not _is_of(file, known, variants)):
            found.add(file)
        top = file.partition("/")[0]
        if top.startswith(sites) and not _is_of(top, known, variants):
            found.add(file)
    return found


def _is_of(file: str, names: Collection[str], variants: Iterable[str]) -> bool:
    """Whether a file is one of those that bear `names`, of a variant or a length, on either paper."""
    stem = re.sub(r"-(?:a4|letter)$", "", Path(file).name.split(".")[0])
    bare = {stem, re.sub(r"-\d+-min$", "", stem), *(stem.removesuffix(f"-{v}") for v in variants)}
    return not bare.isdisjoint(names)


def clean(output: Path) -> list[str]:
    """Remove every file that builds published into `output`, and nothing else."""
    if not (output / HOME).is_dir():
        return []
    with FileLock(output / LOCK):
        index = read_index(output)
        removed = [name for entry in index.courses.values() for name in remove(output, entry.files)]
    forget(output)
    return removed
