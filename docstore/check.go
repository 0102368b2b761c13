package docstore

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/sqlite"
)

// Problem is one thing that is not as it should be.
type Problem struct {
	Document doc.ID // empty if it concerns the whole log
	What     string
}

// Report is what Check found.
type Report struct {
	Documents int
	Changes   int
	Problems  []Problem
}

// OK reports whether nothing was found.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Check reads everything: the file's structure, the hash of every row, and
// whether each document's changes lead to its recorded heads. What a backup has in
// place of damaged rows is put there, and a log whose pages are damaged is written anew at the
// next start. It takes long and blocks; edits go on meanwhile.
func (s *Store) Check(ctx context.Context) (Report, error) {
	var r Report
	s.logMu.RLock()
	if s.log != nil {
		if err := s.log.Check(ctx); err != nil {
			s.tear(err)
			r.Problems = append(r.Problems, Problem{What: err.Error()})
		}
	}
	s.logMu.RUnlock()
	bad, err := s.readMended(ctx, func(tx *sqlite.Tx) (bad []badRow, err error) {
		if bad, err = badBodies(tx); err != nil {
			return nil, err
		}
		return bad, tx.Row([]any{&r.Changes}, "SELECT count(*) FROM chunks WHERE kind = ?", chunk.KindChange.String())
	})
	if err != nil {
		return r, fmt.Errorf("checking: %w", err)
	}
	for _, b := range bad {
		r.Problems = append(r.Problems, Problem{b.document, fmt.Sprintf("%s, row %d: wrong hash", b.table, b.row)})
	}
	list, err := s.Documents(ctx)
	if err != nil {
		return r, fmt.Errorf("checking: %w", err)
	}
	r.Documents = len(list)
	for _, i := range list {
		if err := ctx.Err(); err != nil {
			return r, fmt.Errorf("checking: %w", err)
		}
		if what := s.checkHeads(ctx, i.ID); what != "" {
			r.Problems = append(r.Problems, Problem{i.ID, what})
		}
	}
	return r, nil
}

// checkHeads loads a document from its rows alone and compares the heads as
// they stand in the same state of the log.
func (s *Store) checkHeads(ctx context.Context, id doc.ID) string {
	var h past
	var heads string
	var genesis []byte
	var row int64
	err := s.read(ctx, func(tx *sqlite.Tx) (err error) {
		if h, err = readHistory(tx, id, 0); err != nil {
			return err
		}
		return tx.Row([]any{&heads, &genesis, &row}, "SELECT heads, genesis, collection FROM documents WHERE document = ?", string(id))
	})
	if err != nil {
		return err.Error()
	}
	in := s.collections.at(row)
	if in == nil {
		return "it is in no collection"
	}
	m, err := in.wait()
	if err != nil {
		return err.Error()
	}
	var name chunk.DocumentID
	copy(name[:], genesis)
	bodies := h.open(m, name)
	s.engines.enter()
	defer s.engines.leave()
	actor := random16()
	eng, err := s.opt.Engine.Load(nil, bodies, actor[:])
	if err != nil {
		return err.Error()
	}
	defer func() { eng.Close(); s.engines.dropped() }()
	if !slices.Equal(eng.Heads(), headsOf(heads)) {
		return "its changes do not lead to its recorded version"
	}
	return ""
}

// badBodies lists the rows whose bodies do not have their hashes.
func badBodies(tx *sqlite.Tx) (out []badRow, err error) {
	for table, document := range map[string]string{"chunks": "document", "steps": "document", "records": "''", "runs": "''"} {
		err = tx.Each(func(scan func(...any) error) error {
			b := badRow{table: table, why: wrongHash}
			if err := scan(&b.row, &b.document, &b.body, &b.name); err != nil {
				return err
			}
			if !bytes.Equal(b.name, bodyHash(b.body)) {
				out = append(out, b)
			}
			return nil
		}, "SELECT rowid, "+document+", body, body_hash FROM "+table+" ORDER BY rowid")
		if err != nil {
			return out, err
		}
	}
	return out, nil
}
