// Package sqlite opens database files the way this program trusts them.
//
// Rules of this room:
//   - the only import of a SQL driver in the program;
//   - one writer connection with immediate transactions, a pool of readers
//     that cannot write;
//   - settings are read back: a database that does not run as asked does not open;
//   - errors are ErrFull, ErrReadOnly, ErrCorrupt, ErrIO or ErrBusy where the
//     driver says so; the driver's error stays wrapped inside.
package sqlite
