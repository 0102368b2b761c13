// Package browser drives a real Chromium without a window, to try the clipper in it.
//
// Rules of this room:
//   - it speaks the DevTools protocol over a pipe: nothing listens on a port;
//   - the browser has a folder of its own and is gone when its test ends;
//   - a missing browser fails the test and says what to install: nothing is skipped.
package browser
