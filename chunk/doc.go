// Package chunk is what travels and is stored: one piece of a collection's
// history, signed by a device, sealed under an epoch key and padded.
//
// A chunk has one of four kinds: the genesis of a document, a run (which device
// writes, and which access heads it has seen), a change of a document, and a piece of
// a bundle, which takes the place of many changes.
//
// Rules of this room:
//   - Whoever has no key can check size, version and kind of a chunk, and compare its
//     tag (Parse); nothing else is visible.
//   - Opening goes size, outer form, seal, inner form, signature, in this order;
//     whether the actor of a change is the device's own, Facts says.
//   - There is one way to write each thing: padding, numbers and order are checked.
//   - What a signature covers never depends on how it was sealed, so that anybody may
//     seal it again, and a change has one id for life.
//   - Pure: no files, no clock, no randomness of its own. Sealing draws none.
//   - A signature is about the author only. Whether they might write, package access says.
package chunk
