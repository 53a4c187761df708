"""Sets up `.venv`: `setup.py runtime`, then `test`, `preview` or `bench`; each writes its stamp last.

`setup.py runtime anew` makes `.venv` of this Python, whatever it was of; `setup.py python` says which
Python this one is, or is an environment of.

Standard library only, and any Python 3: it runs on a bare machine before anything is installed.
What the system lacks comes from `courseware.doctor`, the one place that knows packages' names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
SAID = {"venv": "Python's ensurepip", "pango": "Pango", "subset": "HarfBuzz's subsetter"}


def say(line: str) -> None:
    """Tell the user one line, on stderr."""
    print(line, file=sys.stderr, flush=True)


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as root ([] as root), or None."""
    if os.geteuid() == 0:
        return []
    quiet = subprocess.DEVNULL
    if shutil.which("sudo") and not subprocess.call(["sudo", "-n", "true"], stderr=quiet):
        return ["sudo", "-n"]
    return None


def install_packages(things: tuple[str, ...]) -> bool:
    """Install things by apt where this process may; tell whether that was done."""
    from courseware import doctor

    before = administrator() if doctor.manager() == "apt-get" else None
    if before is None:
        return False
    say("installing " + " ".join(doctor.PACKAGES[thing]["apt-get"] for thing in things))
    for command in doctor.commands(things, "apt-get"):
        called = [*before, "env", "DEBIAN_FRONTEND=noninteractive", *command]
        if subprocess.call(called, stdout=subprocess.DEVNULL):
            return False
    return True


def prepare_system() -> None:
    """See that the system has what the environment needs, or end with the line that mends it."""
    from courseware import doctor

    things = doctor.lacking()
    if things and install_packages(things):
        things = doctor.lacking()
    if things == ("subset",):
        say("optional, spares time: " + doctor.mend("subset"))
    elif things and not (set(things) <= {"venv", "subset"} and pip_wheel()):
        names = ", ".join(SAID[thing] for thing in things)
        sys.exit(f"this machine lacks {names}: {doctor.mend(*things)}")


def pip_wheel() -> Path | None:
    """Return a wheel of pip that is at hand: PIP_WHEEL, pip's own folders, or Debian's."""
    named = os.environ.get("PIP_WHEEL")
    if named:
        return Path(named)
    links = os.environ.get("PIP_FIND_LINKS", "").split()
    folders = [Path(link.removeprefix("file://")) for link in links]
    found = [w for f in [*folders, Path("/usr/share/python-wheels")] for w in f.glob("pip-*.whl")]
    return max(found, key=lambda wheel: wheel.name, default=None)


def make_environment(anew: bool) -> None:
    """Make `.venv` where there is none, where it is half made or does not run, or `anew`."""
    from courseware import doctor

    stamp = VENV / "runtime.stamp"
    runs = PYTHON.exists() and not subprocess.call([PYTHON, "-c", ""])
    if stamp.exists() and runs and not anew:
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    if doctor.has("venv"):
        run(sys.executable, "-m", "venv", str(VENV))
        return
    wheel = pip_wheel()
    run(sys.executable, "-m", "venv", "--without-pip", str(VENV))
    run(str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel))


def install(what: str) -> None:
    """Install the project and its pinned libraries; its build's own libraries are pinned too."""
    pins = "constraints.txt"
    os.environ.update(PIP_CONSTRAINT=pins, PIP_BUILD_CONSTRAINT=pins)
    target = "." if what == "runtime" else f".[{what}]"
    quiet = ("--quiet", "--disable-pip-version-check")
    run(str(PYTHON), "-m", "pip", "install", *quiet, "-c", pins, "-e", target)


def run(*command: str) -> None:
    """Run a command; end when it fails (it has said why)."""
    if subprocess.call(command):
        sys.exit("setting up .venv failed; the same command starts it again")


def main(what: str, anew: bool) -> None:
    """Set up for "runtime", "test", "bench", or an extra of the program."""
    if what == "python":
        print(".".join(map(str, sys.version_info[:3])), sys.base_prefix)
        return
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python gets this far)
        sys.exit("Python 3.11 or newer is needed; name it: make PYTHON=python3.12 handouts")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    sys.dont_write_bytecode = True
    if what == "runtime":
        prepare_system()
        make_environment(anew)
        for more in VENV.glob("*.stamp"):
            more.unlink()
    elif (VENV / f"{what}.stamp").exists():
        return
    say(f"setting up .venv ({what})")
    install(what)
    (VENV / f"{what}.stamp").touch()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "runtime", sys.argv[2:] == ["anew"])
