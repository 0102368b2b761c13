// Package solo plays one person at one real window: the whole way from an
// empty profile to everything still being there after a kill.
//
// Rules of this room:
//   - the program is driven only as a person or a shell can: pointer, keys,
//     drops, arguments; what happened is read from the screen, from "corkboard
//     status" and from "corkboard export";
//   - waiting is polling with an end, never a guess at how long a thing takes;
//   - each test has a profile of its own and leaves pictures in e2e/artifacts.
package solo
