// Package host is the network: connections by libp2p, and who else is there on the
// local network.
//
// Rules of this room:
//   - This is the only door to libp2p and to zeroconf.
//   - QUIC and TCP, both under Noise or QUIC's own TLS, and nothing else listens.
//   - A name on the network is a key of this start alone, unless one is given: it
//     tells nobody who is there.
//   - Every number of connections, streams and bytes has a limit that stands here,
//     not one that a library chose.
//   - What the local network says is a hint where to dial, never a proof of anything.
package host
