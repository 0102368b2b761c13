// Package node joins transport, handshake, docsync, blobs and presence for one
// device: it dials who is wanted, lets in who is known, and runs what the two
// say to each other.
//
// Rules of this room:
//   - Nothing is said on a connection before its handshake, and nothing is kept of
//     one whose handshake found no common secret.
//   - The side that has dialled opens the streams; the other takes only those that
//     are due, each once.
//   - Every goroutine belongs to one connection and ends with it; a connection
//     belongs to the node and ends with it.
//   - A disk is never waited for where a connection is read.
//   - Waiting for somebody is bounded by their progress, never by a total time.
//   - What others said is never logged: addresses and reasons are.
package node
