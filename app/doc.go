// Package app puts the rooms below together: documents, files and decoders of
// one profile, with or without a window.
//
// Rules of this room:
//   - no Fyne and nothing that needs a display: the command line runs on it;
//   - the order of every import is file, document, card, so that nothing on a
//     board ever dangles; a move adds before it removes, so that nothing is ever
//     nowhere;
//   - methods say whether they block: those that do belong on a worker goroutine;
//   - what goes wrong is a typed error, and Sentence has words for each of them.
package app
