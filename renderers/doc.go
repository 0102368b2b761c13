// Package renderers draws documents: one file per content type, and the board
// that they are pinned to.
//
// A content type has a painter (a picture of the card, drawn off the UI
// goroutine) and, where it makes sense, an editor and a full view (live
// widgets). The registry lists them all in one place.
//
// Rules of this room:
//   - a renderer is a function of a snapshot: it keeps no copy of the truth;
//   - painters know no Fyne type and run on painter goroutines; editors and
//     full views live on the UI goroutine alone;
//   - nothing that can block runs on the UI goroutine: no decoding, no
//     database, no layout of whole notes;
//   - the world comes in through Env; nothing here imports storage or media.
package renderers
