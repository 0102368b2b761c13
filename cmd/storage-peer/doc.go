// Program storage-peer is an always-on helper that keeps sealed boards for people who
// are not there at the same time. It cannot read what it keeps.
//
// Rules of this room:
//   - No window, no decoder, no document engine: see the test of what it needs.
//   - Nothing that is printed or logged holds a secret, but the one-time link, which is
//     printed to the standard output alone.
package main
