// Package ui is the window: title bar, navigation, menus, drops, clipboard.
//
// Rules of this room:
//   - it decides nothing about documents: intents go to board and cards
//     commands, work goes to app on a goroutine;
//   - every error that a person sees comes through app.Sentence;
//   - all of it runs on the UI goroutine; results of work come back by post.
package ui
