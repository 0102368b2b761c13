#!/usr/bin/env bash
# Checks form: gofmt, go vet, and that no Go file is longer than 400 lines.
set -euo pipefail
failed=0

mapfile -t files < <(git ls-files -co --exclude-standard -- '*.go' | while read -r f; do [ -f "$f" ] && echo "$f"; done)

unformatted=$(gofmt -l "${files[@]}")
if [ -n "$unformatted" ]; then
  printf 'lint: not formatted by gofmt:\n%s\n' "$unformatted" >&2
  failed=1
fi

long=$(awk 'FNR == 401 {print FILENAME}' "${files[@]}")
if [ -n "$long" ]; then
  printf 'lint: longer than 400 lines, split by concept:\n%s\n' "$long" >&2
  failed=1
fi

go vet ./... || failed=1
exit $failed
