// Package enginetest is the suite that every document engine passes.
//
// Rules of this room:
//   - the oracle is doc.Tree: after each change both say the same;
//   - everything random comes from a seed.
package enginetest
