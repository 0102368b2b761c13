// Package load brings many people to one storage peer, a process of its own over libp2p
// on loopback: how long it takes to start with all that they have stored, what it weighs
// when nobody is there, how long until all who connect at the same moment are served, and
// how late the receipt for an edit is while all of them write.
//
// The people are goroutines of the test's process, each with a host, a handshake and a
// session of package docsync, without a document engine: what is measured is the storage
// peer and the network in both processes. Items have the form of sealed chunks and chance
// inside, which is all that a storage peer can see of one.
package load
