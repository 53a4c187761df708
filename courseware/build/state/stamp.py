"""What made a file, besides the course: the program and the libraries, without loading them."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from courseware import versions
from courseware.files import READ, fingerprint
from courseware.folders import PACKAGE

LIBRARIES = frozenset(
    [
        "brotli",
        "cffi",
        "click",
        "cssselect2",
        "defusedxml",
        "docutils",
        "filelock",
        "fonttools",
        "ftfy",
        "graphviz_pure",
        "icalendar",
        "jinja2",
        "justmytype_intl_cjk",
        "latex2mathml",
        "lxml",
        "markdown_it_py",
        "markupsafe",
        "mdit_py_plugins",
        "mdurl",
        "merman",
        "msgspec",
        "natsort",
        "nh3",
        "packaging",
        "pikepdf",
        "pillow",
        "pycparser",
        "pydyf",
        "pygments",
        "pypdfium2",
        "pyphen",
        "python_dateutil",
        "python_pptx",
        "python_slugify",
        "pyyaml",
        "rapidfuzz",
        "resvg_py",
        "text_unidecode",
        "tinycss2",
        "tinyhtml5",
        "typing_extensions",
        "tzdata",
        "uharfbuzz",
        "wcwidth",
        "weasyprint",
        "webencodings",
        "xlsxwriter",
        "ziafont",
        "ziamath",
        "zopfli",
    ]
)
"""All that the program needs, and what those need; a test holds the list to what is installed."""


def libraries() -> str:
    """Return Python and the libraries with their versions: "python 3.11.2, click 8.1.7, …"."""
    found = {name: row[0] for name, row in versions.installed().items() if name in LIBRARIES}
    python = f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}"
    return ", ".join([python, *(f"{name} {found[name]}" for name in sorted(found))])


def program() -> list[str]:
    """Return the names of the program's own files, as facts name them."""
    found = []
    for folder, names, files in os.walk(PACKAGE):
        names[:] = sorted(set(names) - {"__pycache__", "layouts", "explanations"})
        inside = Path(folder).relative_to(PACKAGE)
        found += [(inside / f).as_posix() for f in sorted(files) if f.endswith((".py", ".yml"))]
    return [f"{READ}package:{name}" for name in found]


@lru_cache(maxsize=1)
def program_print() -> str:
    """Return the fingerprint of the program's own files."""
    parts = [(PACKAGE / name.partition(":")[2]).read_bytes() for name in program()]
    return fingerprint(b"\0".join(parts))
