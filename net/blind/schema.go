package blind

// schema is append only. Times are seconds since 1970, rounded down to the hour.
// A namespace without a secret is gone; its rows are on their way out. The places
// of a namespace count from 1 without gaps.
var schema = []string{`
CREATE TABLE facts (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	secret  BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
	owner   INTEGER NOT NULL CHECK (owner IN (0, 1)),
	quota   INTEGER NOT NULL CHECK (quota >= 0), -- bytes, 0: as much as the disk holds
	used    INTEGER NOT NULL CHECK (used >= 0),
	created INTEGER NOT NULL,
	seen    INTEGER NOT NULL
) STRICT;

CREATE TABLE namespaces (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	secret  BLOB UNIQUE CHECK (length(secret) = 32),
	tenant  INTEGER REFERENCES tenants (id), -- who pays
	replica BLOB NOT NULL CHECK (length(replica) = 16),
	created INTEGER NOT NULL
) STRICT;

CREATE TABLE holders ( -- all who have registered a namespace
	namespace INTEGER NOT NULL REFERENCES namespaces (id),
	tenant    INTEGER NOT NULL REFERENCES tenants (id),
	PRIMARY KEY (namespace, tenant)
) STRICT, WITHOUT ROWID;

CREATE TABLE bodies (
	id   INTEGER PRIMARY KEY,
	body BLOB NOT NULL
) STRICT;

CREATE TABLE items (
	namespace INTEGER NOT NULL REFERENCES namespaces (id),
	place     INTEGER NOT NULL CHECK (place > 0),
	key       BLOB NOT NULL CHECK (length(key) = 32),
	sort      INTEGER NOT NULL,
	size      INTEGER NOT NULL,
	body      INTEGER NOT NULL,
	PRIMARY KEY (namespace, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE pieces (
	namespace INTEGER NOT NULL REFERENCES namespaces (id),
	handle    BLOB NOT NULL,
	number    INTEGER NOT NULL CHECK (number >= 0),
	size      INTEGER NOT NULL,
	hash      BLOB NOT NULL CHECK (length(hash) = 32),
	body      INTEGER NOT NULL,
	PRIMARY KEY (namespace, handle, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX pieces_of_files ON pieces (handle, number);

CREATE TABLE cursors ( -- up to which place of another replica everything is here
	namespace INTEGER NOT NULL REFERENCES namespaces (id),
	replica   BLOB NOT NULL CHECK (length(replica) = 16),
	place     INTEGER NOT NULL,
	PRIMARY KEY (namespace, replica)
) STRICT, WITHOUT ROWID;
`}
