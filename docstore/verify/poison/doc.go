// Package poison remembers what a document engine was given last, so that a
// change over which the process died is known at the next start, and costs no
// second crash.
//
// Rules of this room:
//   - what is about to be given to a core is in the file before, and taken off
//     after; a process that dies in between leaves it behind. A machine that goes down
//     with it may not: the change then costs one crash more;
//   - what was left behind stays until the store has set it aside for good;
//   - a damaged journal is an empty one: it never keeps a profile from opening.
package poison
