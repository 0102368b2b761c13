package access

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand"
	"testing"
)

// calm is a log of n records: 20 admins and 80 members, mostly one after the
// other, with short forks, removals, links and rotations.
func calm(b testing.TB, n int) (*Log, Directory) {
	many := crowd(b, 100)
	dir := directoryOf(many...)
	w := &world{t: b, time: 1000}
	g, err := many[0].author(0).Sign(1000, nil, &Genesis{})
	if err != nil {
		b.Fatal(err)
	}
	w.log = NewLog(g.ID)
	w.take(g)
	random := rand.New(rand.NewSource(1))
	for i := 1; w.log.Len() < n-2; i++ {
		heads := w.log.Heads()
		if len(w.log.inserted) > 60 && random.Intn(4) == 0 {
			heads = []RecordID{w.log.inserted[w.log.Len()-1-random.Intn(3)].ID}
		}
		by, on := many[random.Intn(20)], many[1+random.Intn(99)]
		switch {
		case i < 100:
			role := Write
			if i < 20 {
				role = Admin
			}
			invite := w.saysOn(many[0], 0, w.log.Heads(), &Invite{Role: role, Person: many[i].person})
			w.saysOn(many[i], 0, w.log.Heads(), &Accept{invite.ID})
		case random.Intn(10) == 0:
			w.saysOn(many[0], 0, heads, &Remove{Person: on.person})
			invite := w.saysOn(many[0], 0, w.log.Heads(), &Invite{Role: Admin, Person: on.person})
			w.saysOn(on, 0, w.log.Heads(), &Accept{invite.ID})
		case random.Intn(3) == 0:
			w.saysOn(by, 0, heads, &Rotate{Commit: [32]byte{byte(i), byte(i >> 8)}})
		default:
			w.saysOn(by, 0, heads, &SetPolicy{Name: fmt.Sprint(i % 9)})
		}
	}
	return w.log, dir
}

var crowds = map[int][]*who{}

func crowd(b testing.TB, n int) []*who {
	for i := len(crowds[n]); i < n; i++ {
		w := &who{name: fmt.Sprint(i)}
		binary.BigEndian.PutUint64(w.person[:], uint64(i)+1)
		d, err := newTestDevice(uint64(5000 + i))
		if err != nil {
			b.Fatal(err)
		}
		w.devices = append(w.devices, d)
		crowds[n] = append(crowds[n], w)
	}
	return crowds[n]
}

// wild is the log of a random play: four replicas, removals everywhere.
func wild(b testing.TB, n int) (*Log, Directory) {
	p := newPlay(b, 3, 4)
	for p.whole.log.Len() < n {
		p.run(n / 4)
	}
	return p.whole.log, directory
}

func BenchmarkEvaluate1000(b *testing.B) {
	for name, make := range map[string]func(testing.TB, int) (*Log, Directory){"calm": calm, "wild": wild} {
		b.Run(name, func(b *testing.B) {
			l, dir := make(b, 1000)
			b.ResetTimer()
			for b.Loop() {
				if s := Evaluate(l, dir).State(); len(s.Heads) == 0 {
					b.Fatal("nothing")
				}
			}
			b.ReportMetric(float64(l.Len()), "records")
		})
	}
}

// RoleAt for 10,000 questions about 500 different heads.
func BenchmarkRoleAt10000(b *testing.B) {
	l, dir := calm(b, 1000)
	v := Evaluate(l, dir)
	for b.Loop() {
		v.cache = newCache()
		for i := range 10000 {
			e := l.inserted[len(l.inserted)-1-i%500]
			if _, err := v.RoleAt([]RecordID{e.ID}, e.Author); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// traffic is nearly n changes of 20 writers who merge all the time, some of
// whom were removed meanwhile.
func traffic(v *View, l *Log, n int) []Change {
	many := crowds[100]
	var all []Change
	last := map[int]Change{}
	recent := []ChangeHash{}
	for i := range n {
		w := i % 20
		prev := last[w]
		c := Change{
			Author: many[w].person, Device: many[w].devices[0].ID(), Run: RunID{byte(prev.Number / 500)},
			Number: prev.Number%500 + 1, Cites: []RecordID{l.inserted[len(l.inserted)-1-i%50].ID}, Deps: recent,
		}
		if role, err := v.RoleAt(c.Cites, c.Author); err != nil || role < Write {
			continue
		}
		c.ID = sha256.Sum256(fmt.Append(nil, i))
		c.Hash = sha256.Sum256(c.ID[:])
		if c.Number > 1 {
			c.Prev = prev.ID
			c.Run = prev.Run
		} else {
			c.Run = RunID{byte(i), byte(i >> 8), 1}
		}
		last[w] = c
		recent = []ChangeHash{c.Hash}
		all = append(all, c)
	}
	return all
}

func BenchmarkJudge10000(b *testing.B) {
	l, dir := calm(b, 1000)
	v := Evaluate(l, dir)
	changes := traffic(v, l, 10000)
	accepted := 0
	for b.Loop() {
		accepted = 0
		for _, verdict := range Judge(v, changes) {
			if verdict.Status == Accepted {
				accepted++
			}
		}
	}
	b.ReportMetric(float64(accepted), "accepted")
}

func BenchmarkJudgeOneMore(b *testing.B) {
	l, dir := calm(b, 1000)
	v := Evaluate(l, dir)
	changes := traffic(v, l, 20000+2*b.N)
	court := NewCourt(v)
	court.Add(changes[:10000]...)
	b.ResetTimer()
	for i := range b.N {
		court.Add(changes[10000+i])
	}
}

func BenchmarkParse(b *testing.B) {
	l, _ := calm(b, 300)
	for i := 0; b.Loop(); i++ {
		if _, err := Parse(l.inserted[i%300].Raw); err != nil {
			b.Fatal(err)
		}
	}
}
