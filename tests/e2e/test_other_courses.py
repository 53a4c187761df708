"""Rules that hold for the sample course hold for courses of other habits, which lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.loading import load
from courseware.model.blocks import List
from courseware.model.session import Session
from courseware.model.times.timing import run_sheet
from courseware.model.walk import walk
from tests.e2e.conftest import sources
from tests.model import test_timing
from tests.products import test_slides, test_worksheet
from tests.support import SHARED, session_of

OTHERS = sources()[1:]
SESSIONS = [
    (f"{place.name}/{session.path}", loaded.root, session)
    for place, loaded in ((place, load(place)) for place in OTHERS)
    for session in loaded.course.sessions
    if session.role == "session"
]
if not OTHERS:
    pytest.skip("no courses lie beside the project", allow_module_level=True)


@pytest.mark.parametrize("where", OTHERS, ids=lambda path: path.stem)
def test_run_sheets_and_worksheets_keep_their_rules(where: Path) -> None:
    test_timing.test_run_sheets_lie_within_the_stated_length_or_the_difference_is_a_finding(where)
    test_worksheet.test_a_course_keeps_the_rules(where)


@pytest.mark.parametrize(("name", "root", "session"), SESSIONS, ids=[row[0] for row in SESSIONS])
def test_decks_keep_their_rules(name: str, root: Path, session: Session) -> None:
    test_slides.test_every_word_is_on_a_slide_or_in_its_notes(root, session)
    test_slides.test_slides_are_those_of_a_session_without_the_facilitators_blocks(root, session)
    test_slides.test_titles_of_two_sections_are_apart(session)


COUNTED = {
    "carpentries-shell": {
        "episodes/01-intro.md": 0,
        "episodes/02-filedir.md": 5,
        "episodes/03-create.md": 10,
        "episodes/04-pipefilter.md": 8,
        "episodes/05-loop.md": 7,
        "episodes/06-script.md": 6,
        "episodes/07-find.md": 5,
        "index.md": 0,
        "learners/discuss.md": 0,
        "learners/setup.md": 0,
        "instructors/instructor-notes.md": 0,
        "learners/reference.md": 0,
        "learners/resources.md": 0,
    },
    "comprehensive-rust": {
        "src/types-and-values/exercise.md": 1,
        "src/types-and-values/solution.md": 0,
        "src/control-flow-basics/exercise.md": 1,
        "src/references/shared.md": 0,
        "src/memory-management/ownership.md": 0,
        "src/exercises/bare-metal/morning.md": 0,
        "src/exercises/bare-metal/compass.md": 1,
        "src/exercises/bare-metal/solutions-morning.md": 0,
        "src/exercises/chromium/testing.md": 1,
        "src/exercises/chromium/third-party.md": 1,
        "src/exercises/chromium/build-rules.md": 1,
        "src/exercises/chromium/bringing-it-together.md": 1,
        "src/exercises/bare-metal/rtc.md": 1,
        "src/exercises/chromium/interoperability-with-cpp.md": 1,
        "src/lifetimes/exercise.md": 1,
        "src/memory-management/drop.md": 0,
        "src/control-flow-basics/break-continue/labels.md": 0,
        "src/control-flow-basics/macros.md": 0,
        "src/exercises/chromium/solutions.md": 0,
        "src/lifetimes/simple-borrows.md": 0,
        "src/lifetimes/struct-lifetimes.md": 0,
        "src/references.md": 0,
        "src/references/exercise.md": 1,
        "src/welcome-day-1.md": 0,
    },
    "container-training": {
        "Background_Containers.md": 0,
        "Building_Images_Interactively.md": 0,
        "Docker_History.md": 0,
        "Exercise_Composefile.md": 1,
        "Exercise_Dockerfile_Basic.md": 1,
        "First_Containers.md": 0,
        "Naming_And_Inspecting.md": 0,
        "Start_And_Attach.md": 0,
        "Working_With_Volumes.md": 0,
        "about-slides.md": 0,
        "labs-live.md": 0,
        "thankyou.md": 0,
        "toc.md": 0,
    },
    "design-sprint": {
        "1-Understand/README.md": 9,
        "1-Understand/Schedule.md": 0,
        "2-Diverge/README.md": 6,
        "3-Converge/README.md": 5,
        "4-Prototype/README.md": 4,
        "5-Test/README.md": 4,
        "Exercises/crazy-eights.md": 1,
        "Exercises/five-whys.md": 1,
        "Exercises/storyboards.md": 1,
        "Previous-Sprints/README.md": 0,
        "0-Pre-Sprint/README.md": 0,
        "5-Test/Schedule.md": 0,
        "Exercises/3-12-3.md": 1,
        "Exercises/card-sorting.md": 1,
        "Exercises/critical-path.md": 1,
        "Exercises/group-critique.md": 1,
        "1-Understand/Materials/Customer.md": 0,
        "1-Understand/Materials/Problem_Value_Prop.md": 0,
        "2-Diverge/Schedule.md": 0,
        "Exercises/back-burner.md": 1,
        "Exercises/needs-wants-desires.md": 1,
        "Previous-Sprints/Example-Month-Day-Year/README.md": 0,
    },
    "django-girls": {
        "en/django_urls.md": 0,
        "en/how_the_internet_works.md": 0,
        "en/html.md": 0,
        "es/html.md": 0,
        "fr/django_urls.md": 0,
        "ja/html.md": 0,
        "pt/how_the_internet_works.md": 0,
        "ru/html.md": 0,
        "uk/django_urls.md": 0,
        "zh/html.md": 0,
        "fr/html.md": 0,
        "pt/html.md": 0,
        "ko/html.md": 0,
        "fa/django_urls.md": 0,
        "es/how_the_internet_works.md": 0,
        "fa/how_the_internet_works.md": 0,
        "ko/django_urls.md": 0,
        "ru/django_urls.md": 0,
        "uk/how_the_internet_works.md": 0,
        "zh/django_urls.md": 0,
    },
    "iot-for-beginners": {
        "lessons/1-introduction-to-iot/README.md": 1,
        "lessons/1-introduction-to-iot/assignment.md": 1,
        "lessons/1-introduction-to-iot/pi.md": 7,
        "lessons/1-introduction-to-iot/virtual-device.md": 4,
        "lessons/1-introduction-to-iot/wio-terminal.md": 3,
        "lessons/3-sensors-and-actuators/README.md": 1,
        "lessons/3-sensors-and-actuators/assignment.md": 1,
        "lessons/3-sensors-and-actuators/pi-actuator.md": 2,
        "lessons/3-sensors-and-actuators/virtual-device-sensor.md": 2,
        "lessons/3-sensors-and-actuators/wio-terminal-sensor.md": 1,
        "lessons/3-sensors-and-actuators/pi-sensor.md": 2,
        "lessons/3-sensors-and-actuators/virtual-device-actuator.md": 2,
        "lessons/3-sensors-and-actuators/wio-terminal-actuator.md": 2,
        "for-teachers.md": 0,
    },
    "shell-novice-es": {"01-intro.md": 0, "04-pipefilter.md": 13},
    "turing-way": {
        "remote-collab-meetings.md": 0,
        "remote-collab.md": 0,
        "testing.md": 0,
        "vcs.md": 0,
    },
}
"""Exercises that a reader counts in files of other courses, read and counted by hand."""


@pytest.mark.parametrize(
    ("course", "name"), [(course, name) for course, files in COUNTED.items() for name in files]
)
def test_every_exercise_that_a_reader_finds_is_one(course: str, name: str) -> None:
    """All are found, and nothing else is taken for one."""
    file = SHARED / "courses" / course / name
    if not file.is_file():
        pytest.skip("this course does not lie beside the project")
    session = session_of(file.read_text("utf-8"), name)
    assert len(session.exercises()) == COUNTED[course][name]


SPACES = {
    "carpentries-shell": {
        "episodes/02-filedir.md": (2, 3),
        "episodes/03-create.md": (8, 3),
        "episodes/04-pipefilter.md": (4, 4),
        "episodes/06-script.md": (3, 1),
        "episodes/07-find.md": (3, 2),
        "index.md": (0, 0),
        "learners/discuss.md": (0, 0),
        "learners/reference.md": (0, 0),
    },
    "comprehensive-rust": {
        "src/control-flow-basics/exercise.md": (0, 0),
        "src/exercises/chromium/bringing-it-together.md": (0, 0),
        "src/references/exercise.md": (0, 0),
    },
    "container-training": {"Exercise_Composefile.md": (0, 0), "First_Containers.md": (0, 0)},
    "design-sprint": {
        "1-Understand/Materials/Problem_Value_Prop.md": (3, 0),
        "1-Understand/README.md": (1, 0),
        "2-Diverge/README.md": (0, 0),
        "2-Diverge/Schedule.md": (0, 0),
        "3-Converge/README.md": (2, 0),
        "Exercises/back-burner.md": (0, 0),
        "Exercises/group-critique.md": (0, 0),
        "Exercises/needs-wants-desires.md": (0, 0),
    },
    "django-girls": {"en/html.md": (0, 0), "fr/html.md": (0, 0), "ja/html.md": (0, 0)},
    "iot-for-beginners": {
        "lessons/1-introduction-to-iot/README.md": (7, 0),
        "lessons/1-introduction-to-iot/assignment.md": (1, 0),
        "lessons/1-introduction-to-iot/pi.md": (0, 0),
        "lessons/1-introduction-to-iot/wio-terminal.md": (0, 0),
        "lessons/3-sensors-and-actuators/README.md": (7, 0),
        "lessons/3-sensors-and-actuators/assignment.md": (4, 0),
        "lessons/3-sensors-and-actuators/pi-actuator.md": (0, 0),
        "lessons/3-sensors-and-actuators/pi-sensor.md": (0, 0),
        "lessons/3-sensors-and-actuators/virtual-device-actuator.md": (0, 0),
        "lessons/3-sensors-and-actuators/wio-terminal-sensor.md": (0, 0),
    },
    "shell-novice-es": {"01-intro.md": (0, 0), "04-pipefilter.md": (8, 5)},
    "turing-way": {"remote-collab.md": (0, 0), "testing.md": (0, 0), "vcs.md": (0, 0)},
}
"""Places to write and lists of choices to tick that a reader would give to files of other courses."""


@pytest.mark.parametrize(
    ("course", "name"), [(course, name) for course, files in SPACES.items() for name in files]
)
def test_a_worksheet_has_the_spaces_that_a_reader_would_give_it(course: str, name: str) -> None:
    file = SHARED / "courses" / course / name
    if not file.is_file():
        pytest.skip("this course does not lie beside the project")
    found = test_worksheet.page_of(session_of(file.read_text("utf-8"), name))
    units = found.content.units if found else ()
    choices = [node for node in walk(units) if isinstance(node, List) and node.choices]
    assert (len(test_worksheet.rooms_in(units)), len(choices)) == SPACES[course][name]


MINUTES = {
    "carpentries-shell": {
        "episodes/01-intro.md": 5,
        "episodes/02-filedir.md": 40,
        "episodes/03-create.md": 50,
        "episodes/04-pipefilter.md": 35,
        "episodes/05-loop.md": 50,
        "episodes/06-script.md": 45,
        "episodes/07-find.md": 45,
    },
    "comprehensive-rust": {
        "src/lifetimes/exercise.md": 30,
        "src/memory-management/drop.md": 8,
        "src/references/shared.md": 7,
        "src/types-and-values/exercise.md": 15,
        "src/welcome-day-1.md": 5,
    },
    "design-sprint": {
        "1-Understand/Schedule.md": 335,
        "2-Diverge/Schedule.md": 375,
        "3-Converge/Schedule.md": 390,
        "Exercises/3-12-3.md": 30,
        "Exercises/card-sorting.md": 20,
        "Exercises/crazy-eights.md": 5,
        "Exercises/critical-path.md": 15,
        "Exercises/five-whys.md": 30,
        "Exercises/storyboards.md": 20,
    },
    "shell-novice-es": {"01-intro.md": 5, "04-pipefilter.md": 15},
}
"""Minutes that files of other courses state in all, added up by hand."""


@pytest.mark.parametrize(
    ("course", "name"), [(course, name) for course, files in MINUTES.items() for name in files]
)
def test_as_many_minutes_are_planned_as_a_reader_adds_up(course: str, name: str) -> None:
    file = SHARED / "courses" / course / name
    if not file.is_file():
        pytest.skip("this course does not lie beside the project")
    session = session_of(file.read_text("utf-8"), name)
    assert sum(s.minutes for s in run_sheet(session).segments) == MINUTES[course][name]
