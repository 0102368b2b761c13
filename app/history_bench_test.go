package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// longBoard is a board of 1,000 cards that was changed 2,000 times.
func longBoard(b *testing.B, a *App) doc.ID {
	b.Helper()
	ctx := context.Background()
	id, r := a.NewDocument(cards.KindBoard, board.Create("Long", ""))
	fatal := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	fatal(r.Wait(ctx))
	var pins []board.Pin
	for i := range 1000 {
		text, r := a.NewDocument(cards.KindText, cards.NewText(fmt.Sprint("card ", i)))
		if i%100 == 99 {
			fatal(r.Wait(ctx))
		}
		pins = append(pins, board.Pin{ID: board.CardID(fmt.Sprint("c", i)), Link: share.Link{Document: text, Kind: cards.KindText}, At: board.Point{X: float64(i % 40 * 300), Y: float64(i / 40 * 200)}})
	}
	live := a.openBoard(id)
	defer live.Close()
	fatal(live.Do(board.AddCards{Cards: pins}).Wait(ctx))
	for i := range 2000 {
		r = live.Do(board.MoveCards{IDs: []board.CardID{pins[i*7%1000].ID}, By: board.Point{X: 1 + float64(i%9)}})
		if i%200 == 199 {
			fatal(r.Wait(ctx))
		}
	}
	fatal(a.Flush(ctx))
	return id
}

func BenchmarkPast(b *testing.B) {
	a, err := Open(context.Background(), Options{Profile: b.TempDir(), Code: code})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close(context.Background())
	id := longBoard(b, a)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			p, err := a.OpenPast(context.Background(), id)
			if err != nil {
				b.Fatal(err)
			}
			p.Close()
		}
	})
	p, err := a.OpenPast(context.Background(), id)
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	live := doc.Open[*board.Board](p.Docs(), id, cards.KindBoard, board.Codec{})
	woken := make(chan struct{}, 1)
	defer live.Subscribe(func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})()
	shown := func(at time.Time) {
		list, _ := p.versions(context.Background(), id)
		for want := at; ; <-woken {
			s := live.Snapshot()
			if s.State == doc.Ready && len(s.Heads) == 1 {
				for _, v := range list {
					if v.Heads[0] == s.Heads[0] && v.Time.Equal(want) {
						return
					}
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	b.Run("jump", func(b *testing.B) {
		for b.Loop() {
			at := r.IntN(len(p.Moments))
			p.Go(at)
			shown(p.Moments[at].Time)
		}
	})
}
