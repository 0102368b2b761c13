// Command gallery shows every content type in every context with canned data:
// on a board, in full, in a list; light and dark.
//
// Rules of this room:
//   - a content type has one entry in stories.go;
//   - nothing is read from disk and nothing is kept: documents live in memory,
//     pictures are drawn on demand, the clock stands still;
//   - the golden files of testdata are painted from the same stories.
package main
