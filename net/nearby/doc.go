// Package nearby is what two who look for people on their network tell each other: who
// they are, signed by themselves.
//
// Rules of this room:
//   - What comes is bounded, then parsed, then verified: every record of a person's log,
//     and that the device of the connection is one of theirs. Only then it has a name.
//   - A card holds what somebody needs who invites that person: nothing of boards, of
//     other people or of where they are.
//   - Pure: no network, no clock, no files.
package nearby
