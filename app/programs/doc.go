// Package programs knows which programs of this system open a file, and starts one.
//
// Rules of this room:
//   - On Linux and other systems with desktop entries they are found as the specifications
//     of desktop entries and of MIME applications say; nothing is asked but files.
//   - A program is started with a list of words, never by a shell, and never inside a
//     terminal. Nobody waits for its end but to clean up after it.
//   - Entries are others' files: bounded, and what is wrong in one costs that one alone.
package programs
