package docstore

// logSchema are the migrations of log.db. chunks only grows; of documents and
// steps the newest state is kept.
var logSchema = []string{`
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;
CREATE TABLE documents (
	document TEXT PRIMARY KEY,
	heads    TEXT NOT NULL,
	created  INTEGER NOT NULL,
	changed  INTEGER NOT NULL,
	changes  INTEGER NOT NULL
) STRICT;
CREATE TABLE chunks (
	id        INTEGER PRIMARY KEY,
	document  TEXT NOT NULL,
	author    TEXT NOT NULL,
	actor     BLOB NOT NULL,
	seq       INTEGER NOT NULL,
	prev      BLOB NOT NULL,
	kind      TEXT NOT NULL,
	hash      TEXT NOT NULL,
	deps      TEXT NOT NULL,
	label     TEXT NOT NULL,
	body      BLOB NOT NULL,
	body_hash BLOB NOT NULL,
	state     INTEGER NOT NULL DEFAULT 0,
	time      INTEGER NOT NULL,
	UNIQUE (document, actor, seq)
) STRICT;
CREATE INDEX chunks_of_document ON chunks (document, id);
CREATE INDEX chunks_by_body ON chunks (body_hash);
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
`}

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

const kindChange = "change" // chunks.kind: one Automerge change
