#!/usr/bin/env bash
# usage: scripts/xvfb.sh COMMAND…
# Runs a command on a fresh virtual screen of 1600×1000 and takes the screen
# away again. The server picks a free display number itself; -noreset keeps it
# alive between two programs.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }

dir=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1600x1000x24 \
  3>"$dir/display" >"$dir/log" 2>&1 </dev/null &
server=$!

for _ in $(seq 200); do
  [ -s "$dir/display" ] && break
  if ! kill -0 "$server" 2>/dev/null; then
    break
  fi
  sleep 0.05
done
if [ ! -s "$dir/display" ]; then
  echo "xvfb: the virtual screen did not start:" >&2
  cat "$dir/log" >&2
  exit 1
fi

DISPLAY=":$(tr -d '[:space:]' <"$dir/display")"
export DISPLAY
unset WAYLAND_DISPLAY
"$@"
