// Package automerge holds the code of the sandboxed document engine: the
// WebAssembly of Automerge (MIT) as npm has it, made palatable by
// scripts/engine-wasm.sh.
//
// Rules of this room:
//   - bytes only, and the hash that they must have;
//   - the file is never edited by hand: make engine-wasm makes it again from
//     the registry and proves the hash.
package automerge
