"""Writes the built-in slide template, `layouts/slides/template.pptx`: `slide_template.py [FILE]`.

Every layout is a row of `template.looks.LOOKS`. What happens tells a slide's ground: dark where the
deck begins, parts and ends, a dark panel where the room works, a tint where it is asked. A bar at the
lower edge shows how far the deck is.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "layouts" / "slides" / "template.pptx"


def template() -> bytes:
    """Return the template's bytes."""
    from courseware.pptx.write.making import packed
    from tools.template.parts import parts

    return packed({name: text.encode() for name, text in parts().items()})


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else TARGET).write_bytes(template())
