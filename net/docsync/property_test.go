package docsync

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// town is some devices with two collections, and links that come and go.
type town struct {
	*lab
	rt      *rapid.T
	shelves []map[Tag]*shelf
	claims  []*Claims
	ends    [][]*end // of each device
	links   [][2]*end
	made    int
}

func newTown(rt *rapid.T, t *testing.T) *town {
	w := &town{lab: newLab(t), rt: rt}
	w.random = rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
	for i := range rapid.IntRange(2, 4).Draw(rt, "devices") {
		w.shelves = append(w.shelves, map[Tag]*shelf{tagA: newShelf(byte(1 + 2*i)), tagB: newShelf(byte(2 + 2*i))})
		w.claims = append(w.claims, NewClaims())
		w.ends = append(w.ends, nil)
	}
	same := rapid.SampledFrom([]int{0, 3, 300, 900}).Draw(rt, "same")
	for i, s := range w.shelves {
		s[tagA].things(same, 0, 40)
		s[tagA].things(rapid.IntRange(0, 40).Draw(rt, "own"), byte(1+i), 50)
	}
	return w
}

func (w *town) device(name string) int {
	return rapid.IntRange(0, len(w.shelves)-1).Draw(w.rt, name)
}

func (w *town) connect(i, j int, r Rights) {
	a := w.lab.device(w.claims[i], w.shelves[i], r)
	b := w.lab.device(w.claims[j], w.shelves[j], All)
	w.ends[i], w.ends[j] = append(w.ends[i], a), append(w.ends[j], b)
	for _, list := range [][]*end{w.ends[i], w.ends[j]} {
		for _, e := range list {
			e.others = list
		}
	}
	w.links = append(w.links, [2]*end{a, b})
	w.join(a, b)
}

func (w *town) write() {
	i := w.device("writer")
	tag := rapid.SampledFrom([]Tag{tagA, tagB}).Draw(w.rt, "tag")
	for range rapid.SampledFrom([]int{1, 1, 2, 400}).Draw(w.rt, "many") {
		w.made++
		size := 20 + w.random.IntN(500)
		if w.random.IntN(100) == 0 {
			size = 70 << 10
		}
		w.shelves[i][tag].put(Sort(1+w.random.IntN(2)), thing(byte(100+i), w.made, size))
	}
	for _, e := range w.ends[i] {
		if e.alive {
			e.wake(tag)
			break
		}
	}
}

// someLink is a link that is up.
func (w *town) someLink(name string) [2]*end {
	var up [][2]*end
	for _, l := range w.links {
		if l[0].alive {
			up = append(up, l)
		}
	}
	if len(up) == 0 {
		w.rt.Skip("no link is up")
	}
	w.links = up
	return up[rapid.IntRange(0, len(up)-1).Draw(w.rt, name)]
}

func (w *town) turn() {
	l := w.someLink("rights")
	r := Rights(rapid.IntRange(0, 2).Draw(w.rt, "to"))
	e := l[rapid.IntRange(0, 1).Draw(w.rt, "side")]
	e.s.SetRights(rapid.SampledFrom([]Tag{tagA, tagB}).Draw(w.rt, "tag"), r)
	e.due()
}

// Whatever happens on the way, in the end all hold the same, and know it.
func TestAllComeTogether(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newTown(rt, t)
		rt.Repeat(map[string]func(*rapid.T){
			"write": func(*rapid.T) { w.write() },
			"connect": func(*rapid.T) {
				if i, j := w.device("from"), w.device("to"); i != j && len(w.links) < 6 {
					w.connect(i, j, Rights(rapid.IntRange(0, 2).Draw(rt, "rights")))
				}
			},
			"cut":  func(*rapid.T) { w.someLink("cut")[0].cut() },
			"turn": func(*rapid.T) { w.turn() },
			"reopen": func(*rapid.T) {
				e := w.someLink("reopen")[0]
				e.s.Close(tagA)
				e.due()
				w.run(time.Duration(w.random.IntN(100)) * time.Millisecond)
				e.s.Open(tagA, e.shelves[tagA], All)
				e.due()
			},
			"wait": func(*rapid.T) { w.run(time.Duration(w.random.IntN(1000)) * time.Millisecond) },
		})
		w.settle()
	})
}

// settle joins all in a row, over what links are still up.
func (w *town) settle() {
	for _, l := range w.links {
		if w.random.IntN(2) == 0 {
			l[0].cut()
			continue
		}
		for _, e := range l {
			for _, tag := range []Tag{tagA, tagB} {
				e.s.SetRights(tag, All)
			}
			e.due()
		}
	}
	for i := range len(w.shelves) - 1 {
		w.connect(i, i+1, All)
	}
	w.run(60 * time.Second)
	for _, tag := range []Tag{tagA, tagB} {
		for i, s := range w.shelves[1:] {
			if fmt.Sprint(s[tag].sorted) != fmt.Sprint(w.shelves[0][tag].sorted) {
				w.rt.Fatalf("device %d holds %d items of %s, the first %d", i+1, len(s[tag].sorted), tag, len(w.shelves[0][tag].sorted))
			}
		}
	}
	for _, l := range w.links {
		for i, e := range l {
			if e.err != nil {
				w.rt.Fatalf("an honest side is refused: %v", e.err)
			}
			for tag, s := range e.shelves {
				got := e.s.Status(tag)
				if e.alive && (!got.Equal || got.Contradicted || got.Acknowledged != s.Last() || got.Outstanding != 0 || got.Rights != All) {
					w.rt.Fatalf("side %d: %+v, last is %d", i, got, s.Last())
				}
			}
		}
	}
}
