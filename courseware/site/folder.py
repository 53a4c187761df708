"""A folder of the course put together where the build was started, from what jobs made anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from slugify import slugify

from courseware import files
from courseware.diagnostics import Diagnostic, Severity
from courseware.html.rendering import environment
from courseware.html.sandbox import LayoutError, rendered
from courseware.html.screen import INSIDE
from courseware.html.speech import given as given_words
from courseware.inspection.leaks import WrittenFile, judged
from courseware.inspection.made import Made
from courseware.language.plurals import direction_of
from courseware.language.printed import Printed, printed
from courseware.media.pictures import Gallery
from courseware.model.session import Course, Session
from courseware.model.times.delivery import Appointment, Delivery
from courseware.products.table import Product
from courseware.site import assets, days, search
from courseware.site.archive import SiteArchive, locked_pdf
from courseware.site.covers import cover, size_of
from courseware.site.parts import About, OpenPart, about_of, read_part

KILO, MEGA = 1_000, 1_000_000
LISTED = "assets/files.txt"
"""The list of a folder's files: all others in it are its owner's, also where a build knows nothing of the last."""
_LINK = re.compile(rf' href="{INSIDE}([^"]*)"')
SESSION = "site/session.html.j2"
"""The layout around a session's article."""
SCHEDULE = "site/schedule.html.j2"
"""The layout of the course's days."""


class Held(msgspec.Struct, frozen=True):
    """A file that a folder holds: what of which session it is, its name in the output, its pages or slides.

    `read` gives its bytes.
    """

    product: Product
    session: str
    name: str
    count: int
    read: Callable[[], bytes]


class SiteMaterial(msgspec.Struct, frozen=True):
    """What a folder is made of: the course without sessions, its folder, its files in order.

    `titles` are those of the sessions that its readers may see, `deliveries` say when each is; `session` gives one as the
    facilitator sees it, `print_of` the fingerprint of that. `kept` gives what was kept under a name, or keeps what a function makes. With a
    `password`, only who knows it can open the files.
    """

    product: Product
    course: Course
    root: Path
    titles: Mapping[str, str]
    deliveries: Mapping[str, Delivery]
    held: tuple[Held, ...]
    session: Callable[[str], Session]
    print_of: Callable[[str], str]
    kept: Callable[[str, Callable[[], bytes]], bytes]
    password: str = ""


class Download(msgspec.Struct, frozen=True):
    """A file to download: where it is, what product, its format, its size as one says it, its pages or slides."""

    href: str
    product: str
    format: str
    size: str
    count: int


class CatalogueEntry(msgspec.Struct, frozen=True):
    """A session in the catalogue: what is said of it, its page or "", its first page's picture, its files."""

    about: About
    page: str = ""
    cover: str = ""
    size: tuple[int, int] = (0, 0)
    files: tuple[Download, ...] = ()


def write_folder(whole: SiteMaterial, into: Path) -> Made:
    """Write a folder's files; return its first page, without bytes where it must not be published."""
    try:
        return Folder(whole, into).write()
    except LayoutError as error:
        return Made(findings=(error.finding,))


class Folder:
    """A folder while it is written, session by session: memory does not grow with the course's files."""

    def __init__(self, whole: SiteMaterial, into: Path) -> None:
        """Take what it is made of, and the place that it is written to."""
        self.whole, self.into, self.course = whole, into, whole.course
        self.words = printed(self.course.language, self.course.words)
        self.environment = environment(whole.root)
        self.findings: list[Diagnostic] = []
        self.characters: set[str] = set()
        self.texts: list[search.Texts] = []
        self.pages: dict[str, CatalogueEntry] = {}
        self.around: dict[str, Any] = {}
        self.names = {self._archive_name()}
        self.archive = SiteArchive(into / self._archive_name(), whole.password)
        self.logo = self._logo()

    def write(self) -> Made:
        """Write all of it; return its first page."""
        by_session = self._by_session()
        entries = [self._entry(held) for path, held in by_session.items() if path]
        whole = [self._file(one, one.read()) for one in by_session.get("", ())]
        whole.append(self._all_files())
        pages = [entry for entry in entries if entry.page]
        dated = any(self._appointment(entry) for entry in pages)
        self.around = {
            "whole": [f for f in whole if f],
            "locked": bool(self.whole.password),
            "dated": dated,
            "logo": self.logo,
        }
        self.pages = {entry.about.path: entry for entry in pages}
        for number, entry in enumerate(pages):
            self._frame(entry, pages[max(number - 1, 0) : number], pages[number + 1 : number + 2])
        front = self._front(entries)
        self._put("index.html", front.encode())
        if dated:
            self._put_days(pages)
        if pages:
            for name, script in search.scripts(self.texts):
                self._put(f"assets/search/{name}", script.encode())
        icons = {icon for entry in pages for icon in entry.about.icons}
        brand = self.whole.course.brand
        given = (self.characters, icons, bool(pages), brand)
        for name, data in assets.files_of(self.whole.root, *given):
            self._put(f"assets/{name}", data)
        self._put(LISTED, "\n".join([*sorted(self.names), LISTED, ""]).encode())
        stopped = any(found.severity is Severity.ERROR for found in self.findings)
        many = 1 + len(pages) + dated
        return Made(b"" if stopped else front.encode(), many, tuple(self.findings))

    def _logo(self) -> assets.Logo | None:
        """Write the brand's logo; return what its pages say of it."""
        gallery, course = Gallery(self.whole.root), self.course
        found = assets.logo_of(course.brand, course.organisation or course.name, gallery)
        self.findings += gallery.findings
        if found is not None:
            self._put(found.href, found.data)
        return found

    def _by_session(self) -> dict[str, list[Held]]:
        found: dict[str, list[Held]] = {}
        for held in self.whole.held:
            found.setdefault(held.session, []).append(held)
        return found

    def _put(self, name: str, data: bytes) -> None:
        place = self.into / name
        self.names.add(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def _entry(self, held: Iterable[Held]) -> CatalogueEntry:
        """Write the files of a session; return what the catalogue says of it."""
        entry = None
        downloads: list[Download] = []
        picture = ("", (0, 0))
        for one in held:
            data = one.read()
            if one.product.writer == "part":
                entry = self._page(one, read_part(data))
                continue
            downloads += [file] if (file := self._file(one, data)) else []
            if not picture[0] and one.name.endswith(".pdf") and not self.whole.password:
                picture = self._cover(data)
        entry = entry or CatalogueEntry(about_of(self.course, self.whole.session(one.session)))
        return msgspec.structs.replace(
            entry, cover=picture[0], size=picture[1], files=tuple(downloads)
        )

    def _page(self, held: Held, part: OpenPart) -> CatalogueEntry:
        """Write a session's article and pictures; its frame comes when all are known."""
        page = f"{held.name.removesuffix(held.product.suffix)}.html"
        self.characters |= set(part.article)
        self._put(page, part.article.encode())
        for name, data in part.pictures.items():
            self._put(f"pictures/{name}", data)
        title = self.whole.titles[held.session]
        self.texts.append(search.Texts(page, title, part.about.places, part.about.words))
        return CatalogueEntry(part.about, page)

    def _cover(self, data: bytes) -> tuple[str, tuple[int, int]]:
        """Write the picture of a file's first page, which is called by that file's content."""
        name = files.fingerprint(data)[:16]
        picture = self.whole.kept(f"cover-{name}", lambda: cover(data))
        self._put(f"covers/{name}.png", picture)
        return f"covers/{name}.png", size_of(picture)

    def _file(self, held: Held, data: bytes) -> Download | None:
        """Write a file, into the archive, too; with a password, what cannot ask for it is there alone."""
        self.archive.add(held.name, data)
        kind = held.name.rpartition(".")[2].upper()
        if self.whole.password:
            if kind != "PDF":
                return None
            data = locked_pdf(data, self.whole.password)
        self._put(held.name, data)
        return Download(held.name, held.product.name, kind, self._size(len(data)), held.count)

    def _archive_name(self) -> str:
        """Return the name of the archive of all files: the course's, and whose it is."""
        theirs = "" if self.whole.product.audience == "learner" else "-facilitators"
        return f"{slugify(self.course.name) or 'course'}{theirs}.zip"

    def _all_files(self) -> Download:
        """Close the archive of all files; return it as a download."""
        size, name = self.archive.close(), self._archive_name()
        return Download(name, "all", "ZIP", self._size(size), self.archive.count)

    def _size(self, size: int) -> str:
        if size < MEGA:
            return self.words("site_kilobytes", n=max(1, round(size / KILO)))
        tenths = round(size / MEGA * 10)
        return self.words("site_megabytes", whole=tenths // 10, tenth=tenths % 10)

    def _frame(
        self, entry: CatalogueEntry, before: list[CatalogueEntry], after: list[CatalogueEntry]
    ) -> None:
        """Put a session's article into its page: what leads to the course, to its parts, to its neighbours."""
        place = self.into / entry.page
        words = printed(entry.about.language, self.course.words)
        around = {"entry": entry, "before": before, "after": after, "article": "\0"}
        frame = self._rendered(SESSION, words, **around, **self.around)
        self._judge(entry, frame)
        article = _LINK.sub(self._link, place.read_text("utf-8"))
        place.write_bytes(frame.replace("\0", article).encode())

    def _link(self, found: re.Match[str]) -> str:
        """Return where a link to a session leads: to its page, and a place in it where there is such a one."""
        path, _, part = unescape(found[1]).partition("#")
        entry = self.pages.get(path)
        if entry is None:
            return ""
        known = bool(part) and any(place.id == part for place in entry.about.places)
        target = quote(entry.page.rpartition("/")[2]) + (f"#{quote(part)}" if known else "")
        return f' href="{target}"'

    def _rendered(self, layout: str, words: Printed, **given: Any) -> str:
        """Return a page by its layout, and note its characters."""
        course = self.course
        direction = course.direction or direction_of(words.language)
        known = {"course": course, "titles": self.whole.titles, "direction": direction, "root": ""}
        html = rendered(
            self.environment, layout, self.whole.root, {**known, **given_words(words), **given}
        )
        self.characters |= set(html)
        return html

    def _front(self, entries: list[CatalogueEntry]) -> str:
        """Return the catalogue of some sessions."""
        layout = self.whole.product.layout
        return self._rendered(layout, self.words, entries=entries, **self.around)

    def _appointment(self, entry: CatalogueEntry) -> Appointment | None:
        """Return when a session is, None where the course has no schedule."""
        own = self.whole.deliveries.get(entry.about.path)
        return own if isinstance(own, Appointment) else None

    def _seen(self, entry: CatalogueEntry) -> days.Seen | None:
        """Return a session for the page of the course's days."""
        about, appointment = entry.about, self._appointment(entry)
        if appointment is None:
            return None
        group = self.course.group
        when = f"{self.whole.print_of(about.path)} {group} ".encode() + msgspec.json.encode(
            appointment
        )
        marks = self.whole.kept(
            f"days-{files.fingerprint(when)}",
            lambda: msgspec.json.encode(
                days.read(self.whole.session(about.path), group, appointment)
            ),
        )
        return days.Seen(
            about.path, self.whole.titles[about.path], about.language, entry.page, about.places,
            appointment, msgspec.json.decode(marks, type=tuple[days.DayStretch, ...]),
        )  # fmt: skip

    def _days(self, entries: Iterable[CatalogueEntry]) -> tuple[str, tuple[days.Week, ...]]:
        """Return the page of the course's days, of some sessions, and the days on it."""
        dates = (day for own in self.whole.deliveries.values() for day in own.dates)
        weeks = days.weeks([one for entry in entries if (one := self._seen(entry))], dates)
        zones = dict.fromkeys(zone for week in weeks for day in week.days for zone in day.zones)
        given = {"weeks": weeks, "zones": list(zones), **self.around}
        return self._rendered(SCHEDULE, self.words, **given), weeks

    def _put_days(self, entries: Iterable[CatalogueEntry]) -> None:
        """Write the page of the course's days, and the rules that put them on its clock."""
        page, weeks = self._days(entries)
        self._put("schedule.html", page.encode())
        self._put("assets/days.css", days.rules(weeks).encode())

    def _judge(self, entry: CatalogueEntry, frame: str) -> None:
        """Look for what is withheld of a session in its page's frame, and in a catalogue and days of it alone.

        What was found is kept for as long as all three stay the same.
        """
        about = entry.about
        pages = self._front([entry]) + frame + (self.logo.text if self.logo else "")
        pages += self._days([entry])[0] if self._appointment(entry) else ""
        known = files.fingerprint((self.whole.print_of(about.path) + pages).encode())

        def look() -> bytes:
            course = msgspec.structs.replace(
                self.course, sessions=(self.whole.session(about.path),)
            )
            own = {**self.whole.titles, "\0says": about.says, "\0module": about.module}
            written = WrittenFile(pages.encode())
            return msgspec.json.encode(
                judged(Made(b"-"), self.whole.product, course, own, written).findings
            )

        found = self.whole.kept(f"judged-{known}", look)
        self.findings += msgspec.json.decode(found, type=list[Diagnostic])
