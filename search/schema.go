package search

// format is counted up whenever an index made by an older program would say
// something else: then it is made anew.
const format = "2"

// schema is search.db. words has no texts of its own: titles are in docs, texts in
// bodies and files. A word there is what eachWord makes.
var schema = []string{`
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;
CREATE TABLE docs (
	row        INTEGER PRIMARY KEY,
	document   TEXT NOT NULL UNIQUE,
	kind       TEXT NOT NULL,
	title      TEXT NOT NULL,
	changed    INTEGER NOT NULL,
	loose      INTEGER NOT NULL DEFAULT 0,
	aside      INTEGER NOT NULL DEFAULT 0,
	blob       TEXT NOT NULL,
	mime       TEXT NOT NULL,
	collection TEXT NOT NULL,
	heads      TEXT NOT NULL
) STRICT;
CREATE INDEX docs_of_kind ON docs (kind);
CREATE INDEX docs_changed ON docs (changed);
CREATE INDEX docs_of_blob ON docs (blob) WHERE blob <> '';
CREATE TABLE bodies (
	row  INTEGER PRIMARY KEY,
	body TEXT NOT NULL
) STRICT;
CREATE TABLE files (
	blob  TEXT PRIMARY KEY,
	done  INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	body  TEXT NOT NULL
) STRICT;
CREATE TABLE places (
	board    TEXT NOT NULL,
	card     TEXT NOT NULL,
	document TEXT NOT NULL,
	kind     TEXT NOT NULL,
	area     TEXT NOT NULL,
	PRIMARY KEY (board, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_of_document ON places (document);
CREATE TABLE taken (
	document TEXT PRIMARY KEY,
	board    TEXT NOT NULL,
	area     TEXT NOT NULL,
	time     INTEGER NOT NULL
) STRICT;
CREATE TABLE aside (
	document TEXT PRIMARY KEY,
	how      INTEGER NOT NULL
) STRICT;
CREATE TABLE gone (
	collection TEXT PRIMARY KEY
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
	title, body, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);
INSERT INTO meta VALUES ('format', '` + format + `');
`}
