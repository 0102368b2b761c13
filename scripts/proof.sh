#!/usr/bin/env bash
# usage: scripts/proof.sh HARNESS [N] [SEED] | scripts/proof.sh short
# Runs one harness with N runs from SEED, or all of them in their short form. What
# each prints last is its line in docs/PROOF.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# name, runs in the short form, package
harnesses=(
  "powercut    30 ./proof/powercut"
  "ioerr       16 ./proof/ioerr"
  "bitflip     40 ./proof/bitflip"
  "sim         60 ./proof/sim"
  "engine-sim   1 ./proof/enginesim"
  "model     2000 ./proof/model"
  "jail       200 ./proof/jail"
  "soak         1 ./proof/soak"
  "load        10 ./proof/load"
)

run() {
  local name=$1 package=$2 n=$3 seed=$4
  echo "proof: $name: N=$n SEED=$seed"
  PROOF=1 N=$n SEED=$seed go test -count=1 -timeout 5h -v "$package" |
    grep -v -E '^(=== |\s*--- PASS|PASS$)'
}

name=${1-}
for row in "${harnesses[@]}"; do
  read -r harness short package <<<"$row"
  if [ "$name" = short ]; then
    run "$harness" "$package" "$short" 1
  elif [ "$name" = "$harness" ]; then
    run "$harness" "$package" "${2:-$short}" "${3:-1}"
    exit 0
  fi
done
[ "$name" = short ] || {
  echo "proof: there is no harness called \"$name\"" >&2
  exit 2
}
