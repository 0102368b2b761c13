package app

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/blobsync"
)

// fetchable is the edits that let others fetch the file of a document with this root;
// nil if it is no file, or names what nobody could fetch. A file that is here is read
// whole. Errors: those of blobs.
func (a *App) fetchable(root doc.Map) ([]doc.Edit, error) {
	f := cards.FileCodec{}.Decode(doc.NewTree(root))
	if f.Blob == "" {
		return nil, nil
	}
	c := cards.SetPieces{Pieces: f.Pieces}
	switch id, err := blobs.ParseID(f.Blob); {
	case err != nil:
		return nil, fmt.Errorf("reading a file's document: %w", err)
	case a.blobs.Has(id):
		if c.Pieces, err = a.piecesOf(id); err != nil {
			return nil, fmt.Errorf("reading a stored file: %w", err)
		}
	case f.Pieces == "":
		return nil, nil // neither here nor on its way
	}
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails
	c.Key = cards.Secret(hex.EncodeToString(key[:]))
	p, err := c.Plan(f)
	if err != nil {
		return nil, nil // all of it is said already
	}
	return p.Edits, nil
}

// piecesOf is what the pieces of a stored file are called together.
func (a *App) piecesOf(id blobs.ID) (string, error) {
	r, err := a.blobs.Open(id)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var h blobsync.Hasher
	if _, err := io.Copy(&h, r); err != nil {
		return "", err
	}
	root := h.Manifest().Root()
	return hex.EncodeToString(root[:]), nil
}
