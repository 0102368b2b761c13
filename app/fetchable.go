package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/blobsync"
)

// fetchable is the edits that let others fetch the files of a document with this root;
// nil if it names none, or only what nobody could fetch. Files that are here are read
// whole. Errors: those of blobs.
func (a *App) fetchable(root doc.Map) ([]doc.Edit, error) {
	var edits []doc.Edit
	for _, s := range cards.StoredIn(doc.NewTree(root)) {
		more, err := a.fetchableOne(s)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return edits, nil
}

func (a *App) fetchableOne(s cards.Stored) ([]doc.Edit, error) {
	pieces := s.Pieces
	switch id, err := blobs.ParseID(s.Blob); {
	case err != nil:
		return nil, fmt.Errorf("reading a file's document: %w", err)
	case a.blobs.Has(id):
		now, err := a.piecesOf(id)
		if err == nil {
			pieces = now
		} else if !errors.Is(err, blobs.ErrDamaged) { // a damaged one is as good as none
			return nil, fmt.Errorf("reading a stored file: %w", err)
		} else if pieces == "" {
			return nil, nil
		}
	case pieces == "":
		return nil, nil // neither here nor on its way
	}
	return s.Fetchable(newFileKey(), pieces), nil
}

// newFileKey draws the key by which a file travels.
func newFileKey() cards.Secret {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails
	return cards.Secret(hex.EncodeToString(key[:]))
}

// piecesOf is what the pieces of a stored file are called together.
func (a *App) piecesOf(id blobs.ID) (string, error) {
	if err := a.trust(a.ctx, id); err != nil {
		return "", err
	}
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
