// Package access says who may do what in a collection: a signed log of records
// that every replica evaluates alike, the rule which changes of documents
// count, and the keys of its epochs.
//
// Rules of this room:
//   - Pure: no files, no clock, no network. Randomness is an io.Reader, time is
//     an argument in milliseconds since 1970 UTC. Times in records are claims.
//   - What a set of records says is a function of the set, never of the order in
//     which they came; so is what a set of changes is judged to be.
//   - Whether an author was entitled to a record follows from the record's own
//     past and holds for ever. Strong removal alone can void it later.
//   - Nothing is thrown away: what is void or quarantined keeps its reason.
//   - What comes from outside is bounded, then verified, then decoded.
//   - Keys and secrets print as a fixed word.
//
// A Log, View, Keys or Court belongs to one goroutine; records and states are
// never changed and may be read by any.
package access
