// Package docsync brings two replicas of collections to hold the same items. It is
// a state machine: frames in, frames out, time as an argument; connections, disks
// and goroutines are its caller's.
//
// Rules of this room:
//   - Items are sealed bytes with a name, their SHA-256. Nobody looks into them
//     here, so that a storage peer runs the same machine as a member.
//   - Each replica counts its items as they come. Whoever has seen the first n
//     asks for the rest: equal replicas exchange 64 bytes a collection, whatever
//     it holds.
//   - "Seen" is said of what is on disk.
//   - Nothing that the other side says can cost more memory than is allowed here.
package docsync
