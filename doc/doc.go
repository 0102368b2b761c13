// Package doc says what a document is, not how it is stored.
//
// A document is a tree of values. A person's intent is a Command; a command
// plans Edits against the newest typed value; a Store applies a plan whole or
// not at all, and everybody who looks at the document gets a new immutable
// Snapshot. A local and a remote change take the same road.
//
// Rules of this room:
//   - standard library only, no clock, no randomness, no I/O: times and ids
//     are arguments;
//   - positions in text are runes, never bytes;
//   - nothing here panics on strange data: a document may hold anything.
package doc
