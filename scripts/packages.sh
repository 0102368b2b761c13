#!/usr/bin/env bash
# usage: scripts/packages.sh race|e2e
# Prints the packages that a target is about.
set -euo pipefail

case ${1-} in
race)
  # Fyne's C code makes the race detector slow and tells nothing about ours.
  go list -f '{{.ImportPath}} {{join .Deps " "}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... |
    grep -v ' fyne\.io/fyne/' | cut -d' ' -f1 |
    grep -Ev '/(e2e|proof|bench|scripts|internal/arch)(/|$)'
  ;;
e2e)
  go list ./e2e/... | grep -v '/e2e/kill9$'
  ;;
*)
  echo "usage: $0 race|e2e" >&2
  exit 2
  ;;
esac
