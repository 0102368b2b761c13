// Package kill9 kills a program that edits, again and again, and counts what
// was acknowledged and is not there afterwards.
//
// Rules of this room:
//   - the victim is this binary, started again: see MaybeChild;
//   - the victim says a thing only after its receipt's Wait has returned, and
//     says it in one write, so that a line is either whole or not there;
//   - what is edited, and what of it is lost, is package ledger's;
//   - a process is killed by its own id, and every loop has an end.
package kill9
