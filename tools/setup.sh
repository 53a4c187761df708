#!/bin/sh
# Sets up .venv: `setup.sh runtime`, then `setup.sh test`. Each writes its stamp last.
set -eu
cd "$(dirname "$0")/.."
what=${1:-runtime}
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  say "courseware needs Python 3.11 or newer: install it, or say which: make PYTHON=python3.12 handouts"
  exit 1
}

# What Debian leaves out of a bare system: ensurepip, Pango, HarfBuzz's subsetter.
lacks=$("$python" - <<'PY'
import ctypes.util, importlib.util, ctypes
lacks = []
if importlib.util.find_spec("ensurepip") is None:
    lacks.append("venv")
def there(*names):
    for name in names:
        for candidate in (name, ctypes.util.find_library(name)):
            try:
                if candidate:
                    ctypes.CDLL(candidate)
                    return True
            except OSError:
                pass
    return False
if not (there("libpango-1.0.so.0", "pango-1.0") and there("libpangoft2-1.0.so.0", "pangoft2-1.0")):
    lacks.append("pango")
if not there("libharfbuzz-subset.so.0", "harfbuzz-subset"):
    lacks.append("subset")
print(" ".join(lacks))
PY
)

if [ -n "$lacks" ] && [ "$what" = runtime ]; then
  packages=""
  if command -v apt-get >/dev/null; then
    for thing in $lacks; do
      case $thing in
        venv) packages="$packages python3-venv" ;;
        pango) packages="$packages libpango-1.0-0 libpangoft2-1.0-0" ;;
        subset) packages="$packages libharfbuzz-subset0" ;;
      esac
    done
    sudo=""
    if [ "$(id -u)" != 0 ]; then
      if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo="sudo -n"; else sudo=none; fi
    fi
    if [ "$sudo" = none ]; then
      case $lacks in
        subset) say "optional, for speed: sudo apt-get install -y --no-install-recommends$packages" ;;
        *) say "this machine lacks$packages: sudo apt-get install -y --no-install-recommends$packages"; exit 1 ;;
      esac
    else
      say "installing$packages"
      $sudo apt-get update -qq
      DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $packages >/dev/null
    fi
  else
    case $lacks in
      subset) ;;
      *)
        if command -v dnf >/dev/null; then mend="sudo dnf install -y python3 pango harfbuzz"
        elif command -v apk >/dev/null; then mend="sudo apk add python3 pango harfbuzz"
        elif command -v pacman >/dev/null && [ -n "${MSYSTEM:-}" ]; then mend="pacman -S mingw-w64-ucrt-x86_64-pango"
        elif command -v pacman >/dev/null; then mend="sudo pacman -S pango harfbuzz"
        else mend="brew install pango harfbuzz"
        fi
        say "this machine lacks: $lacks. Install it: $mend"
        exit 1
        ;;
    esac
  fi
fi

if [ "$what" = runtime ]; then
  # An environment without its stamp may be half made; a stamp that is only old is kept and updated.
  [ -f .venv/runtime.stamp ] || rm -rf .venv
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  rm -f .venv/test.stamp
  say "setting up .venv"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
  touch .venv/runtime.stamp
else
  say "setting up .venv for tests"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
  touch .venv/test.stamp
fi
