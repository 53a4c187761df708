"""What a compositor would mend in a course's pages: `tools/pages.py COURSE [SESSION] [PAPER]`.

Lays out each product that is a PDF, writes nothing, prints a line a fault and their counts.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from courseware.course.loading import find_sessions, load
from courseware.pdf.sheets import sheets
from tools.proofs import proofs
from tools.quality import faults


def main(course: Path, wanted: str, paper: str) -> None:
    """Print the faults of a course's pages; of one session where `wanted` names it."""
    loaded = load(course)
    sessions, unknown = find_sessions(loaded.course, (wanted,) if wanted else ())
    if unknown:
        sys.exit(f"there is no session {wanted}")
    counts: Counter[str] = Counter()
    for session in sessions:
        on = paper or loaded.course.paper
        for printed, document in proofs(loaded.course, session.path, loaded.root, on):
            made = sheets(document)
            for fault in faults(made):
                where = f"{printed.product.name} {session.path}:{fault.page}"
                print(f"{where}: {fault.kind}: {fault.what}")
                counts[fault.kind.lstrip("0123456789.% ")] += 1
            counts["pages"] += len(made)
    print(", ".join(f"{n} {kind}" for kind, n in counts.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *[*sys.argv[2:4], "", ""][:2])
