package app

import (
	"context"
	"errors"
	"fmt"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
)

// Checked is what Check read and what it found wrong.
type Checked struct {
	Documents int      `json:"documents"`
	Changes   int      `json:"changes"`
	Files     int      `json:"files"`
	Problems  []string `json:"problems,omitempty"` // sentences
}

// Check verifies everything that is stored: the log, every file against its
// hash, and that every file that a document names is there. It blocks for as
// long as reading all of it takes; an error says that it could not go on.
func (a *App) Check(ctx context.Context) (Checked, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	var out Checked
	log, err := a.store.Check(ctx)
	if err != nil {
		return out, fmt.Errorf("checking documents: %w", err)
	}
	out.Documents, out.Changes = log.Documents, log.Changes
	for _, p := range log.Problems {
		where := "The log"
		if p.Document != "" {
			where = "Document " + string(p.Document)
		}
		out.Problems = append(out.Problems, where+": "+p.What+".")
	}
	err = a.blobs.Walk(ctx, func(id blobs.ID, _ int64) error {
		out.Files++
		if err := a.blobs.Verify(ctx, id); err != nil {
			if errors.Is(err, blobs.ErrDamaged) {
				a.files.wantAgain(id)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			out.Problems = append(out.Problems, fmt.Sprintf("File %s: %s", id, Sentence(err)))
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("checking files: %w", err)
	}
	return out, a.checkNamed(ctx, &out)
}

// checkNamed looks for files that documents name and that are not here.
func (a *App) checkNamed(ctx context.Context, out *Checked) error {
	list, err := a.store.Documents(ctx)
	if err != nil {
		return err
	}
	for _, info := range list {
		m, err := a.readWhole(ctx, info.ID)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue // the log's own check has said so
		}
		src := doc.NewTree(m)
		for _, s := range cards.StoredIn(src) {
			if _, err := a.blobs.Size(blobs.ID(s.Blob)); err != nil {
				out.Problems = append(out.Problems, fmt.Sprintf("“%s”: the file is not on this device.", shown(nameOfStored(src, s))))
			}
		}
	}
	return nil
}

// nameOfStored is what a file that a document names is called.
func nameOfStored(src doc.Source, s cards.Stored) string {
	if s.Slot != "" {
		return cards.URLCodec{}.Decode(src).SaveName()
	}
	return cards.FileCodec{}.Decode(src).SaveName()
}
