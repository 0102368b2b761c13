#!/usr/bin/env bash
# usage: scripts/fuzz.sh DURATION [PACKAGE]
# Runs every fuzz target of the module, or of one package such as ./chunk, for DURATION.
# Each package is built once, two packages are at work at a time, and each target has one process.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# one DURATION OUT PACKAGE TARGETS builds a package and runs its targets, separated by commas.
one() {
  local duration=$1 out=$2 package=$3 targets=$4
  local binary=$out/${package//\//_}.test log=$out/${package//\//_}.log name
  go test -c -fuzz=. -o "$binary" "$package" </dev/null
  cd "$root/$package"
  for name in ${targets//,/ }; do
    if ! fuzz "$duration" "$binary" "$name" "$package" >"$log" 2>&1; then
      printf 'fuzz: %s %s failed\n%s\n' "$package" "$name" "$(cat "$log")"
      echo "again: go test -run '^$name\$' $package"
      touch "$out/failed"
    fi
    # the last line of figures that the engine has written, in one line
    printf '%s %s %s\n' "$package" "$name" "$(grep -o 'execs: .*' "$log" | tail -1)" | tee -a "$out/figures"
  done
  rm -f "$binary"
}

# fuzz runs one target. Before version 1.27 Go's coordinator sometimes takes the
# end of its own time for a failure (golang/go#75804). That alone, without a
# failing input and with all known inputs passing once more, is none.
fuzz() {
  local duration=$1 binary=$2 name=$3 package=$4 said=$out/${4//\//_}.said
  if "$binary" -test.run '^$' -test.fuzz "^$name\$" -test.fuzztime "$duration" -test.fuzzminimizetime 2s -test.parallel 1 \
    -test.fuzzcachedir "$(go env GOCACHE)/fuzz/corkboard/${package#./}" </dev/null 2>&1 | tee "$said"; then
    return 0
  fi
  if ! grep -qx '    context deadline exceeded' "$said" || grep -qE 'Failing input|panic:|_test\.go:[0-9]+:' "$said"; then
    return 1
  fi
  echo "fuzz: $name ran out of time; trying the known inputs again"
  "$binary" -test.run "^$name\$" </dev/null
}

if [ "${1-}" = --one ]; then
  shift
  one "$@"
  exit
fi

duration=${1:-5s} only=${2-}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
git ls-files -co --exclude-standard -- '*_test.go' | sort -u |
  xargs -r -d '\n' grep -H -o -E '^func Fuzz[A-Z0-9_][A-Za-z0-9_]*\(' |
  sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*)\($|./\1 \2|' |
  awk -v only="${only%/}" 'only == "" || $1 == only {t[$1] = t[$1] (t[$1] ? "," : "") $2} END {for (p in t) print p, t[p]}' |
  sort >"$out/packages"
xargs -r -P 2 -L 1 scripts/fuzz.sh --one "$duration" "$out" <"$out/packages"
touch "$out/figures"
awk -v d="$duration" '{for (i = 1; i < NF; i++) {if ($i == "execs:") n += $(i + 1); if ($i == "interesting:") m += $(i + 1)}}
  END {printf "fuzz: %d targets, %s each: %d inputs, %d of them new and interesting\n", NR, d, n, m}' "$out/figures"
[ ! -e "$out/failed" ]
