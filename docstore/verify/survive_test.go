//go:build cgo && (linux || darwin)

package verify_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
)

// mutants is how many are tried; CORKBOARD_MUTANTS says otherwise.
func mutants() int {
	n, err := strconv.Atoi(os.Getenv("CORKBOARD_MUTANTS"))
	if err != nil {
		return 4000
	}
	return n
}

// placesOf feeds a history.
func placesOf(t testing.TB, history []*verify.Decoded) *verify.Places {
	t.Helper()
	p := verify.NewPlaces()
	for _, d := range history {
		if _, err := p.Add(d); err != nil {
			t.Fatalf("a change of our own: %v", err)
		}
	}
	return p
}

func bodies(list []engine.Change) (out [][]byte) {
	for _, c := range list {
		out = append(out, c.Body)
	}
	return out
}

// others are the changes that other writers make.
func others(list []engine.Change, actor string) (out [][]byte) {
	for _, c := range list {
		if string(c.Actor) != actor {
			out = append(out, c.Body)
		}
	}
	return out
}

// nameOf is the hash of a chunk, whatever is in it.
func nameOf(b []byte) string {
	_, n := binary.Uvarint(b[9:])
	data := b[9+n:]
	sum := sha256.Sum256(append(binary.AppendUvarint([]byte{1}, uint64(len(data))), data...))
	return hex.EncodeToString(sum[:])
}

func dump(d *verify.Decoded) string {
	out := fmt.Sprintf("seq %d start %d deps %d", d.Seq, d.StartOp, len(d.Deps))
	for i, o := range d.Ops {
		out += fmt.Sprintf("\n  %v: %+v preds %v", d.ID(i), o, d.Preds(i))
	}
	return out
}

// eachMutant makes n of them, a hundred from each history, until f says stop.
// d is nil if Change refuses; fits tells what Places says else.
func eachMutant(t *testing.T, n int, f func(x trial, d *verify.Decoded, fits error) bool) {
	t.Helper()
	for seed := uint64(0); n > 0; seed++ {
		_, all := replicas(t, seed, 1+int(seed%3), 1+int(seed%5))
		list := history(t, all)
		r := rand.New(rand.NewPCG(seed, 12))
		p := poolOf(list)
		for i := 0; i < 100 && n > 0; i++ {
			n--
			at := r.IntN(len(all))
			b := mutant(r, list[at], p)
			x := trial{Before: bodies(all[:at]), Change: b, After: others(all[at:], string(list[at].Actor[:])), Hash: nameOf(b), Seed: r.Uint64()}
			d, err := verify.Change(b)
			if err == nil {
				x.After = others(all[at:], string(d.Actor[:]))
				err = placesOf(t, list[:at]).Check(d)
			}
			if !f(x, d, err) {
				return
			}
		}
	}
}

func TestTheCoreSurvivesWhatIsAccepted(t *testing.T) {
	var accepted, refused, unfit, aborts, faults int
	c := start(t)
	defer func() { c.stop() }()
	eachMutant(t, mutants(), func(x trial, d *verify.Decoded, fits error) bool {
		switch {
		case d == nil:
			refused++
			return true
		case fits != nil:
			unfit++
			return true
		}
		accepted++
		o, alive := c.try(x)
		if !alive {
			aborts++
			c = start(t)
		} else if o.Fault != "" {
			faults++
		}
		if o.Fault != "" {
			t.Errorf("%s\n%s", o.Fault, dump(d))
		}
		return aborts+faults < 20
	})
	t.Logf("accepted %d, refused %d, unfit %d; aborts %d, other faults %d", accepted, refused, unfit, aborts, faults)
	if accepted*20 < refused+unfit {
		t.Errorf("only %d of %d were accepted: nothing is shown", accepted, accepted+refused+unfit)
	}
}

// The rules are needed: without either half, mutants kill the core, and others
// make saves that can never be loaded again.
func TestWithoutTheRulesTheCoreDies(t *testing.T) {
	for name, refusedBy := range map[string]func(d *verify.Decoded, fits error) bool{
		"Change": func(d *verify.Decoded, fits error) bool { return d == nil },
		"Places": func(d *verify.Decoded, fits error) bool { return d != nil && fits != nil },
	} {
		var aborts, spoiled int
		c := start(t)
		eachMutant(t, 3000, func(x trial, d *verify.Decoded, fits error) bool {
			if !refusedBy(d, fits) {
				return true
			}
			o, alive := c.try(x)
			if !alive {
				aborts++
				c = start(t)
			} else if strings.HasPrefix(o.Fault, errSpoiled.Error()) {
				spoiled++
			}
			return aborts == 0 || spoiled == 0
		})
		c.stop()
		if aborts == 0 || spoiled == 0 {
			t.Errorf("%s: what it refuses killed the core %d times and spoiled %d documents", name, aborts, spoiled)
		}
	}
}
