// Package ui is the window: title bar, navigation, menus, drops, clipboard,
// settings, the sheet of keys, the palette with its searches, and what lies over
// the corner of a board.
//
// Rules of this room:
//   - it decides nothing about documents: intents go to board and cards
//     commands, work goes to app on a goroutine;
//   - every error that a person sees comes through app.Sentence;
//   - all of it runs on the UI goroutine; results of work come back by post;
//   - what lies over a board is told of every frame and changes nothing while
//     nothing has changed.
package ui
