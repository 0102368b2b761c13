// Package person is somebody at a real window: a hand on the pointer and the
// keys, an eye on the screen, and a shell beside it.
//
// Rules of this room:
//   - the program is driven only as a person or a shell can: pointer, keys,
//     drops, arguments; what happened is read from the screen, from "corkboard
//     status" and from "corkboard export";
//   - waiting is polling with an end, never a guess at how long a thing takes;
//     only a hand is given time to be seen, since a window looks at the pointer
//     once a frame;
//   - each person has a profile of its own and leaves pictures in e2e/artifacts;
//   - what goes wrong ends the test with a sentence and a picture: methods give
//     no errors, except where another name for them (TryStatus, Run) says so;
//   - a Person belongs to the goroutine of its test.
//
// Places are pixels of the window, from the left top corner of the board below
// the title bar, unless a comment says otherwise.
package person
