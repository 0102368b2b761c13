package sqlite

import (
	"errors"
	"fmt"
	"strings"

	driver "modernc.org/sqlite"
)

// What can be wrong with a database file, whatever the driver calls it.
var (
	ErrFull     = errors.New("the disk is full")
	ErrReadOnly = errors.New("the disk or file cannot be written")
	ErrCorrupt  = errors.New("the database file is damaged")
	ErrIO       = errors.New("the disk reports an error")
	// ErrUnreadable says what an ErrIO was: the disk does not give a part of the file back.
	ErrUnreadable = errors.New("a part of the database file cannot be read")
	ErrBusy       = errors.New("the database is in use by another program")
	// ErrNewer says that a later version of the program wrote this file.
	ErrNewer = errors.New("the database was written by a newer version")
	// ErrVersion says that the SQLite library has a known bug in its log.
	ErrVersion = errors.New("SQLite is too old to be trusted")
)

// Primary result codes of SQLite (https://sqlite.org/rescode.html).
const (
	codeError    = 1
	codePerm     = 3
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// codeIORead is the extended code of a read that failed.
const codeIORead = codeIO | 1<<8

// scanError begins what database/sql says of a value that does not fit; it has no type.
const scanError = "sql: Scan error"

// typed puts the error of this package around the driver's. A value that is not of its
// column's type is damage too: tables are STRICT.
func typed(err error) error {
	var e *driver.Error
	if err == nil || errors.Is(err, ErrCorrupt) {
		return err
	}
	if !errors.As(err, &e) {
		if strings.HasPrefix(err.Error(), scanError) {
			return fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
		return err
	}
	kind := kindOf(e.Code())
	if kind == nil {
		return err
	}
	if e.Code() == codeIORead {
		err = fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func kindOf(code int) error {
	switch code & 0xff {
	case codeFull:
		return ErrFull
	case codeReadOnly, codePerm:
		return ErrReadOnly
	case codeCorrupt, codeNotADB:
		return ErrCorrupt
	case codeIO, codeCantOpen:
		return ErrIO
	case codeBusy:
		return ErrBusy
	}
	return nil
}
