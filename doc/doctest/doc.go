// Package doctest holds documents in memory for tests, the suite that every
// store passes, and the law that every codec obeys.
//
// Rules of this room:
//   - everything random comes from a seed: a failure can be repeated;
//   - nothing here is used outside tests.
package doctest
