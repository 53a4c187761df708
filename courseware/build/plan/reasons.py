"""Why a job runs again, in words."""

from __future__ import annotations

from courseware.files import CHANGING

NEW = "it is new"
MISSING = "it is missing"
EDITED = "it is not as it was built"
PAGES = "its pages are asked for"
PART = "it is wanted as a part"
PASSWORD = "no trace is kept of a password"
FORCED = "--force"
_SAID = {
    "paper": "the paper changed",
    "program": "the program changed",
    "titles": "the sessions' titles changed",
    "sessions": "the course has other sessions",
    "parts": "it has other files",
    "password": "it asks for a password, or no longer does",
}


def reason(fact: str, was: str, now: str) -> str:
    """Return what happened to a fact that held a value and holds another now; "" is none."""
    kind, _, name = fact.partition(" ")
    if kind in ("read", "look", "list"):
        return _of_a_file(kind, name, was, now)
    if kind == "libraries":
        newer = sorted(set(now.split(", ")) - set(was.split(", ")))
        return "the libraries changed" + (f" ({', '.join(newer)})" if newer else "")
    said = {
        "session": f"{name} changed",
        "value": f"the course's {name} changed",
        "title": f"the title of {name} changed",
        "delivery": f"the times of {name} changed",
        "map": f"the pages of the {name} changed",
        "part": f"{name} changed",
        "chapter": f"the number of {name} changed",
    }
    return said.get(kind) or _SAID.get(kind, f"{fact} changed")


def _of_a_file(kind: str, name: str, was: str, now: str) -> str:
    root, _, rest = name.partition(":")
    shown = {"course": rest, "program": f"layouts/{rest}"}.get(root, name.rpartition("/")[2])
    if kind == "list":
        return f"the files in {shown.rstrip('/') or 'the course'} changed"
    if was == CHANGING:
        return f"{shown} changed while it was read"
    if not was or not now:
        return f"{shown} is {'gone' if was else 'new'}"
    return f"{shown} changed"
