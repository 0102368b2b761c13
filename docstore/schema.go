package docstore

// logSchema are the migrations of log.db. The first format had one of its own,
// see package upgrade. records, collections, chunks and runs only grow; of
// documents, steps and peers the newest state is kept.
var logSchema = []string{`-- format 1`, `
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;
CREATE TABLE collections (
	id      INTEGER PRIMARY KEY,
	genesis BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE records (
	id         INTEGER PRIMARY KEY,
	collection INTEGER NOT NULL,
	sort       INTEGER NOT NULL,
	body       BLOB NOT NULL,
	body_hash  BLOB NOT NULL,
	time       INTEGER NOT NULL,
	UNIQUE (collection, body_hash)
) STRICT;
CREATE TABLE documents (
	document   TEXT PRIMARY KEY,
	genesis    BLOB NOT NULL UNIQUE,
	collection INTEGER NOT NULL,
	shared     INTEGER NOT NULL DEFAULT 0,
	heads      TEXT NOT NULL,
	created    INTEGER NOT NULL,
	changed    INTEGER NOT NULL,
	changes    INTEGER NOT NULL
) STRICT;
CREATE TABLE runs (
	ref        BLOB NOT NULL,
	collection INTEGER NOT NULL,
	body       BLOB NOT NULL,
	body_hash  BLOB NOT NULL,
	PRIMARY KEY (ref, collection)
) STRICT;
CREATE TABLE chunks (
	id         INTEGER PRIMARY KEY,
	collection INTEGER NOT NULL,
	document   TEXT NOT NULL,
	kind       TEXT NOT NULL,
	run        BLOB NOT NULL,
	hash       TEXT NOT NULL,
	deps       TEXT NOT NULL,
	label      TEXT NOT NULL,
	body       BLOB NOT NULL,
	body_hash  BLOB NOT NULL UNIQUE,
	state      INTEGER NOT NULL DEFAULT 0,
	time       INTEGER NOT NULL
) STRICT;
CREATE INDEX chunks_of_document ON chunks (document, id);
CREATE TABLE steps (
	id        INTEGER PRIMARY KEY,
	document  TEXT NOT NULL,
	turn      INTEGER NOT NULL,
	undone    INTEGER NOT NULL,
	label     TEXT NOT NULL,
	gesture   TEXT NOT NULL,
	body      BLOB NOT NULL,
	body_hash BLOB NOT NULL
) STRICT;
CREATE INDEX steps_of_document ON steps (document, id);
`, `
ALTER TABLE collections ADD COLUMN root TEXT NOT NULL DEFAULT '';
ALTER TABLE collections ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE collections ADD COLUMN secret BLOB NOT NULL DEFAULT x'';
ALTER TABLE collections ADD COLUMN at TEXT NOT NULL DEFAULT '';
CREATE TABLE links (
	collection INTEGER NOT NULL,
	invite     BLOB NOT NULL,
	secret     BLOB NOT NULL,
	PRIMARY KEY (collection, invite)
) STRICT;
CREATE TABLE tenancies (
	device    BLOB PRIMARY KEY,
	addresses TEXT NOT NULL,
	secret    BLOB NOT NULL,
	owner     INTEGER NOT NULL
) STRICT;
CREATE TABLE moved (
	document TEXT PRIMARY KEY,
	target   TEXT NOT NULL
) STRICT;
CREATE TABLE peers (
	collection INTEGER NOT NULL,
	replica    BLOB NOT NULL,
	person     BLOB NOT NULL,
	device     BLOB NOT NULL,
	seen       INTEGER NOT NULL DEFAULT 0,
	acked      INTEGER NOT NULL DEFAULT 0,
	time       INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (collection, replica)
) STRICT;
CREATE INDEX chunks_of_collection ON chunks (collection, id);
CREATE INDEX records_of_collection ON records (collection, id);
`}

// sharingSchema is the number of migrations since which there may be more than one
// collection.
const sharingSchema = 3

// cacheSchema are the migrations of cache.db, which may be thrown away.
var cacheSchema = []string{`
CREATE TABLE trees (
	document  TEXT PRIMARY KEY,
	heads     TEXT NOT NULL,
	body      BLOB NOT NULL,
	body_hash BLOB NOT NULL
) STRICT;
CREATE TABLE saves (
	document  TEXT PRIMARY KEY,
	upto      INTEGER NOT NULL,
	body      BLOB NOT NULL,
	body_hash BLOB NOT NULL
) STRICT;
`}

// chunks.state.
const (
	stateApplied = 0 // it counts; so does whatever this device has written
	stateHeld    = 1 // it waits, is in quarantine, or is no change
	statePoison  = 2 // the engine failed on it
	stateLost    = 3 // its body is damaged, and may come again
)

// homeCollection is the row of the profile's own collection.
const homeCollection = 1
