// Package member is what this device is in a collection: it signs, seals and
// opens chunks for a store, and keeps none of them.
//
// Rules of this room:
//   - What is signed is handed to its keeper before anything else can be signed, so
//     that the chain of the run lies on disk in its own order.
//   - A chunk is opened as if it came from a stranger: seal, form, signature.
//   - Keys come in and never go out.
package member
