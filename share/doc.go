// Package share turns links into text and text into links.
//
// A link names a document and says what kind of card shows it; a link to a
// shared board also names the collection that the document belongs to, and may
// invite to it; any link may say where the one who made it can be dialled:
//
//	corkboard:/<document>?contentType=<kind>
//	corkboard:/<document>?contentType=<kind>&in=<collection>
//	corkboard:/<document>?contentType=<kind>&in=<collection>#<role>.<secret>
//	corkboard:/<document>?contentType=<kind>&in=<collection>&at=<address>#<role>.<secret>
//	corkboard:/<device>?contentType=storage-peer&at=<address>#s.<secret>
//
// Rules of this room:
//   - what is not understood is refused with a typed error, never ignored: a
//     link may carry a promise that this program would break;
//   - no error ever repeats text of the link, which may hold a secret;
//   - a secret leaves by Format and Reveal alone; everything that prints hides it;
//   - no clock, no randomness, no I/O.
package share
