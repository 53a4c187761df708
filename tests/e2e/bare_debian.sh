#!/usr/bin/env bash
# `make handouts` and `make test` in a bare Debian 12 with python3 and make and nothing else.
# As an ordinary user where the libraries lack (one line), as root, a second time (at once), as an
# ordinary user with the libraries there, and there without ensurepip. Needs root, debootstrap and
# the right to mount; what reaches packages on this machine is carried in. HEAD is what is tried.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)

skip() { echo "$*"; exit 77; } # what tests/e2e/test_bare_debian.py makes of it is its business
[ "$(id -u)" = 0 ] || skip "needs root"
command -v debootstrap >/dev/null || skip "needs debootstrap"
git -C "$project" rev-parse HEAD >/dev/null 2>&1 || skip "needs a git checkout"

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
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
  awk '$2 == "bookworm" { print $1; exit }')
[ -n "$mirror" ] || skip "this machine's apt knows no Debian 12 (bookworm)"
debootstrap --variant=minbase --include=python3,make,ca-certificates bookworm "$bare" "$mirror" \
  >"$bare.log" 2>&1 || { tail -n 20 "$bare.log"; rm -f "$bare.log"; exit 1; }
rm -f "$bare.log"

step "what reaches packages here"
rm -rf "$bare/etc/apt/sources.list" "$bare/etc/apt/sources.list.d"
carry /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf /etc/apt/apt.conf.d \
  /etc/apt/preferences.d /etc/apt/keyrings /etc/apt/trusted.gpg.d /usr/share/keyrings \
  /etc/ssl/certs /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts /etc/pip.conf
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
    PIP_* | SSL_CERT_* | REQUESTS_CA_BUNDLE | *_proxy | *_PROXY) environment+=("$pair") ;;
  esac
done < <(env -0)
# Folders that pip's settings name: file:// indexes (their files lie beside `simple`), wheels.
settings=$( (env | grep '^PIP_'; cat /etc/pip.conf "$HOME"/.config/pip/* "$HOME"/.pip/* "${PIP_CONFIG_FILE:-/dev/null}") 2>/dev/null || true)
for folder in $(grep -oE '(file://|[=[:space:]]/)[^[:space:],]+' <<<"$settings" | sed -E 's,^(file://|[= \t]),,'); do
  [ "$(basename "$folder")" = simple ] && folder=$(dirname "$folder")
  case $folder in /etc/* | / | /usr | /home) continue ;; esac
  if [ -d "$folder" ]; then bind "$folder"; fi
done

checkout() { # a clean checkout of HEAD in a folder of the bare root, with a space in its name
  rm -rf "${bare:?}$1"
  mkdir -p "$bare$1"
  git -C "$project" archive HEAD | tar -x -C "$bare$1"
}
as() { # user, folder, command
  local home=/root
  [ "$1" = root ] || home=/home/$1
  chroot "$bare" env -i "${environment[@]}" HOME="$home" \
    setpriv --reuid="$1" --regid="$1" --init-groups sh -c "cd '$2' && $3"
}
has_handouts() { find "$bare$1/output" -name '*.pdf' -size +1k | grep -q . || { echo "no handout"; exit 1; }; }

chroot "$bare" useradd -m learner
users="/home/learner/my course"
checkout "$users"
chroot "$bare" chown -R learner:learner "$users"

step "an ordinary user, the libraries lacking: one line, exit code not 0"
if said=$(as learner "$users" "make handouts 2>&1"); then echo "expected a refusal: $said"; exit 1; fi
echo "$said"
grep -q 'apt-get install .*python3-venv.*libpango' <<<"$said"
[ "$(grep -vc '^make: ' <<<"$said")" = 1 ]

step "root: make handouts"
roots="/srv/my course"
checkout "$roots"
as root "$roots" "make handouts"
has_handouts "$roots"

step "root: make handouts again, at once"
start=$(date +%s%N)
said=$(as root "$roots" "make handouts 2>&1")
took=$((($(date +%s%N) - start) / 1000000))
echo "$said"
echo "$took ms"
if grep -q 'setting up' <<<"$said"; then echo "set up twice"; exit 1; fi

step "root: make test"
as root "$roots" "make test"
start=$(date +%s%N)
as root "$roots" "make lint" >/dev/null
echo "make lint again: $((($(date +%s%N) - start) / 1000000)) ms"

step "root: a half-made environment is made anew"
as root "$roots" "rm .venv/runtime.stamp .venv/bin/pip* && make handouts"

step "an ordinary user, the libraries there: make handouts, make test, make doctor"
as learner "$users" "make handouts && make test && make doctor"
has_handouts "$users"

step "an ordinary user, without ensurepip, pip's wheel at hand"
chroot "$bare" env -i "${environment[@]}" apt-get remove -y -qq python3-venv python3.11-venv >/dev/null
as learner "$users" "rm -rf .venv output/* && make handouts"
has_handouts "$users"

step "all of it went well"
