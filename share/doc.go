// Package share turns links into text and text into links.
//
// A link names a document and says what kind of card shows it:
//
//	corkboard:/<base58 of 32 bytes>?contentType=<kind>
//
// Rules of this room:
//   - what is not understood is refused with a typed error, never ignored: a
//     link may carry a promise (a role, a secret) that this program would break;
//   - no error ever repeats text of the link, which may hold a secret;
//   - no clock, no randomness, no I/O.
package share
