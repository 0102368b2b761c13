package docstore

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

// cards is a codec like a board's: one map of small maps, read again where it
// was touched.
type cards struct{}

type cardsValue struct {
	last string // the card that was read last
	n    int
}

func (cards) Decode(src doc.Source) cardsValue {
	v, _ := src.Value(doc.At("cards"))
	m, _ := v.(doc.Map)
	return cardsValue{n: len(m)}
}

func (cards) Update(was cardsValue, touched []doc.Path, src doc.Source) cardsValue {
	for _, p := range touched {
		v, _ := src.Value(p)
		was.last, _ = v.(string)
	}
	return was
}

// move puts a card somewhere else.
type move struct{ card, at string }

func (m move) Plan(cardsValue) (doc.Plan, error) {
	return doc.Plan{Label: "move", Edits: []doc.Edit{doc.Put{Path: doc.Path{"cards", m.card, "at"}, Value: m.at}}}, nil
}

func board(b *testing.B, n int) *doc.Live[cardsValue] {
	b.Helper()
	s, err := Open(b.TempDir(), Options{Log: quiet()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Abandon() })
	all := doc.Map{}
	for i := range n {
		all[strconv.Itoa(i)] = doc.Map{"at": "0 0", "size": "100 80", "z": strconv.Itoa(i), "kind": "text", "ref": "x"}
	}
	id := doctest.ID("board")
	if err := s.Create(id, []doc.Edit{doc.Put{Path: doc.At("cards"), Value: all}}).Wait(b.Context()); err != nil {
		b.Fatal(err)
	}
	l := doc.Open(s, id, "cards", cards{})
	if err := l.Do(move{"0", "1 1"}).Wait(b.Context()); err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkDo is how long the user interface is held up by Do, and how long
// it takes from there to the new snapshot, one edit at a time.
func BenchmarkDo(b *testing.B) {
	l := board(b, 2000)
	var held, visible []time.Duration
	for n := 0; b.Loop(); n++ {
		c := move{strconv.Itoa(n % 2000), strconv.Itoa(n)}
		start := time.Now()
		r := l.Do(c)
		held = append(held, time.Since(start))
		if err := r.Applied(b.Context()); err != nil {
			b.Fatal(err)
		}
		visible = append(visible, time.Since(start))
		if err := r.Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	for name, list := range map[string][]time.Duration{"held": held, "visible": visible} {
		slices.Sort(list)
		b.ReportMetric(float64(list[len(list)/2].Nanoseconds()), name+"-p50-ns")
		b.ReportMetric(float64(list[len(list)*99/100].Nanoseconds()), name+"-p99-ns")
	}
}

// BenchmarkSaved is from Do to "Saved on this device".
func BenchmarkSaved(b *testing.B) {
	l := board(b, 2000)
	n := 0
	for b.Loop() {
		n++
		if err := l.Do(move{strconv.Itoa(n % 2000), strconv.Itoa(n)}).Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeTree(b *testing.B) {
	all := doc.Map{}
	for i := range 2000 {
		all[strconv.Itoa(i)] = doc.Map{"at": "0 0", "size": "100 80", "z": strconv.Itoa(i), "kind": "text", "ref": "x"}
	}
	text, err := doc.EncodeValue(doc.Map{"cards": all})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			if _, err := doc.EncodeValue(doc.Map{"cards": all}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := doc.DecodeValue(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}
