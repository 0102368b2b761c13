package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// Home of the smaller profile: 1,000 cards, two of them long texts.
const (
	homeCards  = 1000
	homePerRow = 40
)

// The long texts, where no scene but their own comes by.
var longTexts = []struct {
	bytes int
	at    board.Point
	size  board.Size
}{
	{10 << 10, board.Point{X: -480, Y: 0}, board.Size{W: 420, H: 640}},
	{100 << 10, board.Point{X: -2480, Y: 0}, board.Size{W: 430, H: 640}},
}

// The boards of the larger profile, pinned to its Home.
var bigBoards = []struct {
	id    doc.ID
	title string
	cards int
	at    board.Point
}{
	{doc.NewID([32]byte{10}), "Ten thousand", 10000, board.Point{X: 600, Y: 80}},
	{doc.NewID([32]byte{4}), "Four thousand", 4000, board.Point{X: 900, Y: 80}},
}

// Of the larger boards.
const (
	bigPerRow = 100
	bigFiles  = 60 // distinct files of each kind: many cards show the same
)

// nestedSize is that of the cards of bigBoards.
var nestedSize = board.Size{W: 240, H: 200}

// makeProfile makes a profile with fill, unless it is there. One that was not
// finished is made again.
func makeProfile(ctx context.Context, dir string, fill func(context.Context, *app.App) error) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	draft := dir + ".part"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	a, err := app.Open(ctx, app.Options{Profile: draft})
	if err != nil {
		return err
	}
	a.UpdateDevice(func(d *app.Device) {
		d.Window.W, d.Window.H, d.Theme, d.Welcome = width, height, "light", app.WelcomeSeen
	})
	if err := errors.Join(fill(ctx, a), a.Close(ctx)); err != nil {
		return fmt.Errorf("making a profile: %w", err)
	}
	return os.Rename(draft, dir)
}

// copyProfile copies a profile, so that what scenes do to it is gone after
// them. The files of cards, which never change, are linked if that is possible.
func copyProfile(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		place := filepath.Join(to, strings.TrimPrefix(path, from))
		if d.IsDir() {
			return os.MkdirAll(place, 0o700)
		}
		if !d.Type().IsRegular() {
			return nil // the socket of a program that was killed
		}
		if strings.HasPrefix(path, filepath.Join(from, "blobs")) && os.Link(path, place) == nil {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(place, b, 0o600)
	})
}

// fillHome puts 1,000 cards on Home.
func fillHome(ctx context.Context, a *app.App) error {
	m, err := newMaker(ctx, a, a.Home(), homeCards) // every file is another one
	if err != nil {
		return err
	}
	defer m.close()
	for _, t := range longTexts {
		m.pin(cards.KindText, cards.NewText(longText(t.bytes)), t.at, t.size)
	}
	return m.fill(layOut(homeCards-len(longTexts), homePerRow))
}

// fillBig pins the larger boards to Home and fills them.
func fillBig(ctx context.Context, a *app.App) error {
	live := doc.Open(a.Docs(), a.Home(), cards.KindBoard, board.Codec{})
	defer live.Close()
	for _, b := range bigBoards {
		if err := a.Docs().Create(b.id, board.Create(b.title, "")).Wait(ctx); err != nil {
			return fmt.Errorf("making a board: %w", err)
		}
		pin := board.Pin{ID: a.NewCardID(), Link: share.Link{Document: b.id, Kind: cards.KindBoard}, At: b.at, Size: nestedSize}
		if err := live.Do(board.AddCards{Cards: []board.Pin{pin}}).Wait(ctx); err != nil {
			return fmt.Errorf("pinning a board: %w", err)
		}
		m, err := newMaker(ctx, a, b.id, bigFiles)
		if err != nil {
			return err
		}
		if err := errors.Join(m.fill(layOut(b.cards, bigPerRow)), m.close()); err != nil {
			return err
		}
	}
	return nil
}
