// Package engine is the only place that knows Automerge.
//
// Rules of this room:
//   - an engine document belongs to one goroutine at a time;
//   - positions in text are runes;
//   - no byte from another person reaches the native core before it has been
//     checked: it aborts the process on some damaged input;
//   - after every load the caller compares Heads with what it has recorded: a
//     nil error proves nothing;
//   - a document whose Apply failed is broken half way and must be closed.
package engine
