// Package docstore keeps documents on this device: durable, undoable, and
// never worse after a crash than before it.
//
// Rules of this room:
//   - log.db is the truth and only grows; cache.db may vanish at any time;
//   - one goroutine at a time works on a document, nobody else touches it;
//   - opening never blocks, and never loads an engine document: the tree comes
//     from the cache if its heads are those of the log;
//   - "saved" is said after COMMIT has returned and not before; after a failed
//     commit the log is opened anew and read back;
//   - what is on disk is what travels: signed here, sealed for the collection;
//   - what others wrote is judged first, and never reaches a core that could end
//     the program; a chunk, its verdict and the heads are on disk before it is
//     acknowledged;
//   - what is damaged is set aside in quarantine/ and never deleted;
//   - a profile that cannot be opened is never replaced by a new one.
package docstore
