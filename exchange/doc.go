// Package exchange says what boards are outside any profile: a tree of boards and
// documents on its way out to files or in from them, and where the files are.
//
// Rules of this room:
//   - no store, no window, no clock: what is read becomes a Tree, and a Tree is written;
//   - bytes of files are never held: a Tree names them, a Sink takes them, a Source gives them;
//   - a Source is a stranger's: it cannot lead out of itself, and what it holds is bounded
//     in number, size and how far it unpacks;
//   - nothing is refused whole because of one bad part: what was left out is counted in Left.
package exchange
