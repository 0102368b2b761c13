// Package mutant makes changes that somebody hostile might make, and finds out
// whether the engines survive those that package verify accepts. Tests and the
// budgets use it; the program does not.
//
// Rules of this room:
//   - a mutant has the right checksum: a wrong one would prove nothing;
//   - everything random comes from a seed, so that a number names a mutant;
//   - the native core may end its process, so it meets mutants in a child
//     process only: see MaybeChild.
package mutant
