// Package ipc lets a second start of the program talk to the first: one request
// and one reply, each a line of JSON, over a Unix socket of the profile.
//
// Rules of this room:
//   - it carries words and paths and knows nothing of boards or documents;
//   - whoever holds the profile's lock listens; a socket that is already there
//     was left by a process that is gone, and is replaced;
//   - only the same user can connect; a message has a version and at most
//     MaxMessage bytes, and what is longer or strange ends the connection.
package ipc
