package access

import (
	"bytes"
	"errors"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"corkboard/identity"
	"corkboard/internal/lean"
	"corkboard/record"
)

// everyPayload is one payload of each kind, filled.
func everyPayload(t testing.TB) []Payload {
	t.Helper()
	keys, err := NewInviteKeys([16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	link := keys.Invite(Read)
	link.Epoch, link.Sealed = RecordID{5}, []Sealed{{link.Key, make([]byte, boxSize)}}
	join, err := keys.Join(A.author(0), 1, []RecordID{{1}}, RecordID{9})
	if err != nil {
		t.Fatal(err)
	}
	d := A.devices[0].ID()
	f := NewFrontier([]Mark{{d, RunID{2}, 7, ChangeID{1}}, {d, RunID{1}, 300, ChangeID{2}}, {identity.DeviceID{1}, RunID{9}, 1, ChangeID{3}}})
	return []Payload{
		&Genesis{Nonce: [16]byte{1}}, link, keys.Invite(Store),
		&Invite{Role: Write, Person: B.person, Expires: 77, Epoch: RecordID{5}, Sealed: []Sealed{{d, make([]byte, boxSize)}}},
		&InviteRevoke{RecordID{3}}, join.Payload, &Accept{RecordID{3}}, &Leave{f}, &Leave{},
		&Remove{Person: B.person, Frontier: f}, &Remove{Person: B.person, Device: d, Frontier: f[len(f)-2:]},
		&SetRole{Person: B.person, Role: Read, Lowers: true, Frontier: f}, &SetRole{Person: B.person, Role: Admin},
		&Rotate{Commit: [32]byte{1}, Sealed: link.Sealed, Old: []Old{{Epoch: RecordID{1}}, {Epoch: RecordID{2}}}},
		&AddStore{d, "home"}, &RemoveStore{d}, &SetPolicy{"x", []byte{1}}, &Moved{DocumentID{1}, RecordID{2}},
		&Tombstone{DocumentID{1}}, &Reroot{DocumentID{1}, 2, [32]byte{3}},
	}
}

// sign makes a record that nobody checks.
func sign(p Payload, at int64, parents ...RecordID) []byte {
	body := A.author(0).body(at, parents, p)
	return signBody(body)
}

func signBody(body []byte) []byte {
	sig := A.devices[0].Sign(domain, body)
	return append(append([]byte{version}, body...), sig[:]...)
}

func parentsOf(p Payload) []RecordID {
	if p.kind() == kindGenesis {
		return nil
	}
	return []RecordID{{1}, {2}}
}

func TestWhatIsSignedIsRead(t *testing.T) {
	kinds := map[Kind]bool{}
	for _, p := range everyPayload(t) {
		r, err := A.author(0).Sign(1234, append(parentsOf(p), parentsOf(p)...), p)
		if err != nil {
			t.Fatalf("%v: %v", p.kind(), err)
		}
		again, err := Parse(r.Raw)
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%v: %v, %v", p.kind(), again, err)
		}
		if r.Author != A.person || r.Device != A.devices[0].ID() || r.Time != 1234 || !slices.Equal(r.Parents, parentsOf(p)) {
			t.Errorf("%v: %v", p.kind(), r)
		}
		if !bytes.Equal(sign(r.Payload, 1234, r.Parents...), r.Raw) {
			t.Errorf("%v: written again it is another one", p.kind())
		}
		kinds[p.kind()] = true
	}
	if len(kinds) != int(lastKind) {
		t.Errorf("%d of %d kinds were tried", len(kinds), lastKind)
	}
}

func TestASecondSignatureMakesNoSecondID(t *testing.T) {
	r, err := A.author(0).Sign(1, []RecordID{{1}}, &Leave{})
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != RecordID(identity.Hash(domain, r.Raw[1:len(r.Raw)-64])) {
		t.Error("the id is not that of the body")
	}
}

func TestDamagedRecordsAreRefused(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, p := range everyPayload(t) {
		raw := sign(p, 99, parentsOf(p)...)
		for range 60 {
			bad := slices.Clone(raw)
			bad[random.Intn(len(bad))] ^= 1 << random.Intn(8)
			if _, err := Parse(bad); err == nil {
				t.Fatalf("%v: a damaged record is read", p.kind())
			}
		}
		for _, n := range []int{0, 1, 64, 65, 66, len(raw) - 65, len(raw) - 1} {
			if _, err := Parse(raw[:n]); err == nil {
				t.Fatalf("%v: the first %d bytes are read", p.kind(), n)
			}
		}
	}
}

func TestHostileRecordsAreRefused(t *testing.T) {
	keys, err := NewInviteKeys([16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	d, one, box := A.devices[0].ID(), RecordID{1}, make([]byte, boxSize)
	link := func(change func(*Invite)) *Invite {
		p := keys.Invite(Read)
		change(p)
		return p
	}
	mark := Mark{d, RunID{1}, 1, ChangeID{}}
	badJoin := &Join{Invite: one, Key: keys.device.ID()}
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"too long":            {make([]byte, MaxRecord+1), ErrTooLarge},
		"a later version":     {append([]byte{2}, sign(&Leave{}, 1, one)[1:]...), ErrNewer},
		"a later kind":        {signBody(append([]byte{byte(lastKind) + 1}, make([]byte, 66)...)), ErrNewer},
		"no kind":             {signBody(make([]byte, 67)), ErrNewer},
		"not signed":          {append(sign(&Leave{}, 1, one)[:100], make([]byte, 64)...), record.ErrMalformed},
		"another signature":   {append(sign(&Tombstone{}, 1, one)[:132], make([]byte, 64)...), identity.ErrBadSignature},
		"more behind it":      {signBody(append(A.author(0).body(1, []RecordID{one}, &Leave{}), 0)), record.ErrMalformed},
		"genesis on others":   {sign(&Genesis{}, 1, one), record.ErrMalformed},
		"no parents":          {sign(&Leave{}, 1), record.ErrMalformed},
		"parents twice":       {sign(&Leave{}, 1, one, one), record.ErrMalformed},
		"parents not sorted":  {sign(&Leave{}, 1, RecordID{2}, one), record.ErrMalformed},
		"65 parents":          {sign(&Leave{}, 1, manyIDs(65)...), record.ErrMalformed},
		"a time too far":      {sign(&Leave{}, 1<<54, one), record.ErrMalformed},
		"no role":             {sign(&SetRole{Person: B.person}, 1, one), record.ErrMalformed},
		"a role beyond admin": {sign(&SetRole{Person: B.person, Role: Admin + 1}, 1, one), record.ErrMalformed},
		"frontier and write":  {sign(&SetRole{Person: B.person, Role: Write, Lowers: true, Frontier: Frontier{mark}}, 1, one), record.ErrMalformed},
		"frontier and up":     {sign(&SetRole{Person: B.person, Role: Read, Frontier: Frontier{mark}}, 1, one), record.ErrMalformed},
		"frontier of others":  {sign(&Remove{Device: identity.DeviceID{1}, Frontier: Frontier{mark}}, 1, one), record.ErrMalformed},
		"number nought":       {sign(&Leave{Frontier{{d, RunID{1}, 0, ChangeID{}}}}, 1, one), record.ErrMalformed},
		"a run twice":         {sign(&Leave{Frontier{mark, mark}}, 1, one), record.ErrMalformed},
		"devices not sorted":  {sign(&Leave{Frontier{mark, {identity.DeviceID{}, RunID{2}, 1, ChangeID{}}}}, 1, one), record.ErrMalformed},
		"recipients twice":    {sign(&Rotate{Sealed: []Sealed{{d, box}, {d, box}}}, 1, one), record.ErrMalformed},
		"epochs not sorted":   {sign(&Rotate{Old: []Old{{Epoch: RecordID{2}}, {Epoch: one}}}, 1, one), record.ErrMalformed},
		"a long name":         {sign(&AddStore{d, string(make([]byte, MaxName+1))}, 1, one), record.ErrMalformed},
		"a name of no text":   {sign(&AddStore{d, "\xff"}, 1, one), record.ErrMalformed},
		"a long value":        {sign(&SetPolicy{"x", make([]byte, MaxValue+1)}, 1, one), record.ErrMalformed},
		"generation nought":   {sign(&Reroot{}, 1, one), record.ErrMalformed},
		"a join unsigned":     {sign(badJoin, 1, one), identity.ErrBadSignature},
		"link without a key":  {sign(link(func(p *Invite) { p.KEM = nil }), 1, one), record.ErrMalformed},
		"link with half one":  {sign(link(func(p *Invite) { p.KEM = p.KEM[:9] }), 1, one), identity.ErrBadKEM},
		"link with none":      {sign(link(func(p *Invite) { p.KEM = bytes.Repeat([]byte{255}, identity.KEMSize) }), 1, one), identity.ErrBadKEM},
		"store with a key":    {sign(link(func(p *Invite) { p.Role = Store }), 1, one), record.ErrMalformed},
		"admin for many":      {sign(link(func(p *Invite) { p.Role, p.Expires = Admin, 2 }), 1, one), record.ErrMalformed},
		"admin for ever":      {sign(link(func(p *Invite) { p.Role, p.Single = Admin, true }), 1, one), record.ErrMalformed},
		"admin for two days":  {sign(link(func(p *Invite) { p.Role, p.Single, p.Expires = Admin, true, 2*AdminInviteLife }), 1, one), record.ErrMalformed},
		"keys of no epoch":    {sign(link(func(p *Invite) { p.Sealed = []Sealed{{p.Key, box}} }), 1, one), record.ErrMalformed},
		"keys for others":     {sign(link(func(p *Invite) { p.Epoch, p.Sealed = one, []Sealed{{d, box}} }), 1, one), record.ErrMalformed},
		"single by name":      {sign(&Invite{Role: Read, Person: B.person, Single: true}, 1, one), record.ErrMalformed},
	} {
		if _, err := Parse(c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func manyIDs(n int) []RecordID {
	var ids []RecordID
	for i := range n {
		ids = append(ids, RecordID{byte(i >> 8), byte(i)})
	}
	return ids
}

func TestMoreHeadsThanParents(t *testing.T) {
	r, err := A.author(0).Sign(1, manyIDs(100), &Leave{})
	if err != nil || len(r.Parents) != MaxParents {
		t.Errorf("%v", err)
	}
}

// FuzzParse reads bodies, and signs what can be read.
func FuzzParse(f *testing.F) {
	for _, p := range everyPayload(f) {
		f.Add(A.author(0).body(5, parentsOf(p), p))
	}
	f.Fuzz(lean.One(func(t *testing.T, body []byte) {
		r, err := parseBody(body)
		if err != nil {
			if !errors.Is(err, ErrNewer) && !errors.Is(err, record.ErrMalformed) {
				t.Fatalf("foreign error %v", err)
			}
			return
		}
		var w record.Writer
		w.Uint8(body[0])
		w.Fixed(r.Author[:])
		w.Fixed(r.Device[:])
		w.Uint(uint64(r.Time))
		w.Uint(uint64(len(r.Parents)))
		for _, id := range r.Parents {
			w.Fixed(id[:])
		}
		if r.Payload.write(&w); !bytes.Equal(w.B, body) {
			t.Fatalf("written again it is\n%x, was\n%x", w.B, body)
		}
		d := A.devices[0].ID()
		copy(body[33:65], d[:])
		r, err = Parse(signBody(body))
		if err != nil {
			for _, want := range []error{ErrTooLarge, record.ErrMalformed, identity.ErrBadSignature, identity.ErrBadKEM} {
				if errors.Is(err, want) {
					return
				}
			}
			t.Fatalf("foreign error %v", err)
		}
		if err := NewLog(RecordID{1}).Take(r); err != nil && !errors.Is(err, ErrOtherCollection) {
			t.Fatal(err)
		}
	}))
}
