// Package outline writes boards as Markdown: each board a page, what lies on it in the order
// in which a person reads it, files beside.
//
// Rules of this room:
//   - texts stand in a page as they are; nothing is escaped that a person wrote;
//   - it goes one way: pages come in again as texts, not as boards.
package outline
