// Package host carries connections over the network: a wire.Transport by libp2p.
//
// Rules of this room:
//   - This is the only door to libp2p. It is put together by hand, so that QUIC, TCP
//     with Noise, and relays are all that is built in.
//   - A name on the network is a key of this start alone, unless one is given: it
//     tells nobody who is there.
//   - Every number of connections, streams and bytes has a limit that stands here,
//     not one that a library chose.
//   - A connection is alive while it answers a ping. Nothing waits for the system to
//     notice that the other end is gone.
//   - Two ends agree without words on which of two connections they keep.
package host
