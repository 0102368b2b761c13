// Package blind is a storage peer: it keeps sealed items of namespaces that it
// knows by a secret alone, and gives them to whoever knows the same secret.
//
// A tenant has a quota and registers namespaces; a namespace is one collection, as
// this storage peer knows it. The owner is a tenant who admits others.
//
// Rules of this room:
//   - What is acknowledged is on the disk: items, what has been seen of another's,
//     and quota change in one transaction.
//   - Nothing is evicted. What does not fit is refused, and the rest stays readable.
//   - Of an item the outer form is checked, and its hash; nothing here can open one.
//   - No log, error or file tells a secret, an address or a key of an item.
//   - Items and pieces of files are rows of one SQLite file: a piece is 256 KiB,
//     which SQLite writes and reads well, one commit makes it durable together with
//     its quota, and a crash leaves nothing to sweep.
package blind
