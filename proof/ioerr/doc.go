// Package ioerr lets the disk fail under the real program: the k-th sync, write, opening or
// renaming gives EIO, once or from then on; the disk is full, or cannot be written. What
// was acknowledged must be there afterwards, and what is not saved must be said.
//
// Rules of this room:
//   - the editing program is this binary, started again under strace, which injects the
//     errors into system calls: SQLite here is Go, and no preloaded library would reach it;
//   - how often a run makes each call is counted first; N runs are spread over all of them;
//   - a run that does not come to its end must have said why.
package ioerr
