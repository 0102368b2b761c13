package access

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"corkboard/identity"
)

// stream is randomness that is the same every time.
type stream struct {
	seed uint64
	rest []byte
}

func (s *stream) Read(b []byte) (int, error) {
	for len(s.rest) < len(b) {
		var in [8]byte
		binary.BigEndian.PutUint64(in[:], s.seed)
		s.seed += 1 << 32
		sum := sha256.Sum256(in[:])
		s.rest = append(s.rest, sum[:]...)
	}
	copy(b, s.rest)
	s.rest = s.rest[len(b):]
	return len(b), nil
}

// who is a person of the cast: what they need to write records.
type who struct {
	name    string
	person  identity.PersonID
	devices []*identity.Device
}

func (w *who) author(device int) Author { return Author{w.person, w.devices[device]} }

// cast is persons with two devices each, made once.
var cast = func() []*who {
	var all []*who
	for i := range 12 {
		w := &who{name: string(rune('A' + i)), person: identity.PersonID{byte('A' + i), 1}}
		for j := range 2 {
			d, err := newTestDevice(uint64(100*i + j))
			if err != nil {
				panic(err)
			}
			w.devices = append(w.devices, d)
		}
		all = append(all, w)
	}
	return all
}()

func newTestDevice(seed uint64) (*identity.Device, error) {
	return identity.NewDevice(&stream{seed: seed})
}

// directory knows the whole cast.
func directory(id identity.PersonID) (identity.State, bool) {
	return directoryOf(cast...)(id)
}

func directoryOf(known ...*who) Directory {
	states := map[identity.PersonID]identity.State{}
	for _, w := range known {
		s := identity.State{Person: w.person, Devices: map[identity.DeviceID]identity.DeviceInfo{}}
		for _, d := range w.devices {
			s.Devices[d.ID()] = identity.DeviceInfo{KEM: d.KEM()}
		}
		states[w.person] = s
	}
	return func(id identity.PersonID) (identity.State, bool) {
		s, ok := states[id]
		return s, ok
	}
}

// world is one replica of a collection in a test.
type world struct {
	t    testing.TB
	log  *Log
	view *View
	time int64
}

// newWorld is a collection that cast[0] owns.
func newWorld(t testing.TB) *world {
	t.Helper()
	g, err := cast[0].author(0).Sign(1000, nil, &Genesis{Nonce: [16]byte{7}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, log: NewLog(g.ID), time: 1000}
	w.take(g)
	w.view = Evaluate(w.log, directory)
	return w
}

func (w *world) take(r *Record) {
	w.t.Helper()
	if err := w.log.Take(r); err != nil {
		w.t.Fatal(err)
	}
	if w.view != nil {
		w.view.Extend()
	}
}

// fork is another replica that knows the same.
func (w *world) fork() *world {
	f := &world{t: w.t, log: NewLog(w.log.Collection()), time: w.time}
	f.view = Evaluate(f.log, directory)
	f.merge(w)
	return f
}

// merge brings what others know.
func (w *world) merge(from ...*world) {
	w.t.Helper()
	for _, o := range from {
		for _, r := range o.log.Since(w.log.Heads()) {
			w.take(r)
		}
	}
}

// says makes a record on all that the replica knows.
func (w *world) says(by *who, p Payload) *Record {
	w.t.Helper()
	return w.saysOn(by, 0, w.log.Heads(), p)
}

func (w *world) saysOn(by *who, device int, heads []RecordID, p Payload) *Record {
	w.t.Helper()
	w.time++
	r, err := by.author(device).Sign(w.time, heads, p)
	if err != nil {
		w.t.Fatal(err)
	}
	w.take(r)
	return r
}

// admit invites a person by name and lets them accept.
func (w *world) admit(by, to *who, role Role) {
	w.t.Helper()
	invite := w.says(by, &Invite{Role: role, Person: to.person})
	w.says(to, &Accept{invite.ID})
	w.want(to, role)
}

// link makes an invitation by link, without keys.
func (w *world) link(by *who, role Role, single bool, secret byte) (*Record, *InviteKeys) {
	w.t.Helper()
	keys, err := NewInviteKeys([16]byte{secret})
	if err != nil {
		w.t.Fatal(err)
	}
	p := keys.Invite(role)
	p.Single = single
	if role == Admin {
		p.Expires = w.time + AdminInviteLife
	}
	return w.says(by, p), keys
}

func (w *world) join(by *who, invite *Record, keys *InviteKeys) *Record {
	w.t.Helper()
	w.time++
	r, err := keys.Join(by.author(0), w.time, w.log.Heads(), invite.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	w.take(r)
	return r
}

func (w *world) want(of *who, role Role) {
	w.t.Helper()
	if got := w.view.State().Role(of.person); got != role {
		w.t.Errorf("%s has the role %v, want %v", of.name, got, role)
	}
}

func (w *world) wantVoid(r *Record, fault Fault) {
	w.t.Helper()
	if got := w.view.State().Void[r.ID]; got != fault {
		w.t.Errorf("%v by %v: %v, want %v", r.Kind(), string(r.Author[:1]), got, fault)
	}
}

// founded is a collection with A its owner, B and C admins, D and E writers, F a reader.
func founded(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	for i, role := range []Role{Admin, Admin, Write, Write, Read} {
		w.admit(cast[0], cast[i+1], role)
	}
	return w
}

// raws are the records of a log, some twice, in an order that random gives.
func raws(l *Log, random func(int) int) [][]byte {
	var out [][]byte
	for _, r := range l.All() {
		out = append(out, r.Raw)
		if random(5) == 0 {
			out = append(out, r.Raw)
		}
	}
	for i := range out {
		j := i + random(len(out)-i)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// text is a state in words, to compare and to show.
func text(s *State) string {
	members := map[string]Role{}
	for p, r := range s.Members {
		members[string(p[:1])] = r
	}
	left := []string{}
	for at := range s.Left {
		left = append(left, at.Device.String())
	}
	slices.Sort(left)
	return fmt.Sprint(members, s.OwnerGone, left, s.Invitations, s.Stores, s.Policy, s.Documents, s.Epochs, s.Void, s.Heads)
}
