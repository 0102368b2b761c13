// Package memory carries connections within one process, for tests: ends with
// names on a network that can be slow, break and part.
//
// Rules of this room:
//   - It is a demanding transport: the other end hears of a stream only once it is
//     used, a writer that nobody reads waits, and what is under way when a
//     connection is closed is lost.
//   - Everything random comes from a seed: a connection between two names breaks
//     after the same bytes in every run.
//   - There are no goroutines here; whoever calls does the work.
package memory
