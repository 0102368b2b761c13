// Package enginebench measures document engines on boards, the same way for
// Go's benchmarks and for the program's budgets.
//
// Rules of this room:
//   - a figure is a median of wall times in milliseconds;
//   - the board is the same each time.
package enginebench
