// Package wire is what two devices say before they say anything else: frames, and
// a handshake that tells each only what both know already.
//
// Rules of this room:
//   - A frame is bounded before it is read, and read before it is decoded.
//   - Whoever shares no secret with the other side learns nothing, and hears
//     nothing more.
//   - A device proves itself once, over both ends of the connection, and only to
//     somebody who shares a secret with it.
package wire
