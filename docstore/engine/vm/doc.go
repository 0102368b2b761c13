// Package vm runs Automerge's WebAssembly build, made for JavaScript, in a
// sandbox: its imports are emulated in Go as far as documents need them.
//
// Rules of this room:
//   - it knows WebAssembly and JavaScript values, and of Automerge only the
//     names of its exports and imports, which belong to one version: another
//     file of code needs another table of imports;
//   - a VM belongs to one goroutine at a time; a Program is safe on any;
//   - code inside can compute, grow its memory up to a limit and draw random
//     bytes, nothing else: no clock, no files, no network;
//   - whatever goes wrong inside is an error outside. After ErrTrap or
//     ErrDeadline a VM is dead: close it and start another one.
package vm
