// Package prog starts the real Corkboard in a real window and ends it, gently
// or not.
//
// Rules of this room:
//   - a program runs on a profile and a display that the test gives it, never
//     on those of the person at the machine;
//   - every program that was started is gone when its test ends;
//   - ends are by process id;
//   - pictures go to e2e/artifacts, for people to look at.
package prog
