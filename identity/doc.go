// Package identity says who a person is: the keys of their devices, the signed
// log that binds these devices to one person, and the words that bring it all back.
//
// Rules of this room:
//   - Pure: no files, no clock, no network. Randomness is an io.Reader, time is an
//     argument in milliseconds since 1970 UTC. The one exception is Seal, for which
//     crypto/hpke draws its own randomness.
//   - An id is SHA-256(domain | 0 | body), a signature is Ed25519 over the same bytes.
//     A body never holds its own signature, so a second valid signature makes no second id.
//   - What comes from outside is bounded, then verified, then decoded.
//   - The state of a log is a function of the set of its records, whatever their order.
//   - A secret lies behind a veil in a type that prints as a fixed word; the only ways
//     out are named Export and Reveal.
package identity
