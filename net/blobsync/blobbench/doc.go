// Package blobbench measures how fast files travel: a file on disk, sealed, over
// TCP on loopback, opened, verified and finished on disk, and beside it the same
// number of bytes over the same kind of connection without any of that.
//
// Rules of this room:
//   - Both figures come from one run, and both ends share this process: what one
//     end costs the other pays as well.
//   - The time of a fetch has everything in it: the manifest that is made when the
//     first piece is asked for, and the durable end.
package blobbench
