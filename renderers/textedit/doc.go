// Package textedit is the text editor that stands in a card's place while its text is written. A
// text may be of any length, in any number of paragraphs.
//
// Rules of this room:
//   - It draws with paint, in the same fonts as the painted card. Marks of Markdown stay, muted, and
//     every line has one height, so that nothing moves when a mark is typed.
//   - All but Editor, FindRow and their views is pure: no Fyne, no clock. Those belong to the UI
//     goroutine.
//   - There is no undo here: what was typed is reported as splices, and undo comes from the document.
//   - Offsets are runes. Measures are board units unless they are called pixels or Fyne units.
//   - Neither the text nor its layout is ever touched as a whole by a key: a rope holds the runes in
//     chunks, a list of blocks the layout. A block is a paragraph, or some lines of a very long one;
//     it is laid out when somebody looks at it, and until then its height is an estimate.
package textedit
