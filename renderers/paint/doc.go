// Package paint draws cards into pictures in plain Go, on any goroutine, with the program's own fonts.
//
// Rules of this room:
//   - No Fyne, no files, no clock. What is drawn is a function of the arguments and of the fonts.
//   - Text is laid out in board units (px at zoom 1) with unhinted metrics and only then drawn at a
//     scale, so that lines break in the same places at every zoom. Layouts are immutable and safe to
//     share; a Shaper, which makes them, belongs to one goroutine at a time.
//   - Drawing functions take pixels of the destination, honour its bounds (a sub-image clips) and
//     blend over what is there. Colours are color.RGBA, that is, premultiplied.
//   - Offsets in text are runes over all spans joined, never bytes.
//   - Whatever a stranger wrote may be laid out: size and nesting are bounded, nothing panics.
package paint
