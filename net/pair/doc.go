// Package pair is how a new device asks to become one of a person's, and how it gets
// what it begins with.
//
// Rules of this room:
//   - Both ends have proven by the handshake that they know the secret of a link, which
//     is good once. Who else has seen the link may have come first: therefore words.
//   - The words come of numbers that both ends drew, and whoever asks is bound to theirs
//     before they learn the other's: nobody in between makes the words of two
//     conversations alike by trying.
//   - Nothing is given before a person has said yes, and it is sealed to the device they
//     said yes to.
//   - No clock, no disk; Give and Ask block on their stream and on what they are given.
package pair
