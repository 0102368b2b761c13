// Package x11 is a small X client that does what a person does: it looks at
// windows, moves the pointer, types, and drags files from another program.
//
// Rules of this room:
//   - coordinates are pixels of the screen, from its top left corner, unless a
//     comment says "in the window";
//   - input goes through the XTEST extension, so a program cannot tell it from
//     a real device's; pauses between events are made by the server;
//   - waiting always ends: by an event, by the context, never by a guess;
//   - a Display belongs to one goroutine.
package x11
