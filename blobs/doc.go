// Package blobs keeps files by the SHA-256 of their content, immutable and verified.
//
// Rules of this room:
//   - A file under its final name is whole, synced and was read back: it is written as a
//     temporary file, hashed on the way, synced, read back, renamed, and the folder synced.
//   - What comes in pieces grows in a folder of its own (Partial) and becomes a blob
//     in the same way: verified, synced, renamed.
//   - Nothing is ever held in memory as a whole; a 3 GB file costs one small buffer.
//   - An ID that came from outside is checked before it becomes a path.
//   - Files are read-only and never changed; a damaged one is reported, not moved, and a
//     good one that comes takes its place.
//   - Values only: the room knows nothing of cards, boards or documents.
//
// Everything blocks on the disk: call it on worker goroutines, never on the UI goroutine.
// A Store is safe for concurrent use.
package blobs
