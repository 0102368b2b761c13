// Package blobsync carries files: sealed pieces of 256 KiB, asked for by number
// from several others at once, each checked before it is kept.
//
// Rules of this room:
//   - What a file is called on the wire follows from a key that stands in its
//     document. Who does not have the document cannot tell which file it is, and
//     keeps or passes on what it cannot read.
//   - One key seals one content, and always to the same bytes: members and storage
//     peers serve the same pieces. The hashes of the content are a part of how the
//     key is used, so that a key with another content is another key.
//   - A piece counts when it opens and has the hash that the list of hashes says,
//     and the list when it has the hash that the document says.
//   - Who sends a piece that does not open is asked for nothing more.
//   - Disks, documents and connections are others': they come as interfaces.
package blobsync
