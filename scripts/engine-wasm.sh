#!/usr/bin/env bash
# usage: scripts/engine-wasm.sh [DIR]
# Makes assets/automerge/automerge.wasm (or the same in DIR) from what npm has:
# the sandboxed engine's core. Needs node, npm, tar and openssl; a build of
# Corkboard needs none of them, because the file is committed.
#
# Every input is pinned by its hash and so is the result. For another version:
# change version and integrity, run, look at the names of the imports in
# docstore/engine/vm, commit the new hash when the engine's tests pass.
set -euo pipefail

automerge=3.5.0
automerge_integrity=ejbqJWfXWM2QbTcUK/5ugYiQiyOP7LYVAp/RuSvthCc07oek0FClMxEuouuhjrLjVPDSI34RP1ftGc45PF7WRA==
binaryen=132.0.0
binaryen_integrity=4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==

home=$(cd "$(dirname "$0")/.." && pwd)
target=$(realpath "${1:-$home/assets/automerge}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# fetch NAME VERSION SHA512 DIR: unpack one package of the npm registry in DIR.
fetch() {
  local file got
  file=$(npm pack --silent --ignore-scripts "$1@$2")
  got=$(openssl dgst -sha512 -binary "$file" | base64 -w0)
  if [ "$got" != "$3" ]; then
    echo "engine-wasm: $1 $2 is not the package that was pinned: sha512-$got" >&2
    exit 1
  fi
  mkdir "$4"
  tar -xzf "$file" -C "$4" --strip-components=1
}

fetch @automerge/automerge "$automerge" "$automerge_integrity" automerge
fetch binaryen "$binaryen" "$binaryen_integrity" binaryen

# The core throws in a form of exceptions that WebAssembly has given up. Without
# them a panic is a trap, which is what a sandbox wants.
node binaryen/bin/wasm-opt --strip-eh -O2 automerge/dist/automerge.wasm -o automerge.wasm

if ! sha256sum --quiet -c "$home/assets/automerge/automerge.wasm.sha256"; then
  echo "engine-wasm: made $(sha256sum automerge.wasm | cut -d' ' -f1)" >&2
  exit 1
fi
if [ "$automerge" != "$(cat "$home/assets/automerge/VERSION")" ]; then
  echo "engine-wasm: assets/automerge/VERSION says another version than $automerge" >&2
  exit 1
fi
mkdir -p "$target"
cp automerge.wasm "$target/automerge.wasm"
cp automerge/LICENSE "$target/LICENSE.txt"
echo "engine-wasm: $target/automerge.wasm is Automerge $automerge, as pinned"
