package access

import (
	"bytes"
	"cmp"
	"slices"

	"corkboard/identity"
	"corkboard/record"
)

// A Mark is one change in the chain of a run: the changes up to it lie within.
type Mark struct {
	Device identity.DeviceID
	Run    RunID
	Number uint64 // from 1
	ID     ChangeID
}

// A Frontier is the last changes of somebody's runs that a remover stands by:
// one mark for each run, ascending by device and run. A run without a mark has
// no change within.
type Frontier []Mark

const maxNumber = 1 << 53

// NewFrontier puts marks in order. Of two marks of one run the larger number stays.
func NewFrontier(marks []Mark) Frontier {
	f := Frontier(slices.Clone(marks))
	slices.SortFunc(f, func(a, b Mark) int {
		return cmp.Or(compareRuns(a, b), cmp.Compare(b.Number, a.Number), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return slices.CompactFunc(f, func(a, b Mark) bool { return compareRuns(a, b) == 0 })
}

func compareRuns(a, b Mark) int {
	return cmp.Or(bytes.Compare(a.Device[:], b.Device[:]), bytes.Compare(a.Run[:], b.Run[:]))
}

// write groups the runs of a device, whose id is then written once.
func (f Frontier) write(w *record.Writer) {
	devices := 0
	for i := range f {
		if i == 0 || f[i].Device != f[i-1].Device {
			devices++
		}
	}
	w.Uint(uint64(devices))
	for len(f) > 0 {
		runs := 1
		for runs < len(f) && f[runs].Device == f[0].Device {
			runs++
		}
		w.Fixed(f[0].Device[:])
		w.Uint(uint64(runs))
		for _, m := range f[:runs] {
			w.Fixed(m.Run[:])
			w.Uint(m.Number)
			w.Fixed(m.ID[:])
		}
		f = f[runs:]
	}
}

func readFrontier(in *record.Reader) Frontier {
	var f Frontier
	var last identity.DeviceID
	for i := range in.Uint(MaxRecord) {
		device := identity.DeviceID(in.Hash())
		if i > 0 && bytes.Compare(last[:], device[:]) >= 0 {
			in.Fail("devices out of order")
		}
		last = device
		runs := in.Uint(MaxRecord)
		if runs == 0 {
			in.Fail("a device without runs")
		}
		for range runs {
			if f = append(f, readMark(in, device, f)); in.Err() != nil {
				return nil
			}
		}
		if in.Err() != nil {
			return nil
		}
	}
	return f
}

func readMark(in *record.Reader, device identity.DeviceID, before Frontier) Mark {
	m := Mark{Device: device}
	copy(m.Run[:], in.Fixed(len(m.Run)))
	m.Number, m.ID = in.Uint(maxNumber), in.Hash()
	if m.Number == 0 {
		in.Fail("changes count from 1")
	}
	if n := len(before); n > 0 && compareRuns(before[n-1], m) >= 0 {
		in.Fail("runs out of order")
	}
	return m
}

func compareIDs(a, b RecordID) int { return bytes.Compare(a[:], b[:]) }
