package access

import (
	"testing"

	"corkboard/identity"
)

func TestAnInvitationGivesNothingUntilItIsAccepted(t *testing.T) {
	w := newWorld(t)
	invite := w.says(A, &Invite{Role: Admin, Person: B.person})
	w.want(B, None)
	if open := w.view.State().Invitations; len(open) != 1 || open[0].Person != B.person || open[0].By != A.person || open[0].Role != Admin {
		t.Errorf("the tray holds %v", open)
	}
	w.wantVoid(w.says(B, &SetPolicy{Name: "x"}), NotEntitled)
	w.wantVoid(w.says(C, &Accept{invite.ID}), NoInvite) // for somebody else
	w.wantVoid(w.says(C, &Accept{w.log.Collection()}), NoInvite)
	w.wantVoid(w.says(B, &Accept{invite.ID}), Sound)
	w.want(B, Admin)
	w.want(C, None)
	if open := w.view.State().Invitations; len(open) != 0 {
		t.Errorf("the tray holds %v", open)
	}
	w.says(B, &Leave{})
	w.want(B, None)
	w.wantVoid(w.says(B, &Accept{invite.ID}), InviteOver)
	w.wantVoid(w.says(B, &Leave{}), NotMember)
}

func TestAnInvitationCanBeDeclined(t *testing.T) {
	w := founded(t)
	invite := w.says(A, &Invite{Role: Admin, Person: G.person})
	w.wantVoid(w.says(E, &InviteRevoke{invite.ID}), NotEntitled)
	other := w.fork()
	w.says(G, &InviteRevoke{invite.ID})
	accept := other.saysOn(G, 1, other.log.Heads(), &Accept{invite.ID})
	w.wantVoid(w.says(G, &Accept{invite.ID}), InviteOver)
	w.merge(other)
	w.wantVoid(accept, Struck)
	w.want(G, None)
}

func TestLinksLetInUntilTheyAreRevoked(t *testing.T) {
	w := founded(t)
	link, keys := w.link(B, Write, false, 1)
	_, otherKeys := w.link(B, Read, false, 2)
	w.join(G, link, keys)
	w.join(H, link, keys)
	w.want(G, Write)
	w.want(H, Write)
	w.wantVoid(w.join(cast[8], link, otherKeys), NoInvite) // the secret of another link
	late := w.fork()
	w.says(C, &InviteRevoke{link.ID})
	w.wantVoid(w.join(cast[8], link, keys), InviteOver)
	backdated := late.join(cast[9], link, keys)
	w.merge(late)
	w.wantVoid(backdated, Struck)
	w.want(G, Write) // those who came before stay
	w.says(G, &Leave{})
	w.want(G, None)
}

func TestALinkForAdminsIsUsedOnce(t *testing.T) {
	w := founded(t)
	link, keys := w.link(A, Admin, true, 1)
	other := w.fork()
	w.wantVoid(w.join(G, link, keys), Sound)
	w.wantVoid(w.join(H, link, keys), InviteOver)
	other.join(H, link, keys)
	invite := other.says(H, &Invite{Role: Admin, Person: cast[8].person})
	other.says(cast[8], &Accept{invite.ID})
	w.merge(other)
	other.merge(w)
	admins := 0
	for _, p := range []*who{G, H} {
		if w.view.State().Role(p.person) == Admin {
			admins++
		}
		if a, b := w.view.State().Role(p.person), other.view.State().Role(p.person); a != b {
			t.Errorf("%s: %v and %v", p.name, a, b)
		}
	}
	if admins != 1 {
		t.Errorf("%d came in by a link for one", admins)
	}
	// Who came in by the loser's word goes with the loser.
	w.want(cast[8], w.view.State().Role(H.person))
}

func TestLinksExpireByTheTimeThatIsStated(t *testing.T) {
	w := founded(t)
	link, keys := w.link(A, Admin, true, 1)
	w.time += AdminInviteLife + 2
	w.wantVoid(w.join(G, link, keys), InviteOver)
	w.time -= AdminInviteLife // a clock can lie: what binds is the single use
	w.wantVoid(w.join(H, link, keys), Sound)
}

func TestRolesEndAtTheAuthors(t *testing.T) {
	w := founded(t)
	for _, by := range []*who{D, F, G} {
		for _, p := range []Payload{
			&Invite{Role: Read, Person: H.person}, &Remove{Person: E.person}, &SetRole{Person: by.person, Role: Admin},
			&SetRole{Person: E.person, Role: Read, Lowers: true}, &AddStore{Name: "x"}, &RemoveStore{}, &SetPolicy{Name: "x"},
			&Moved{}, &Tombstone{}, &Reroot{Generation: 1}, &Remove{Person: E.person, Device: E.devices[0].ID()},
		} {
			r := w.says(by, p)
			if w.view.State().Void[r.ID] == Sound {
				t.Errorf("%v by %s counts", p.kind(), by.name)
			}
		}
	}
	w.wantVoid(w.says(F, &Rotate{}), NotEntitled)
	w.wantVoid(w.says(D, &Rotate{}), Sound)
	w.wantVoid(w.says(B, &SetRole{Person: G.person, Role: Read}), NotMember)
	w.wantVoid(w.says(B, &SetRole{Person: D.person, Role: Read}), NotEntitled)                // lowers without saying so
	w.wantVoid(w.says(B, &SetRole{Person: D.person, Role: Admin, Lowers: true}), NotEntitled) // the other way round
	w.wantVoid(w.says(B, &Remove{Person: B.person}), NotEntitled)
}

func TestStoresPolicyAndDocuments(t *testing.T) {
	w := founded(t)
	x, y := DocumentID{1}, DocumentID{2}
	for _, p := range []Payload{
		&AddStore{Store: A.devices[0].ID(), Name: "home"}, &AddStore{Store: B.devices[0].ID(), Name: "away"},
		&RemoveStore{Store: B.devices[0].ID()},
		&SetPolicy{Name: "blobs", Value: []byte("keep")}, &SetPolicy{Name: "blobs", Value: []byte("cache")},
		&Moved{Document: x, To: RecordID{3}}, &Tombstone{Document: y},
		&Reroot{Document: x, Generation: 2, Root: [32]byte{2}}, &Reroot{Document: x, Generation: 1, Root: [32]byte{1}},
	} {
		w.says(A, p)
	}
	s := w.view.State()
	if len(s.Stores) != 1 || s.Stores[A.devices[0].ID()] != "home" {
		t.Errorf("stores: %v", s.Stores)
	}
	if string(s.Policy["blobs"]) != "cache" {
		t.Errorf("policy: %v", s.Policy)
	}
	want := Document{MovedTo: RecordID{3}, Generation: 2, Root: [32]byte{2}}
	if s.Documents[x] != want || !s.Documents[y].Deleted {
		t.Errorf("documents: %v", s.Documents)
	}
}

func TestRecordsWaitForPersons(t *testing.T) {
	w := founded(t)
	known := []*who{A}
	v := Evaluate(w.log, func(id identity.PersonID) (identity.State, bool) { return directoryOf(known...)(id) })
	if got := v.Waiting(); len(got) == 0 || len(v.State().Members) != 1 {
		t.Errorf("waiting for %v, members %v", got, v.State().Members)
	}
	if _, err := v.RoleAt(w.log.Heads(), A.person); err == nil {
		t.Error("heads that wait are known")
	}
	known = cast
	if !v.Extend() || v.Extend() {
		t.Error("nothing came, or twice")
	}
	if text(v.State()) != text(w.view.State()) {
		t.Error("another state than in the right order")
	}
	// A device that is not the person's is nobody.
	stranger := &who{"S", B.person, G.devices}
	r, err := stranger.author(0).Sign(1, w.log.Heads(), &SetPolicy{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	w.take(r)
	if _, known := w.view.State().Void[r.ID]; known || len(w.view.Waiting()) != 1 || w.view.Waiting()[0] != B.person {
		t.Error("a foreign device speaks for B")
	}
	if len(w.view.Heads()) != 1 || w.view.Heads()[0] == r.ID {
		t.Error("what waits is a head to build on")
	}
}

func TestRoleAtHeads(t *testing.T) {
	w := founded(t)
	before := w.log.Heads()
	w.says(A, &SetRole{Person: D.person, Role: Read, Lowers: true})
	for _, c := range []struct {
		heads []RecordID
		of    *who
		want  Role
	}{
		{before, D, Write}, {w.log.Heads(), D, Read}, {append(before, w.log.Heads()...), D, Read},
		{append(before, before...), D, Write}, {nil, A, None}, {[]RecordID{w.log.Collection()}, A, Admin},
		{[]RecordID{w.log.Collection()}, B, None}, {before, G, None},
	} {
		if got, err := w.view.RoleAt(c.heads, c.of.person); err != nil || got != c.want {
			t.Errorf("%s at %v: %v, %v, want %v", c.of.name, c.heads, got, err, c.want)
		}
	}
	s, err := w.view.StateAt(before)
	if err != nil || s.Role(D.person) != Write {
		t.Errorf("%v", err)
	}
}
