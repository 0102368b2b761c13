package mutant

import (
	"context"
	"fmt"
	"strings"

	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
)

// maxFaults is after how many Survive gives up, and how many it tells of.
const maxFaults = 20

// Report is what became of mutants.
type Report struct {
	Refused  int // by verify.Change
	Unfit    int // by verify.Places
	Accepted int
	Aborts   int // of what was accepted: the process ended
	Faults   int // any other harm, a trap or a difference between the engines among it
	Notes    []string
}

// Tried is how many mutants there were.
func (r Report) Tried() int { return r.Accepted + r.Refused + r.Unfit }

// Survived says that no accepted mutant did any harm, and that enough were
// accepted to show anything.
func (r Report) Survived() bool {
	return r.Aborts+r.Faults == 0 && r.Accepted > 0 && r.Accepted*20 >= r.Refused+r.Unfit
}

// String is the report in one line, and a line for each note.
func (r Report) String() string {
	head := fmt.Sprintf("%d mutants: accepted %d, refused %d, unfit %d; aborts %d, other faults %d",
		r.Tried(), r.Accepted, r.Refused, r.Unfit, r.Aborts, r.Faults)
	return strings.Join(append([]string{head}, r.Notes...), "\n")
}

// Survive makes n mutants, those after the first skip (see Each), and tries
// what package verify accepts on all engines, in child processes: see
// MaybeChild. The folder is for the sandboxed engine's compiled code.
func Survive(ctx context.Context, cache string, skip, n int) (r Report, err error) {
	s := engine.Sandboxed(engine.Options{Cache: cache})
	defer s.Close()
	own := engine.Engine(s)
	if engine.HasNative {
		own = engine.Native()
	}
	if err := s.Ready(); err != nil { // and so it is compiled for the child
		return r, err
	}
	p, err := Start(cache)
	if err != nil {
		return r, err
	}
	defer func() { p.Close() }()
	failed := Each(own, skip, n, func(x Trial, d *verify.Decoded, fits error) bool {
		switch {
		case d == nil:
			r.Refused++
		case fits != nil:
			r.Unfit++
		default:
			var o Outcome
			o, err = p.Try(x)
			r.note(o, d)
		}
		return err == nil && ctx.Err() == nil && r.Aborts+r.Faults < maxFaults
	})
	if err == nil {
		err = failed
	}
	if err == nil {
		err = ctx.Err()
	}
	return r, err
}

func (r *Report) note(o Outcome, d *verify.Decoded) {
	r.Accepted++
	switch {
	case o.Aborted:
		r.Aborts++
	case o.Fault != "":
		r.Faults++
	default:
		return
	}
	r.Notes = append(r.Notes, o.Fault+"\n"+Dump(d))
}

// Dump shows a change.
func Dump(d *verify.Decoded) string {
	out := fmt.Sprintf("seq %d start %d deps %d", d.Seq, d.StartOp, len(d.Deps))
	for i, o := range d.Ops {
		out += fmt.Sprintf("\n  %v: %+v preds %v", d.ID(i), o, d.Preds(i))
	}
	return out
}
