#!/usr/bin/env bash
# Every command of README.md and docs/install.md in a bare Debian with python3, make and sudo and nothing else:
# as an ordinary user where the libraries lack (one line), as root, as an ordinary user with the libraries there,
# a second time (at once), and without ensurepip in a half-made environment. Needs root, debootstrap and
# the right to mount; what reaches packages on this machine is carried in. HEAD is what is tried. PYTEST_ADDOPTS
# may leave out tests of its `make test` that no machine makes a difference to.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)

skip() { echo "$*"; exit 77; } # what tests/e2e/test_bare_debian.py makes of it is its business
[ "$(id -u)" = 0 ] || skip "needs root"
command -v debootstrap >/dev/null || skip "needs debootstrap"
git -C "$project" rev-parse HEAD >/dev/null 2>&1 || skip "needs a git checkout"
python=${PYTHON:-$project/.venv/bin/python}
[ -x "$python" ] || skip "needs the test environment: make test sets it up"
# The release of this machine, by Debian's own mirror: another's apt has other settings.
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(ORIGIN) $(COMPONENT)' 'Created-By: Packages' |
  awk -v release="$release" '$2 == release && $3 == "Debian" && $4 == "main" { print $1; exit }')
[ -n "$mirror" ] || skip "needs a Debian whose apt knows its own release; here it is ${release:-unknown}"

bare=$(mktemp -d "${TMPDIR:-/tmp}/bare-debian.XXXXXX")
chmod 755 "$bare"
mounts=()
leave() {
  local i
  for ((i = ${#mounts[@]} - 1; i >= 0; i--)); do umount "${mounts[i]}" || umount -l "${mounts[i]}"; done
  # Never into a mount that stayed: only this file system is removed.
  rm -rf --one-file-system "$bare"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

bind() { # a folder of this machine, at the same place in the bare root, read-only
  case " ${mounts[*]-} " in *" $bare$1 "*) return ;; esac
  mkdir -p "$bare$1"
  mount --bind "$1" "$bare$1"
  mounts+=("$bare$1")
  mount -o remount,bind,ro "$bare$1"
}

carry() { # files or folders of this machine, to the same place, where they are
  local name
  for name in "$@"; do
    [ -e "$name" ] || continue
    mkdir -p "$bare$(dirname "$name")"
    cp -aLT "$name" "$bare$name" 2>/dev/null || true
  done
}

step() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

step "a bare root"
mkdir -p "$bare/etc/dpkg/dpkg.cfg.d" # a root that is thrown away need not wait for the disk
echo force-unsafe-io >"$bare/etc/dpkg/dpkg.cfg.d/bare"
debootstrap --variant=minbase --include=python3,make,sudo,ca-certificates "$release" "$bare" "$mirror" \
  >"$bare.log" 2>&1 || { tail -n 20 "$bare.log"; rm -f "$bare.log"; exit 1; }
rm -f "$bare.log"

step "what reaches packages here"
rm -rf "$bare/etc/apt/sources.list" "$bare/etc/apt/sources.list.d"
carry /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf /etc/apt/apt.conf.d \
  /etc/apt/preferences.d /etc/apt/keyrings /etc/apt/trusted.gpg.d /usr/share/keyrings \
  /etc/ssl/certs /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip
mount -t proc proc "$bare/proc" && mounts+=("$bare/proc")
mount --bind /dev "$bare/dev" && mounts+=("$bare/dev")
mount --bind /dev/pts "$bare/dev/pts" && mounts+=("$bare/dev/pts")
# Processes of an ordinary user share locks there; below the mount it is root's alone.
mount --bind /dev/shm "$bare/dev/shm" && mounts+=("$bare/dev/shm")
for folder in "$HOME/.config/pip" "$HOME/.pip"; do
  [ -d "$folder" ] && mkdir -p "$bare/etc/xdg" && cp -aLT "$folder" "$bare/etc/xdg/pip"
done
[ -n "${PIP_CONFIG_FILE:-}" ] && carry "$PIP_CONFIG_FILE"
environment=(HOME=/ PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)
while IFS= read -r -d '' pair; do
  case ${pair%%=*} in
    PIP_* | PYTEST_ADDOPTS | SSL_CERT_* | REQUESTS_CA_BUNDLE | *_proxy | *_PROXY) environment+=("$pair") ;;
  esac
done < <(env -0)
# Folders that pip's settings name: file:// indexes (their files lie beside `simple`), wheels.
settings=$( (env | grep '^PIP_'; cat /etc/pip.conf /etc/xdg/pip/pip.conf "$HOME"/.config/pip/* "$HOME"/.pip/* "${PIP_CONFIG_FILE:-/dev/null}") 2>/dev/null || true)
for folder in $(grep -oE '(file://|[=[:space:]]/)[^[:space:],]+' <<<"$settings" | sed -E 's,^(file://|[= \t]),,'); do
  [ "$(basename "$folder")" = simple ] && folder=$(dirname "$folder")
  case $folder in /etc/* | / | /usr | /home) continue ;; esac
  if [ -d "$folder" ]; then bind "$folder"; fi
done

checkout() { # a clean checkout of HEAD in a folder of the bare root, with a space in its name
  mkdir -p "$bare$1"
  git -C "$project" archive HEAD | tar -x -C "$bare$1"
}
as() { # user, folder, command
  local home=/root
  [ "$1" = root ] || home=/home/$1
  chroot "$bare" env -i "${environment[@]}" HOME="$home" USER="$1" \
    setpriv --reuid="$1" --regid="$1" --init-groups sh -c "cd '$2' && $3"
}
fail() { echo "$*"; exit 1; }
has() { # folder, products: files of each are there
  local product
  for product in $2; do
    find "$bare$1/output/$product" -name '*.p*' -size +1k | grep -q . || fail "no $product in $1"
  done
}
again() { # user, folder: nothing is set up and nothing is built
  local said start
  as "$1" "$2" "make handouts >/dev/null 2>&1" # the last to build was another environment
  start=${EPOCHREALTIME/[.,]/}
  said=$(as "$1" "$2" "make handouts 2>&1")
  echo "again: $(((${EPOCHREALTIME/[.,]/} - start) / 1000)) ms"
  if grep -qE 'setting up|installing|  built  ' <<<"$said" || ! grep -q ' s saved$' <<<"$said"; then
    fail "not at once: $said"
  fi
}
run_documented() { # user, folder, commands left out: what the pages name, as written, in their order
  local reason command start
  as "$1" "$2" "mkdir -p ~/my-course && cp content/06-*.md ~/my-course/"
  while IFS=$'\t' read -r reason command; do
    case "|$3|" in *"|$command|"*) continue ;; esac
    if [ "$reason" != run ]; then echo "not run: $command ($reason)"; continue; fi
    start=$SECONDS
    printf '\n$ %s\n' "$command"
    as "$1" "$2" "$command" </dev/null || fail "$1: exit code $? of: $command"
    echo "($((SECONDS - start)) s)"
  done <<<"$documented"
  has "$2" "handouts worksheets slides guides answers"
  has "${bare_home[$1]}/my-course" handouts
  [ -s "$bare${bare_home[$1]}/tea/course.yml" ] || fail "make new made no course"
}

declare -A bare_home=([root]=/root [learner]=/home/learner)
chroot "$bare" useradd -m learner
users="/home/learner/my courseware"
roots="/srv/my courseware"
checkout "$users"
checkout "$roots"
chroot "$bare" chown -R learner:learner "$users"
documented=$(cd "$project" && "$python" -m tests.documented "$bare$roots/README.md" "$bare$roots/docs/install.md")
[ "$(grep -c '^run' <<<"$documented")" -gt 9 ] || fail "the pages name too few commands: $documented"

step "an ordinary user, the libraries lacking: one line, exit code not 0"
if said=$(as learner "$users" "make handouts 2>&1"); then fail "expected a refusal: $said"; fi
echo "$said"
grep -q 'apt-get install .*python3-venv.*libpango' <<<"$said"
[ "$(grep -vc '^make: ' <<<"$said")" = 1 ]
if said=$(as learner "$users" "make doctor 2>&1"); then fail "the doctor finds nothing: $said"; fi
grep -q '^missing   Pango.*: sudo apt-get .*libpango' <<<"$said" || fail "$said"
if said=$(as learner "$users" "python3 build.py handouts 2>&1"); then fail "expected a refusal: $said"; fi
[ "$(wc -l <<<"$said")" = 1 ] || fail "$said"

step "root: every command of the pages but make test"
run_documented root "$roots" "make test"
again root "$roots"

step "an ordinary user, the libraries there: every command of the pages"
echo "learner ALL=(ALL) NOPASSWD: ALL" >"$bare/etc/sudoers.d/learner"
run_documented learner "$users" ""
again learner "$users"

step "an ordinary user, no sudo and no ensurepip, pip's wheel at hand, the environment half made"
rm "$bare/etc/sudoers.d/learner"
chroot "$bare" env -i "${environment[@]}" apt-get remove -y -qq python3-venv 'python3.*-venv' >/dev/null
as learner "$users" "rm -r .venv/runtime.stamp .venv/bin/pip* output/* && make handouts"
has "$users" handouts

step "all of it went well"
