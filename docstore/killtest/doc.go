// Package killtest is the promise "saved means saved" as a program: one
// process edits and says what was acknowledged, another kills it and looks.
//
// Rules of this room:
//   - a line is written only after Receipt.Wait has returned nil;
//   - what a cut-off last line says does not count.
package killtest
