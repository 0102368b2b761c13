package identity

import (
	"maps"
	"slices"
	"testing"
)

// The oracle says the same as verdict, straight from the rules, with sets and
// recursion and without any cleverness.
type oracle map[RecordID]*entry

func (o oracle) past(id RecordID) oracle {
	out := oracle{}
	for _, p := range o[id].parents {
		out[p] = o[p]
		maps.Copy(out, o.past(p))
	}
	return out
}

func (o oracle) keeps(e *entry) oracle {
	if len(e.fact.frontier) == 0 {
		return o.past(e.id)
	}
	out := oracle{}
	for _, head := range e.fact.frontier {
		out[head] = o[head]
		maps.Copy(out, o.past(head))
	}
	return out
}

func (o oracle) removals(of DeviceID, as role) []*entry {
	var out []*entry
	for _, e := range o {
		if e.kind == removeDevice && e.role == as && e.device == of && (as == byRecovery || !o.cut(e)) {
			out = append(out, e)
		}
	}
	return out
}

func (o oracle) cut(e *entry) bool {
	if e.role == byRecovery || e.kind == genesis {
		return false
	}
	for _, by := range o.removals(e.author, byRecovery) {
		if o.keeps(by)[e.id] == nil {
			return true
		}
	}
	return !o.letInBy(e, func(x *entry) bool { return !o.cut(x) })
}

func (o oracle) letInBy(e *entry, counts func(*entry) bool) bool {
	for _, x := range o.past(e.id) {
		if (x.kind == genesis || x.kind == addDevice) && x.device == e.author && counts(x) {
			return true
		}
	}
	return false
}

func (o oracle) force(e *entry) bool {
	switch {
	case e.role == byRecovery || e.kind == genesis:
		return true
	case o.cut(e):
		return false
	case e.kind == removeDevice:
		return true
	}
	for _, by := range o.removals(e.author, byDevice) {
		if o.keeps(by)[e.id] == nil {
			return false
		}
	}
	return o.letInBy(e, o.force)
}

func (o oracle) devices() map[DeviceID]bool {
	out := map[DeviceID]bool{}
	for _, e := range o {
		if (e.kind == genesis || e.kind == addDevice) && o.force(e) {
			removed := len(o.removals(e.device, byRecovery))+len(o.removals(e.device, byDevice)) > 0
			out[e.device] = removed
		}
	}
	return out
}

func TestTheVerdictIsThatOfTheRules(t *testing.T) {
	voids := 0
	for seed := range int64(60) {
		l := randomGraph(t, stream(seed+5000), 26)
		all := oracle(l.known)
		var void []RecordID
		for id, e := range all {
			if !all.force(e) {
				void = append(void, id)
			}
			if e.kind == genesis {
				continue
			}
			before := all.past(id)
			removed, known := before.devices()[e.author]
			if e.role == byDevice && (!known || removed) {
				t.Errorf("seed %d: a record of a device that did not belong", seed)
			}
		}
		voids += len(void)
		if got := l.Void(); !slices.Equal(sortIDs(void), got) {
			t.Fatalf("seed %d: void are %v, by the rules %v", seed, got, void)
		}
		got := map[DeviceID]bool{}
		for id, d := range l.State().Devices {
			got[id] = d.Removed
		}
		if !maps.Equal(all.devices(), got) {
			t.Fatalf("seed %d: devices %v, by the rules %v", seed, got, all.devices())
		}
	}
	if voids < 20 {
		t.Errorf("only %d void records: the graphs are too tame", voids)
	}
}
