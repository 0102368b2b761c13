// Package arch holds the law of the house as data and checks the tree against it.
//
// Rules of this room:
//   - every folder has a floor; an import points down, or sideways along a
//     named pair;
//   - every prohibition carries its reason, and the reason is what a failing
//     test prints;
//   - the checker works on a Graph, so that it is itself tested on small
//     invented trees;
//   - folders are named from the root of the module; the root is "main".
package arch
