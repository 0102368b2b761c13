// Package verify reads changes that somebody else made, before any document
// engine does: the cores abort, or spoil a document for good, on bytes that
// this package refuses.
//
// A change is a chunk of Automerge's binary format (automerge.org, "Automerge
// binary format specification"): a frame, a preamble, and columns with one
// item for each operation.
//
// Rules of this room:
//   - size first, then form, then meaning: nothing is allocated for a number
//     that was not held against a limit;
//   - what is accepted is exactly what an engine would have written for the
//     same operations. The cores write changes anew when they save a document,
//     and one that they would write differently changes its hash: the save can
//     never be loaded again;
//   - Change knows the change alone; whether it fits a document is what Places
//     tells, which has seen all that went before;
//   - every refusal is one of the errors of errors.go and names the part.
package verify
