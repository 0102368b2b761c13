package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// maker fills one board. What needs no file is made at once and waited for
// together: one by one, each document would be a write to the disk.
type maker struct {
	ctx      context.Context
	app      *app.App
	live     *doc.Live[*board.Board]
	files    string // folder of what is imported
	distinct int    // files of each kind
	known    map[string]cards.File
	pins     []board.Pin
	made     []doc.Receipt
}

func newMaker(ctx context.Context, a *app.App, id doc.ID, distinct int) (*maker, error) {
	files, err := os.MkdirTemp("", "corkboard-bench-files-")
	if err != nil {
		return nil, err
	}
	live := doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
	return &maker{ctx: ctx, app: a, live: live, files: files, distinct: distinct, known: map[string]cards.File{}}, nil
}

func (m *maker) close() error {
	m.live.Close()
	return os.RemoveAll(m.files)
}

// fill makes the cards and pins them with one command.
func (m *maker) fill(spots []spot) error {
	for _, s := range spots {
		if edits := s.edits(); edits != nil {
			m.pin(s.kind, edits, s.at, board.Size{})
		} else if err := m.file(s); err != nil {
			return fmt.Errorf("making a %s: %w", s.kind, err)
		}
	}
	for _, r := range append(m.made, m.live.Do(board.AddCards{Cards: m.pins})) {
		if err := r.Wait(m.ctx); err != nil {
			return fmt.Errorf("making cards: %w", err)
		}
	}
	return nil
}

func (m *maker) pin(kind string, edits []doc.Edit, at board.Point, size board.Size) {
	id, r := m.app.NewDocument(kind, edits)
	m.made = append(m.made, r)
	m.pins = append(m.pins, board.Pin{ID: m.app.NewCardID(), Link: share.Link{Document: id, Kind: kind}, At: at, Size: size})
}

// file imports a file as a hand would, or makes another document of one that
// was imported before.
func (m *maker) file(s spot) error {
	again := s.serial >= m.distinct
	s.serial %= m.distinct
	key := fmt.Sprint(s.kind, s.serial)
	if f, ok := m.known[key]; ok && again {
		m.pin(s.kind, cards.NewFile(f), s.at, board.Size{})
		return nil
	}
	path := filepath.Join(m.files, s.name())
	if err := os.WriteFile(path, s.file(), 0o600); err != nil {
		return err
	}
	defer os.Remove(path)
	done := m.app.Import(m.ctx, m.live.ID(), s.at, []string{path}, nil)[0]
	if done.Err != nil {
		return done.Err
	}
	f, err := m.imported(done.Card)
	m.known[key] = f
	return err
}

// imported is what is known of a file that was just imported.
func (m *maker) imported(id board.CardID) (cards.File, error) {
	b, err := await(m.ctx, m.live, func(b *board.Board) bool { return b.Card(id) != nil })
	if err != nil {
		return cards.File{}, err
	}
	link := b.Card(id).Link
	live := doc.Open(m.app.Docs(), link.Document, link.Kind, cards.FileCodec{})
	defer live.Close()
	return await(m.ctx, live, func(f cards.File) bool { return f.Blob != "" })
}

// await waits until a document says what is wanted.
func await[T any](ctx context.Context, live *doc.Live[T], wanted func(T) bool) (T, error) {
	s, err := doc.Await(ctx, live, func(s doc.Snapshot[T]) bool { return s.State == doc.Ready && wanted(s.Value) })
	if err != nil {
		return s.Value, fmt.Errorf("waiting for a document: %w", err)
	}
	return s.Value, nil
}
