// Package pyramid keeps reduced pictures of files on disk, so that a picture
// is decoded from its original once and from a few kilobytes ever after.
//
//	Get ─► level on disk? ─► media.Level ─► picture
//	          └─ no ─► original, decoded once for all who wait ─► picture
//	                      └─► this level and all smaller ones, written later
//
// Rules of this room:
//   - levels are powers of two of a picture's longer side, in pixels;
//   - the folder is a cache: it may be deleted at any time, is bounded, and what
//     is not read for long goes first; without a folder everything works, slower;
//   - a file appears whole or not at all; what it says is checked in the jail of
//     media, and a damaged one is deleted and made again;
//   - nothing here looks at pixels of foreign files: that is the jail's.
//
// Get and Add block: call them on worker goroutines.
package pyramid
