// Package cmdline is the command line: what is typed after "corkboard".
//
// Rules of this room:
//   - a profile belongs to one process: whoever finds it taken asks the one that
//     has it, over its socket;
//   - relative paths are made absolute before they go anywhere;
//   - results go to standard output, errors as one sentence a line to standard
//     error; exit codes are 0 done, 1 failed, 2 not understood;
//   - no window is made here: it is a function that the program hands in.
package cmdline
