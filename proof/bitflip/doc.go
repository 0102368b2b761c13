// Package bitflip flips bits in the files of a whole profile, one at a time, opens it as
// the program does and looks at everything: what is shown is what was written, or is
// absent and said to be.
//
// Rules of this room:
//   - one profile is built for all flips, by the program, with another device of somebody
//     else that has its shared board; each flip is made in a copy;
//   - every file has the same chance, whatever its size, and in it every bit;
//   - the truth is what the program showed of the undamaged profile.
package bitflip
