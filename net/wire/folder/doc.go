// Package folder carries connections over files in a folder that several devices
// see: a wire.Transport for what Syncthing, Dropbox, NFS or a stick carries.
//
// In the folder stands, for each end, a folder of its name, 64 hex digits:
//
//	<self>/alive           rewritten while the end is there
//	<self>/<other>/call    asks <other> for a connection: its id, and the first message
//	<self>/<other>/<id>.seen  how many segments of <other> have been taken
//	<self>/<other>/<id>.<n>   segment n for <other>, until <other> has taken it
//
// An id is 16 hex digits, n is 16 hex digits; segment 0 of whoever was called is the
// second message. Then each segment holds sealed pieces of one flow of bytes each
// way, which a multiplexer shares among streams.
//
// Rules of this room:
//   - An end writes and removes files of its own folder only, each at once: under
//     another name, synced, renamed. Counts are not synced: they come often, and one
//     that is lost does no harm. Only what has not stirred for a day is cleared by
//     others.
//   - Nobody is believed for what their files are called or say in the open: the
//     names at both ends are keys, proven by Noise. Whoever can write to the folder
//     can stop a connection, and nothing else.
//   - A file is bounded before it is read, read before it is decoded, and looked at
//     again for a while if it is wrong: it may have been copied by half. What is not
//     a plain file is not opened.
//   - What has not been taken is bounded: a writer waits.
//   - No file is kept open, nor is the folder, so that a stick can be taken out.
//   - Nothing waits for the system to say that a file has come: the folder is looked
//     at, often after something has happened, and seldom when it is quiet.
package folder
