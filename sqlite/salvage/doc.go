// Package salvage reads the rows that are left of a damaged SQLite file: every leaf page of
// every table, one by one, whatever has become of the pages that lead there.
//
// Rules of this room:
//   - it opens files for reading only, and knows no SQL;
//   - a row is handed out whole or not at all; whether it says what was written is for
//     the caller to know, by its hash;
//   - what it costs is bounded by the size of the file, whatever that says.
//
// It knows what https://sqlite.org/fileformat2.html says of databases in UTF-8.
package salvage
