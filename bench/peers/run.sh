#!/usr/bin/env bash
# usage: bench/peers/run.sh OUT.json [BOARDS [TOOL:CARDS…]]
# Measures Excalidraw and tldraw in headless Chromium. BOARDS is a folder that
# `go run ./bench -boards` has written; without it, or if it is empty, the boards
# are made. TOOL:CARDS measures only these, e.g. excalidraw:10000 tldraw:4000.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 OUT.json [BOARDS [TOOL:CARDS…]]" >&2; exit 2; }
out=$(realpath "$1")
boards=${2-}
shift $(($# < 2 ? $# : 2))

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for program in node npm "${CHROMIUM:-chromium}"; do
  if ! command -v "$program" >/dev/null; then
    echo "peers: $program is missing; on Debian: apt-get install nodejs npm chromium" >&2
    exit 1
  fi
done

if [ -z "$boards" ]; then
  boards=$work/boards
  (cd "$here/../.." && GOFLAGS=${GOFLAGS:--buildvcs=false -tags=migrated_fynedo} go run ./bench -boards "$boards")
fi
boards=$(realpath "$boards")

cd "$here"
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
npm run --silent build

# Browsers keep their profiles in $work and end with their pipe to node, so that
# nothing stays behind however this ends.
TMPDIR=$work timeout 600 node run.mjs "$out" "$boards" "$@"
