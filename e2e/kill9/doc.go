// Package kill9 kills a program that edits, again and again, and counts what
// was acknowledged and is not there afterwards.
//
// Rules of this room:
//   - the victim is this binary, started again: see MaybeChild;
//   - the victim says a thing only after its receipt's Wait has returned, and
//     says it in one write, so that a line is either whole or not there;
//   - every edit leaves something unique behind that no later edit hides;
//   - a process is killed by its own id, and every loop has an end.
package kill9
