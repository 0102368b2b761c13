package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/sqlite"
)

func sortedKeys(m doc.Map) []string { return slices.Sorted(maps.Keys(m)) }

// Put takes in new states of documents, all or none. moved tells that what is on which
// board has changed: see Reach.
func (x *Index) Put(ctx context.Context, list []Entry) (moved bool, err error) {
	err = x.write(ctx, func(tx *sqlite.Tx) error {
		moved = false
		for n := range list {
			e := &list[n]
			if err := putEntry(tx, e); err != nil {
				return err
			}
			changed, err := putPins(tx, e)
			if err != nil {
				return err
			}
			moved = moved || changed
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("writing the index of words: %w", err)
	}
	return moved, nil
}

func putEntry(tx *sqlite.Tx, e *Entry) error {
	e.Title = oneLine(e.Title) // List counts on it
	var row int64
	err := tx.Row([]any{&row}, `INSERT INTO docs (document, kind, title, changed, aside, blob, mime, collection, heads)
		VALUES (?1, ?2, ?3, ?4, coalesce((SELECT how FROM aside WHERE document = ?1), 0), ?5, ?6, ?7, ?8)
		ON CONFLICT (document) DO UPDATE SET kind = excluded.kind, title = excluded.title, changed = excluded.changed,
		blob = excluded.blob, mime = excluded.mime, collection = excluded.collection, heads = excluded.heads RETURNING row`,
		string(e.ID), e.Kind, e.Title, e.Changed, e.Blob, e.MIME, e.Collection, e.Heads)
	if err != nil {
		return err
	}
	if err := tx.Exec("INSERT OR REPLACE INTO bodies (row, body) VALUES (?, ?)", row, e.Text); err != nil {
		return err
	}
	file := ""
	if e.Blob != "" {
		if file, err = fileText(tx, e.Blob); err != nil {
			return err
		}
	}
	return putWords(tx, row, e.Title, e.Text, file)
}

func putWords(tx *sqlite.Tx, row int64, title, text, file string) error {
	return tx.Exec("INSERT OR REPLACE INTO words (rowid, title, body) VALUES (?, ?, ?)", row, plainWords(title), plainWords(text, file))
}

// fileText is what is known of a file's text; "" if it was not read.
func fileText(tx *sqlite.Tx, blob string) (text string, err error) {
	err = tx.Row([]any{&text}, "SELECT body FROM files WHERE blob = ?", blob)
	if errors.Is(err, sqlite.ErrNoRows) {
		err = nil
	}
	return text, err
}

// putPins writes what of a board's pins is not there yet, and removes the others.
// changed does not tell of those that lie elsewhere on the board.
func putPins(tx *sqlite.Tx, e *Entry) (changed bool, err error) {
	type pin struct {
		document doc.ID
		kind     string
		area     string
	}
	have := map[board.CardID]pin{}
	err = tx.Each(func(scan func(...any) error) error {
		var card board.CardID
		var p pin
		err := scan(&card, &p.document, &p.kind, &p.area)
		have[card] = p
		return err
	}, "SELECT card, document, kind, area FROM places WHERE board = ?", string(e.ID))
	if err != nil {
		return false, err
	}
	for _, p := range e.Pins {
		was, ok := have[p.Card]
		delete(have, p.Card)
		now := pin{p.Document, p.Kind, areaText(p.Area)}
		if ok && was == now {
			continue
		}
		changed = changed || !ok || was.document != now.document
		err := tx.Exec("INSERT OR REPLACE INTO places (board, card, document, kind, area) VALUES (?, ?, ?, ?, ?)",
			string(e.ID), string(p.Card), string(p.Document), p.Kind, now.area)
		if err != nil {
			return false, err
		}
	}
	for card, p := range have {
		changed = true
		err := tx.Exec("INSERT OR REPLACE INTO taken (document, board, area, time) VALUES (?, ?, ?, ?)",
			string(p.document), string(e.ID), p.area, e.Changed)
		if err != nil {
			return false, err
		}
		if err := tx.Exec("DELETE FROM places WHERE board = ? AND card = ?", string(e.ID), string(card)); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// Remove forgets documents.
func (x *Index) Remove(ctx context.Context, ids []doc.ID) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		for _, id := range ids {
			if err := remove(tx, string(id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("removing from the index of words: %w", err)
	}
	return nil
}

func remove(tx *sqlite.Tx, id string) error {
	for _, statement := range []string{
		"DELETE FROM words WHERE rowid IN (SELECT row FROM docs WHERE document = ?)",
		"DELETE FROM bodies WHERE row IN (SELECT row FROM docs WHERE document = ?)",
		"DELETE FROM docs WHERE document = ?",
		"DELETE FROM places WHERE board = ?",
	} {
		if err := tx.Exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// Replace forgets documents that others have taken the place of, and lets what was
// pinned be those.
func (x *Index) Replace(ctx context.Context, moves map[doc.ID]doc.ID) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		for from, to := range moves {
			if err := remove(tx, string(from)); err != nil {
				return err
			}
			if err := tx.Exec("UPDATE places SET document = ? WHERE document = ?", string(to), string(from)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("moving in the index of words: %w", err)
	}
	return nil
}

// Reach finds out anew which documents can be reached from Home, board by board. It is
// to be called when what is on boards has changed, once all of them are here.
func (x *Index) Reach(ctx context.Context) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		return tx.Exec(`WITH RECURSIVE reached (document) AS (
				SELECT ? UNION SELECT places.document FROM places JOIN reached ON places.board = reached.document
			)
			UPDATE docs SET loose = NOT loose WHERE loose = (document IN (SELECT document FROM reached))`, string(x.opt.Home))
	})
	if err != nil {
		return fmt.Errorf("finding what is on no board: %w", err)
	}
	return nil
}

// Aside says why a document is kept apart.
type Aside int

// Where a document is: Archived and Trashed are a person's decision, see SetAside.
const (
	Shown    Aside = 0
	Archived Aside = 1
	Trashed  Aside = 2
	Loose    Aside = 3 // no board that can be reached from Home holds it
)

// SetAside replaces all that is said of archived and trashed documents. It also holds
// for documents that come later.
func (x *Index) SetAside(ctx context.Context, list map[doc.ID]Aside) error {
	err := x.write(ctx, func(tx *sqlite.Tx) error {
		if err := tx.Exec("DELETE FROM aside"); err != nil {
			return err
		}
		for id, how := range list {
			if err := tx.Exec("INSERT INTO aside (document, how) VALUES (?, ?)", string(id), int(how)); err != nil {
				return err
			}
		}
		return tx.Exec(`UPDATE docs SET aside = coalesce((SELECT how FROM aside WHERE aside.document = docs.document), 0)
			WHERE aside <> 0 OR document IN (SELECT document FROM aside)`)
	})
	if err != nil {
		return fmt.Errorf("writing what is archived: %w", err)
	}
	return nil
}
