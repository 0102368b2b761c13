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
//   - what an engine of this device made goes through the same doors: Own
//     differs from Change in its limits only, and what Rewrite writes Change
//     has read;
//   - every refusal is one of the errors of errors.go and names the part.
//
// What the native core did with 40,000 mutants that had a right checksum: 4,007
// times it aborted, more often still it took them in and made saves that can
// never be loaded again. Each rule stands for one of these:
//
//	names of slots in lists, elements in maps      aborts: "can only compare map keys"
//	writers beyond the table                       aborts: index out of bounds
//	counters beyond 32 bits                        aborts when it makes an id of them
//	objects, elements, predecessors not there;
//	sequence numbers and counters with gaps        heads differ after saving and loading
//	runs, columns, values written another way;
//	writers that nothing needs; tables             the same
//	other than single characters in a text         our next edit of it is refused
//	one slot written 20,000 times                  takes more than a second
package verify
