// Package docsync brings two replicas of collections to hold the same items. It is
// a state machine: frames in, frames out, time as an argument; connections, disks
// and goroutines are its caller's.
//
// Rules of this room:
//   - Items are sealed bytes with a name, their SHA-256. Nobody looks into them
//     here, so that a storage peer runs the same machine as a member.
//   - Each replica counts its items as they come. Whoever has seen the first n
//     asks for the rest: equal replicas exchange 64 bytes a collection and side,
//     whatever it holds.
//   - A list says from where to where it is whole. Only one that joins what is known
//     moves a cursor; all else is good to know.
//   - "Seen" is said of what is on disk.
//   - Nothing that the other side says can cost more memory than is allowed here.
//   - Cursors can be wrong, by a lie or a backup. Sums tell, and ranges are compared
//     then, once in a session.
//
// An item goes have → since → ids → want → item; what is new goes push → seen; two
// large collections that meet first go ranges → answer → want → item.
package docsync
