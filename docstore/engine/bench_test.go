package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginebench"
)

// each runs a benchmark with both engines on boards of both sizes.
func each(b *testing.B, f func(*testing.B, engine.Engine, enginebench.Board)) {
	for _, e := range []struct {
		name string
		engine.Engine
	}{{"native", engine.Native()}, {"sandboxed", oneForAll()}} {
		for _, cards := range []int{1000, 10000} {
			b.Run(fmt.Sprintf("%s/%d", e.name, cards), func(b *testing.B) {
				board, err := enginebench.NewBoard(e.Engine, cards)
				if errors.Is(err, engine.ErrNoEngine) {
					b.Skip(err)
				}
				if err != nil {
					b.Fatal(err)
				}
				f(b, e.Engine, board)
			})
		}
	}
}

func BenchmarkMove(b *testing.B) {
	each(b, func(b *testing.B, e engine.Engine, board enginebench.Board) {
		d := must(board.Open(e, 1))(b)
		defer d.Close()
		n := 0
		for b.Loop() {
			n++
			must(d.Apply(board.Move(n), "move", 0))(b)
		}
	})
}

func BenchmarkRemoteMove(b *testing.B) {
	each(b, func(b *testing.B, e engine.Engine, board enginebench.Board) {
		there, here := must(board.Open(e, 1))(b), must(board.Open(e, 2))(b)
		defer there.Close()
		defer here.Close()
		n := 0
		for b.Loop() {
			b.StopTimer()
			n++
			c := must(there.Apply(board.Move(n), "move", 0))(b)
			b.StartTimer()
			if err := enginebench.TakeIn(here, [][]byte{c.Body}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	each(b, func(b *testing.B, e engine.Engine, board enginebench.Board) {
		for b.Loop() {
			must(board.Open(e, 1))(b).Close()
		}
	})
}

func BenchmarkTree(b *testing.B) {
	each(b, func(b *testing.B, e engine.Engine, board enginebench.Board) {
		d := must(board.Open(e, 1))(b)
		defer d.Close()
		for b.Loop() {
			must(d.Tree())(b)
		}
	})
}

func BenchmarkSave(b *testing.B) {
	each(b, func(b *testing.B, e engine.Engine, board enginebench.Board) {
		d := must(board.Open(e, 1))(b)
		defer d.Close()
		for b.Loop() {
			if d.Save() == nil {
				b.Fatal("nothing saved")
			}
		}
	})
}

// BenchmarkTry is one foreign move tried in a copy that is made for it, and in
// one that is kept.
func BenchmarkTry(b *testing.B) {
	s := oneForAll()
	board := must(enginebench.NewBoard(s, 1000))(b)
	there := must(board.Open(s, 1))(b)
	defer there.Close()
	b.Run("once", func(b *testing.B) {
		c := must(there.Apply(board.Move(1), "move", 0))(b)
		for b.Loop() {
			if err := s.Try(b.Context(), board.Saved, nil, [][]byte{c.Body}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		trial := must(s.Trial(b.Context(), board.Saved, nil))(b)
		defer trial.Close()
		n := 1
		for b.Loop() {
			b.StopTimer()
			n++
			c := must(there.Apply(board.Move(n), "move", 0))(b)
			b.StartTimer()
			if err := trial.Merge(b.Context(), [][]byte{c.Body}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkStart(b *testing.B) {
	for _, c := range []struct{ name, cache string }{{"cached", engine.TestCache}, {"compiling", ""}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				s := engine.Sandboxed(engine.Options{Cache: c.cache})
				must(s.New(actor(1)))(b)
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The figures for the program's budgets come out of the same functions.
func TestFiguresAreMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures boards of 10,000 cards")
	}
	got := must(enginebench.Measure(oneForAll(), "sandboxed"))(t)
	got["engine_start_cached_ms"] = must(enginebench.StartCached(engine.TestCache))(t)
	for _, name := range []string{"sandboxed_move", "sandboxed_remote_move", "sandboxed_load_1000", "sandboxed_load_10000", "start_cached"} {
		if got["engine_"+name+"_ms"] <= 0 {
			t.Errorf("%s is missing in %v", name, got)
		}
	}
	t.Log(got)
}
