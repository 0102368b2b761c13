#!/usr/bin/env bash
# usage: scripts/setup.sh [e2e | proof]
# Installs what building and testing need, with e2e also the browser in which the
# clipper is tried, with proof what the harnesses of docs/PROOF.md use. Asks dpkg
# first, so it costs a few milliseconds when nothing is missing.
set -euo pipefail

packages=(
  gcc pkg-config                                          # cgo
  libgl1-mesa-dev xorg-dev libxkbcommon-dev libwayland-dev # window
  xvfb xdotool xclip x11-utils imagemagick                # window without a screen
  desktop-file-utils shared-mime-info xz-utils            # package
  iproute2                                                # networks of namespaces in tests
)

[ "${1-}" = e2e ] && packages+=(chromium)
[ "${1-}" = proof ] && packages+=(e2fsprogs mount strace) # disks that lose power, or fail

if ! command -v go >/dev/null; then
  echo "setup: install Go $(awk '$1 == "go" {print $2}' go.mod) or newer from https://go.dev/dl first." >&2
  exit 1
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "setup: please install a C compiler, pkg-config, the OpenGL, X11, xkbcommon and Wayland development headers, and for the tests Xvfb, xdotool, xclip, ImageMagick, desktop-file-utils, shared-mime-info, iproute2, ALSA's library and Chromium, with your system's package manager."
  exit 0
fi

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]; }

missing=()
for name in "${packages[@]}"; do
  installed "$name" || missing+=("$name")
done
# Tests play to a file through ALSA's library, which has another name since Debian 13.
if ! installed libasound2 && ! installed libasound2t64; then
  if apt-cache show libasound2t64 >/dev/null 2>&1; then
    missing+=(libasound2t64)
  else
    missing+=(libasound2)
  fi
fi
[ ${#missing[@]} -eq 0 ] && exit 0

echo "setup: installing ${missing[*]}"
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  root=(sudo)
fi
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
