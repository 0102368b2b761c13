// Package engine is the only place that knows Automerge. It has two cores:
// Native, the C library, and Sandboxed, the WebAssembly that JavaScript uses,
// in VMs of its own. docs/adr/0013-two-engines.md says which runs where.
//
// Rules of this room:
//   - an engine document belongs to one goroutine at a time;
//   - positions in text are runes, whatever the core counts;
//   - no byte from another person reaches the native core before it has been
//     checked: it aborts the process on some damaged input. The sandboxed one
//     may be given anything: the worst is ErrTrap, which costs the documents in
//     one VM their place in memory; a Trial finds out beforehand;
//   - after every load the caller compares Heads with what it has recorded: a
//     nil error proves nothing;
//   - a document whose Apply or Merge failed is broken half way and must be
//     closed.
package engine
