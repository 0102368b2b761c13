// Package reckless is a peer of a host that minds no limits of its own: somebody
// hostile, for tests and the bench.
//
// Rules of this room:
//   - It dials and opens streams as often as it is asked to. What it is refused, the
//     other end has refused.
//   - No program that is shipped imports it.
package reckless
