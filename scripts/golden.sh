#!/usr/bin/env bash
# usage: scripts/golden.sh [-update]
# Runs the packages that have golden pictures, with -update or without.
set -euo pipefail

packages=$(git ls-files -co --exclude-standard -- '*_test.go' |
  xargs -r -d '\n' grep -lF 'golden.Picture(' | xargs -r -n1 dirname | sort -u | sed 's|^|./|' || true)
if [ -z "$packages" ]; then
  echo "golden: no package has golden files"
  exit 0
fi
# shellcheck disable=SC2086 # one word per package
go test -count=1 -run 'Golden' $packages "$@"
