// Command bench measures the program against its budgets and writes
// latest.json; README.md says what is compared with what.
//
// Rules of this room:
//   - the real App, store, window and binary are measured, on a generated
//     profile that is the same each time;
//   - a duration that a person waits for is a wall time, the work of the UI
//     goroutine is the time of its thread's processor: other programs on the
//     machine do not count;
//   - nothing is measured twice to take the better one, and nothing is left out.
package main
