package blobsync

import (
	"errors"
	"fmt"
)

// The errors of this package; each is wrapped with what was being done.
var (
	// ErrTooLarge: a file has more than MaxSize bytes.
	ErrTooLarge = errors.New("file is too large to travel")
	// ErrAbsent: the other side does not have this piece.
	ErrAbsent = errors.New("piece is not there")
	// ErrFull: a storage peer has no room left for us.
	ErrFull = errors.New("storage is full")
	// ErrRefused: the other side keeps no pieces for us.
	ErrRefused = errors.New("pieces are not kept there")
	// ErrForged: bytes are not the piece that they are said to be.
	ErrForged = errors.New("piece is not genuine")
	// ErrManifest: a list of hashes is not the one that the document names.
	ErrManifest = errors.New("not the pieces of this file")
	// ErrProtocol: the other side sent what nobody may send.
	ErrProtocol = errors.New("broken blob protocol")
	// ErrNoSource: nobody who was asked has all that is missing.
	ErrNoSource = errors.New("nobody has the missing pieces")
)

// A LiarError says who sent a piece that is not genuine. The client that it
// names has been closed: open no other to the same end in this session.
type LiarError struct {
	Name  string // of the client
	Index Index
	Err   error // ErrForged or ErrManifest
}

func (e *LiarError) Error() string {
	return fmt.Sprintf("%s sent %v: %v", e.Name, e.Index, e.Err)
}

// Unwrap gives the cause.
func (e *LiarError) Unwrap() error { return e.Err }
