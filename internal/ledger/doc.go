// Package ledger makes edits that can be found again, and keeps book of those that
// were acknowledged: whoever ends the editing program opens its profile and asks
// what is lost.
//
// Rules of this room:
//   - every edit leaves something unique behind that no later edit hides;
//   - a thing is said only after its receipt's Wait has returned, and what may take
//     a thing away is announced before it begins;
//   - the store is the real one, seen through the codecs of the real cards.
package ledger
