// Package past shows documents as they were at one moment. Its Store is a doc.Store,
// so that whoever draws documents draws their past without knowing it.
//
// Rules of this room:
//   - Nothing here changes a document: whoever tries is told ErrPast.
//   - The moment is one for all documents, and Go moves it. What was not there yet is
//     Unavailable with ErrNotYet.
//   - Open and Go return at once. Older versions are read and decoded on two goroutines
//     of the Store; what nobody waits for any more is never begun. Both end with Close.
//   - A document that has the same version at two moments is not read again, and what two
//     versions share keeps its value.
//   - It is made for one look at the past: what is written meanwhile may be missing.
package past
