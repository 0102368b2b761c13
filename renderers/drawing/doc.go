// Package drawing writes boards as pictures, drawings and pages for other programs.
//
// Rules of this room:
//   - a picture is what the window shows, by the same painters;
//   - in a drawing and on a page texts, lists and threads are text in the program's own fonts,
//     everything else is its picture;
//   - pictures inside are written one by one: never more than one is held.
package drawing
