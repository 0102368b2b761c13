// Package board is where cards are and what a hand does to them.
//
//	Event ─► Session.On ─► Effect: a Command for the document, or a wish to the app
//	Board ─► Layout ──────► Project ─► View ─► the window draws it
//
// A Board is what the document says (stored, synced, immutable). A Layout is a
// Board with the sizes that contents have here and an index of where things
// are. A Session is one window's camera, selection and gesture. The three are
// never mixed: moving the camera writes nothing, and a drag writes once, when
// it is dropped.
//
// What a hand can do is the table Conventions: Session.On looks keys up in it
// (through a Keymap, when a person has keys of their own), menus ask for its
// rows by Session.Perform, and the window shows it.
//
// A drag that goes on to another board leaves one session with Release and
// enters the next with Carry; until it is dropped no document knows of it.
//
// Rules of this room:
//   - standard library, doc and share only; no clock, no randomness, no I/O:
//     times are fields of events, ids come from the caller;
//   - Board and Card are immutable and safe anywhere; Layout and Session belong
//     to the UI goroutine;
//   - board units are pixels at zoom 1, y grows downwards; screen coordinates
//     are pixels of the window from the board's top left corner;
//   - nothing here panics on strange documents or events.
package board
