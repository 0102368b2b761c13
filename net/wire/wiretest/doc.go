// Package wiretest is what every transport must pass.
//
// Rules of this room:
//   - Only what package wire promises is asked for, so that one suite fits a wire, a
//     folder and memory.
//   - Nothing is timed: whatever should happen has a minute, and what should not is
//     seen by what happens instead.
//   - What Close of a stream answers does not count: it may say that the other end
//     has closed it, too.
package wiretest
