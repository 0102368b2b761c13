package past

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore"
)

// BenchmarkJump reads random versions of a board of 1,000 cards that was changed 2,000
// times.
func BenchmarkJump(b *testing.B) {
	for _, boxed := range []bool{false, true} {
		b.Run(fmt.Sprint("sandboxed=", boxed), func(b *testing.B) {
			s, err := docstore.Open(b.TempDir(), docstore.Options{Code: code, Sandbox: boxed})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close(context.Background())
			id, ctx := s.NewID(), context.Background()
			cards := doc.Map{}
			for i := range 1000 {
				cards[fmt.Sprint("c", i)] = doc.Map{"url": fmt.Sprint("a link that is as long as links are, nearly ", i), "at": "100 200", "z": fmt.Sprint(i)}
			}
			if err := s.Create(id, []doc.Edit{put(cards, "cards")}).Wait(ctx); err != nil {
				b.Fatal(err)
			}
			l := openRaw(s, id)
			defer l.Close()
			for i := range 2000 {
				r := l.Do(doctest.Do("move", put(fmt.Sprint(i, " 5"), "cards", fmt.Sprint("c", i%1000), "at")))
				if i%100 == 99 {
					if err := r.Wait(ctx); err != nil {
						b.Fatal(err)
					}
				}
			}
			list, err := s.History(ctx, id)
			if err != nil {
				b.Fatal(err)
			}
			reader := s.Reader()
			defer reader.Close()
			r := rand.New(rand.NewPCG(1, 1))
			for b.Loop() {
				v := list[r.IntN(len(list)-1)]
				if _, err := reader.At(v.Of, v.Heads); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
