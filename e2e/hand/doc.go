// Package hand tries every habit of the hand at a real window: each row of
// board.Conventions is done there at least once, on a board of sixty mixed
// cards. Then all of it is undone and redone step by step, and once more after
// a kill. The pictures are e2e/artifacts/hand-*.png; hand-strip.png shows all.
//
// Rules of this room, beside those of person:
//   - a step of the story says which rows it does, and asserts on what the
//     program exports or on pixels;
//   - what a gesture changed is kept: one gesture is one undo step;
//   - places of cards are read from the export, never guessed; where the camera
//     is, is read from two pictures of one colour.
package hand
