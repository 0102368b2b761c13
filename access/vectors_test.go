package access

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
)

const vectorsPath = "testdata/vectors.json"

var writeVectors = flag.Bool("write-vectors", false, "make new frozen records; the old ones must stay readable")

// vectors are frozen: a program that reads them otherwise is wrong.
type vectors struct {
	Seeds   map[string]string // of device keys: signing, sealing
	Secret  string            // of the link
	Records []vector          // a whole log, parents first
	Keys    []vectorKey       // of its epochs
	Roles   map[string]Role   // of persons, in the end
	Void    map[string]Fault
}

type vector struct {
	ID, Raw string
	Values  []string // in the order of the format
}

type vectorKey struct{ Epoch, Key string }

// makeVectors is a small history with every kind of record.
func makeVectors(t *testing.T) vectors {
	w := newKeyed(t)
	w.says(B, &Accept{w.invite(A, B, Admin).ID})
	link, err := NewInviteKeys([16]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	p := link.Invite(Write)
	if err := w.rings[A].SealTo(p, w.view); err != nil {
		t.Fatal(err)
	}
	invite := w.says(A, p)
	w.rotate(B)
	w.rings[C].Use(link)
	w.join(C, invite, link)
	w.says(A, &InviteRevoke{invite.ID})
	w.says(B, &SetRole{Person: C.person, Role: Admin})
	other := w.fork()
	d := C.devices[0].ID()
	w.says(A, &Remove{Person: C.person, Frontier: NewFrontier([]Mark{{d, RunID{1}, 7, ChangeID{8}}, {d, RunID{2}, 300, ChangeID{9}}})})
	other.says(C, &SetPolicy{Name: "void", Value: []byte{1}})
	w.merge(other)
	w.says(B, &Remove{Person: B.person, Device: B.devices[1].ID()})
	w.says(A, &SetRole{Person: B.person, Role: Read, Lowers: true})
	w.rotate(A)
	for _, p := range []Payload{
		&AddStore{Store: d, Name: "Zuhause"}, &RemoveStore{Store: d}, &SetPolicy{Name: "blobs", Value: []byte("keep")},
		&Moved{DocumentID{1}, RecordID{2}}, &Tombstone{DocumentID{3}}, &Reroot{DocumentID{1}, 2, [32]byte{4}},
	} {
		w.says(A, p)
	}
	w.says(B, &Leave{})
	v := vectors{Seeds: map[string]string{}, Secret: "01020300000000000000000000000000", Roles: map[string]Role{}, Void: map[string]Fault{}}
	for _, who := range []*who{A, B, C} {
		b := who.devices[0].Export()
		v.Seeds[who.name] = hex.EncodeToString(b[1:33]) + hex.EncodeToString(b[34:66])
	}
	for _, r := range w.log.All() {
		id, values, err := decode(r.Raw)
		if err != nil {
			t.Fatal(err)
		}
		v.Records = append(v.Records, vector{id, hex.EncodeToString(r.Raw), values})
	}
	for _, id := range w.rings[A].Epochs() {
		key, _ := w.rings[A].Key(id)
		secret := key.Reveal()
		v.Keys = append(v.Keys, vectorKey{hex.EncodeToString(id[:]), hex.EncodeToString(secret[:])})
	}
	s := w.view.State()
	for id, role := range s.Members {
		v.Roles[hex.EncodeToString(id[:])] = role
	}
	for id, fault := range s.Void {
		v.Void[hex.EncodeToString(id[:])] = fault
	}
	return v
}

func TestVectors(t *testing.T) {
	if *writeVectors {
		b, err := json.MarshalIndent(makeVectors(t), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(vectorsPath, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(vectorsPath)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	readByTheText(t, v)
	readByThePackage(t, v)
}

// readByTheText uses the independent decoder only.
func readByTheText(t *testing.T, v vectors) {
	t.Helper()
	kinds := map[string]bool{}
	keys := map[string][]byte{}
	opened := 0
	var collection []byte
	for _, x := range v.Records {
		id, values, err := decode(unhex(t, x.Raw))
		if err != nil || id != x.ID || !slices.Equal(values, x.Values) {
			t.Fatalf("%s: %v, %v", x.ID, err, values)
		}
		if kinds[values[0]] = true; values[0] == "01" {
			collection = unhex(t, id)
		}
		if values[0] != "09" {
			continue
		}
		// After the kind, author, device, time and the list of parents.
		rest := values[4+1+number(t, values[4]):]
		commit, box := unhex(t, rest[0]), ""
		rest = rest[1:]
		n := number(t, rest[0])
		for i := range n {
			if rest[1+2*i] == values[2] || n == 1 { // its author's own
				box = rest[2+2*i]
			}
		}
		for _, seeds := range v.Seeds {
			if key, err := openBox(unhex(t, seeds[64:]), unhex(t, box), collection, commit); err == nil {
				keys[id] = key
				opened++
			}
		}
		rest = rest[1+2*n:]
		for i := range number(t, rest[0]) {
			old, err := openOld(keys[id], unhex(t, rest[1+2*i]), unhex(t, rest[2+2*i]), collection)
			if err != nil || !bytes.Equal(old, keys[rest[1+2*i]]) {
				t.Errorf("old key: %v", err)
			}
		}
	}
	for _, k := range v.Keys {
		if hex.EncodeToString(keys[k.Epoch]) != k.Key {
			t.Errorf("another key of %s", k.Epoch)
		}
	}
	if len(kinds) != 15 || opened != 3 {
		t.Errorf("%d kinds, %d boxes", len(kinds), opened)
	}
}

func readByThePackage(t *testing.T, v vectors) {
	t.Helper()
	l := NewLog(RecordID(unhex(t, v.Records[0].ID)))
	for _, x := range v.Records {
		r, err := l.Add(unhex(t, x.Raw))
		if err != nil || hex.EncodeToString(r.ID[:]) != x.ID {
			t.Fatalf("%s: %v", x.ID, err)
		}
	}
	s := Evaluate(l, directory).State()
	roles, void := map[string]Role{}, map[string]Fault{}
	for id, role := range s.Members {
		roles[hex.EncodeToString(id[:])] = role
	}
	for id, fault := range s.Void {
		void[hex.EncodeToString(id[:])] = fault
	}
	if fmt.Sprint(roles) != fmt.Sprint(v.Roles) || fmt.Sprint(void) != fmt.Sprint(v.Void) {
		t.Errorf("roles %v, void %v", roles, void)
	}
	// The link opens what was sealed to it, and through that what came before.
	link, err := NewInviteKeys([16]byte(unhex(t, v.Secret)))
	if err != nil {
		t.Fatal(err)
	}
	k := NewKeys(l.Collection(), cast[9].devices[0])
	k.Use(link)
	if n := k.Learn(l); n != 2 {
		t.Errorf("the link opens %d keys, want the two before it was revoked", n)
	}
}

func number(t *testing.T, s string) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(s, "[%d]", &n); err != nil {
		t.Fatalf("%q is no list", s)
	}
	return n
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
