package engine

import (
	"errors"

	"corkboard/doc"
)

var (
	// ErrNothing says that the edits left no trace: no change was made.
	ErrNothing = errors.New("edits change nothing")
	// ErrRefused says that edits do not fit the engine's document; the
	// document is now of no use.
	ErrRefused = errors.New("engine refused an edit")
	// ErrBadChunk says that saved bytes or a change cannot be read.
	ErrBadChunk = errors.New("unreadable document bytes")
	// ErrUnknownHeads says that a document never had this version.
	ErrUnknownHeads = errors.New("no such version of the document")
	// ErrNoEngine says that this build or machine has no such Automerge core.
	ErrNoEngine = errors.New("this build has no document engine")
	// ErrTrap says that the core stopped in the middle of something, here or in
	// a document that shares its VM. The document is lost in memory and whole
	// on disk: load it again, without the changes that did it.
	ErrTrap = errors.New("the document engine trapped")
	// ErrDeadline says that the core did not finish in the time it was given.
	ErrDeadline = errors.New("the document engine took too long")
	// ErrClosed says that the engine has been closed.
	ErrClosed = errors.New("the document engine is closed")
)

// Engine makes documents. Safe on any goroutine.
type Engine interface {
	// New makes an empty document. actor names this writer: 16 bytes, never
	// used before for this document.
	New(actor []byte) (Doc, error)
	// Load makes a document from what Save gave (may be nil) and changes made
	// since, in any order. ErrBadChunk if any of them cannot be read.
	Load(saved []byte, chunks [][]byte, actor []byte) (Doc, error)
}

// Doc is one open document.
type Doc interface {
	// Apply makes one change of edits. ErrNothing if they changed nothing,
	// ErrRefused if they do not fit: then close the document.
	Apply(edits []doc.Edit, label string, unixMilli int64) (Change, error)
	// Heads is the present version.
	Heads() doc.Heads
	// Tree reads the whole document.
	Tree() (doc.Map, error)
	// Read reads one slot with all below it; ok is false if it is empty.
	Read(path doc.Path) (v doc.Value, ok bool, err error)
	// Merge takes in changes made elsewhere and tells what they touched.
	// Changes whose predecessors are missing wait inside until those arrive.
	Merge(chunks [][]byte) (touched []doc.Path, err error)
	// At reads an older version; ErrUnknownHeads if there never was one.
	At(doc.Heads) (doc.Map, error)
	// Changes lists everything that happened, oldest first.
	Changes() ([]Change, error)
	// Save is the whole document with its history in one piece; nil after
	// ErrTrap.
	Save() []byte
	// Close gives the memory back; the document is not used afterwards.
	Close()
}

// Change is one change as it is stored and sent.
type Change struct {
	Hash      string // hex; names the change for life
	Actor     []byte
	Seq       uint64 // 1 for the actor's first change
	Deps      doc.Heads
	Label     string
	UnixMilli int64
	Body      []byte
}
