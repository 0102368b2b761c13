// Package replica is one device's copy of one collection: it joins persons'
// logs, the access log, sealed chunks, verification and the document engine into
// a state machine without disk, clock or network of its own.
//
// Everything that comes from outside goes one road:
//
//	Receive: size → form → signature → held, or parked until what it needs has come
//	Settle:  access state → verdict on every change → what fits its document → engine
//
// Rules of this room:
//   - What a replica says is a function of the set of what it holds, never of the
//     order in which that came. What it makes itself goes the same road.
//   - No engine sees a change before docstore/verify has accepted it, it fits its
//     document, and the access log lets it in.
//   - Nothing that was signed by a member is thrown away: what is refused is listed
//     with reason and author, what cannot be opened is held and passed on. What waits
//     is bounded; what is pushed out is no longer held, so that it can come again.
//   - A verdict may turn. Then the document is made anew of what is accepted.
//   - Time is an argument, in milliseconds since 1970 UTC, and decides nothing about
//     what others have made. Randomness is an io.Reader.
//
// A Replica belongs to one goroutine.
package replica
