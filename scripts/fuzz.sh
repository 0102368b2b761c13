#!/usr/bin/env bash
# usage: scripts/fuzz.sh DURATION
# Runs every fuzz target of the module for DURATION, one after the other,
# because go test takes one target at a time.
set -euo pipefail
duration=${1:-5s}

count=0
while IFS=: read -r file line; do
  name=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/' <<<"$line")
  package=./$(dirname "$file")
  echo "fuzz: $package $name"
  go test -run '^$' -fuzz "^$name\$" -fuzztime "$duration" -fuzzminimizetime 2s "$package" </dev/null
  count=$((count + 1))
done < <(git ls-files -co --exclude-standard -- '*_test.go' | sort -u |
  xargs -r -d '\n' grep -H -E '^func Fuzz[A-Z0-9_][A-Za-z0-9_]*\(' || true)
echo "fuzz: $count targets, $duration each"
