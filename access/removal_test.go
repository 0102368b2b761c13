package access

import "testing"

// A, B, … are the persons of founded: A owns, B and C are admins, D and E
// write, F reads, G and later are strangers.
var A, B, C, D, E, F, G, H = cast[0], cast[1], cast[2], cast[3], cast[4], cast[5], cast[6], cast[7]

func TestMutualRemovalRemovesBoth(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(B, &Remove{Person: C.person})
	other.says(C, &Remove{Person: B.person})
	w.merge(other)
	w.want(B, None)
	w.want(C, None)
	w.want(D, Write)
}

func TestRemovalsInARingRemoveAll(t *testing.T) {
	w := founded(t)
	w.admit(A, G, Admin)
	one, two := w.fork(), w.fork()
	w.says(B, &Remove{Person: C.person})
	one.says(C, &Remove{Person: G.person})
	two.says(G, &Remove{Person: B.person})
	w.merge(one, two)
	for _, gone := range []*who{B, C, G} {
		w.want(gone, None)
	}
}

func TestConcurrentRecordsOfARemovedAdminAreVoid(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &Remove{Person: B.person})
	invite := other.says(B, &Invite{Role: Admin, Person: G.person})
	accept := other.says(G, &Accept{invite.ID})
	raise := other.says(G, &SetRole{Person: F.person, Role: Admin})
	remove := other.says(F, &Remove{Person: C.person})
	policy := other.says(C, &SetPolicy{Name: "x"}) // C has seen its own removal
	other.want(C, None)
	w.merge(other)
	for _, r := range []*Record{invite, accept, raise, remove} {
		w.wantVoid(r, Struck)
	}
	w.wantVoid(policy, NotEntitled)
	w.want(B, None)
	w.want(G, None)
	w.want(F, Read)
	w.want(C, Admin)
}

func TestWhatMerelyFollowsVoidRecordsStays(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &Remove{Person: B.person})
	void := other.says(B, &SetPolicy{Name: "x", Value: []byte{1}})
	stays := other.says(C, &SetPolicy{Name: "y", Value: []byte{2}})
	w.merge(other)
	w.wantVoid(void, Struck)
	w.wantVoid(stays, Sound)
	if p := w.view.State().Policy; len(p) != 1 || p["y"] == nil {
		t.Errorf("policy is %v", p)
	}
}

func TestConcurrentReAddOfARemovedAdminIsVoid(t *testing.T) {
	w := founded(t)
	// B lets in a helper beforehand, invites itself through the helper, and accepts.
	w.admit(B, G, Admin)
	other := w.fork()
	w.says(A, &Remove{Person: B.person})
	self := other.says(B, &Invite{Role: Admin, Person: B.person})
	helped := other.says(G, &Invite{Role: Admin, Person: B.person})
	one := other.says(B, &Accept{self.ID})
	two := other.saysOn(B, 1, other.log.Heads(), &Accept{helped.ID})
	link, keys := other.link(G, Write, false, 9)
	three := other.join(B, link, keys)
	w.merge(other)
	for _, r := range []*Record{self, helped, one, two, three} {
		w.wantVoid(r, Struck)
	}
	w.wantVoid(link, Sound)
	w.want(B, None)
	w.want(G, Admin)
}

func TestRemovalIsNotUndoneByTheLinkOneCameBy(t *testing.T) {
	w := founded(t)
	mine, mineKeys := w.link(B, Write, false, 3)
	link, keys := w.link(A, Write, false, 1)
	other, otherKeys := w.link(A, Read, false, 2)
	w.join(B, link, keys)
	late := w.fork()
	w.says(A, &Remove{Person: B.person})
	w.wantVoid(w.join(B, link, keys), Banned)
	w.wantVoid(w.join(G, link, keys), InviteOver)
	w.wantVoid(w.join(G, mine, mineKeys), InviteOver)
	// Another link is still open, but not to one who was removed.
	w.wantVoid(w.join(B, other, otherKeys), Banned)
	w.wantVoid(w.join(G, other, otherKeys), Sound)
	// Nor do concurrent joins by those links help.
	sock := late.join(H, link, keys)
	sock2 := late.join(cast[8], mine, mineKeys)
	w.merge(late)
	w.wantVoid(sock, Struck)
	w.wantVoid(sock2, Struck)
	// By name B may come back.
	w.admit(A, B, Read)
}

func TestRemovalOfTheRemoverVoidsTheRemoval(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &Remove{Person: B.person})
	remove := other.says(B, &Remove{Person: C.person})
	w.merge(other)
	w.wantVoid(remove, Struck)
	w.want(C, Admin)
}

// D is lowered by B. Then C, backdated, removes B, which frees D again, who
// builds on both. A, not knowing, removes C: B's word holds and D's falls.
func TestWhatAVoidRemovalFreedIsVoidAgain(t *testing.T) {
	w := founded(t)
	w.admit(A, G, Admin)
	before := w.fork()
	owner := w.fork()
	w.says(B, &SetRole{Person: G.person, Role: Read, Lowers: true})
	before.says(C, &Remove{Person: B.person})
	w.merge(before)
	w.want(G, Admin)
	freed := w.says(G, &SetRole{Person: F.person, Role: Admin})
	w.want(F, Admin)
	owner.says(A, &Remove{Person: C.person})
	w.merge(owner)
	w.wantVoid(freed, Struck)
	w.want(B, Admin)
	w.want(C, None)
	w.want(G, Read)
	w.want(F, Read)
}

func TestDemotionVoidsWhatNeededTheRole(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &SetRole{Person: B.person, Role: Write, Lowers: true})
	void := other.says(B, &Invite{Role: Read, Person: G.person})
	rotate := other.says(B, &Rotate{Commit: [32]byte{1}})
	w.merge(other)
	w.want(B, Write)
	w.wantVoid(void, Struck)
	w.wantVoid(rotate, Sound) // needs Write only
	again := w.says(B, &Invite{Role: Read, Person: G.person})
	w.wantVoid(again, NotEntitled)
}

func TestMutualDemotionLowersBoth(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(B, &SetRole{Person: C.person, Role: Read, Lowers: true})
	other.says(C, &SetRole{Person: B.person, Role: Write, Lowers: true})
	w.merge(other)
	w.want(C, Read)
	w.want(B, Write)
}

func TestLoweringsMeetAtTheLowest(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &SetRole{Person: D.person, Role: Comment, Lowers: true})
	other.says(C, &SetRole{Person: D.person, Role: Read, Lowers: true})
	third := newWorldLike(other, w)
	w.merge(other)
	w.want(D, Read)
	third.want(D, Read)
}

func newWorldLike(ws ...*world) *world {
	f := ws[0].fork()
	f.merge(ws[1:]...)
	return f
}

func TestDemotionBeatsAConcurrentPromotion(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(A, &SetRole{Person: D.person, Role: Read, Lowers: true})
	raise := other.says(C, &SetRole{Person: D.person, Role: Admin})
	w.merge(other)
	w.want(D, Read)
	w.wantVoid(raise, Struck)
}

func TestTheOwnerLeavesOnlyByThemselves(t *testing.T) {
	w := founded(t)
	d := A.devices[1].ID()
	w.wantVoid(w.says(B, &Remove{Person: A.person}), Protected)
	w.wantVoid(w.says(B, &Remove{Person: A.person, Device: d}), Protected)
	w.wantVoid(w.says(B, &SetRole{Person: A.person, Role: Read, Lowers: true}), Protected)
	w.want(A, Admin)
	w.says(A, &Remove{Person: A.person, Device: d})
	w.wantVoid(w.saysOn(A, 1, w.log.Heads(), &SetPolicy{Name: "x"}), LeftBehind)
	w.want(A, Admin)
	w.says(A, &Leave{})
	w.want(A, None)
	if !w.view.State().OwnerGone {
		t.Error("the owner is not gone")
	}
	w.wantVoid(w.says(B, &Remove{Person: A.person}), Sound)
}

func TestADeviceThatIsLeftBehindSaysNothing(t *testing.T) {
	w := founded(t)
	other := w.fork()
	w.says(B, &Remove{Person: B.person, Device: B.devices[1].ID()})
	stolen := other.saysOn(B, 1, other.log.Heads(), &Invite{Role: Admin, Person: G.person})
	leave := other.saysOn(B, 1, other.log.Heads(), &Leave{})
	mine := other.saysOn(B, 0, leave.Parents, &SetPolicy{Name: "x"})
	w.merge(other)
	w.wantVoid(stolen, Struck)
	w.wantVoid(leave, Struck)
	w.wantVoid(mine, Sound)
	w.want(B, Admin)
	// What another person says of a device that is not theirs means nothing.
	w.says(D, &Remove{Person: D.person, Device: B.devices[0].ID()})
	w.wantVoid(w.says(B, &SetPolicy{Name: "y"}), Sound)
}
