// Package textedit is the small text editor that stands in a card's place while its text is written.
//
// Rules of this room:
//   - It draws with paint, in the same fonts and metrics as the painted card, so that nothing jumps
//     when editing begins.
//   - Buffer and sheet are pure: no Fyne, no clock. The Editor around them belongs to the UI goroutine.
//   - There is no undo here: what was typed is reported, and undo comes from the document.
//   - Offsets are runes. Measures are board units unless they are called pixels or Fyne units.
//   - A keystroke lays out the paragraph it touches and draws the lines in view, nothing more.
package textedit
