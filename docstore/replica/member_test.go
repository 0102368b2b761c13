package replica

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/access"
	"corkboard/doc"
)

func TestMembersWriteOneDocument(t *testing.T) {
	for name, make := range engines {
		t.Run(name, func(t *testing.T) {
			e := make()
			if d, err := e.New([]byte("sixteen bytes ok")); err != nil {
				t.Skip(err)
			} else {
				d.Close()
			}
			m := newTeamOn(t, e, 1, 3)
			m.admit(1, access.Write)
			m.admit(2, access.Admin)
			id := m.document()
			for i, r := range m.all {
				m.put(r, id, m.players[i].name, doc.Text("hello"))
				m.put(r, id, "shared", int64(i))
			}
			m.sync()
			m.wantEqual(0, 1, 2)
			if tree := m.tree(m.all[1], id); len(tree) != 5 || tree["C"] != doc.Text("hello") {
				t.Errorf("got %v", doc.Value(tree))
			}
		})
	}
}

func TestAnyOrderAndRestartsGiveTheSame(t *testing.T) {
	m := newTeam(t, 2, 5)
	for i, role := range []access.Role{access.Admin, access.Write, access.Write, access.Read} {
		m.admit(i+1, role)
	}
	id := m.document()
	for n := range 20 {
		m.put(m.all[n%4], id, "n", int64(n))
		if n%7 == 6 {
			m.sync()
		}
	}
	m.sync(m.all[:4]...)
	_, err := m.all[1].Remove(m.players[3].id, m.tick())
	m.must(err)
	m.put(m.all[3], id, "late", true) // does not know yet
	m.put(m.all[2], id, "m", true)
	m.sync()
	m.wantEqual(0, 1, 2, 4)
	want, err := m.all[0].Hash()
	m.must(err)
	for seed := range uint64(20) {
		again := m.rebuilt(m.all[0], rand.New(stream(6, seed)))
		if got, err := again.Hash(); err != nil || got != want {
			t.Fatalf("order %d: %v, %s\nwant %s", seed, err, describe(again), describe(m.all[0]))
		}
		if !slices.Equal(refused(again, m.players[3].id), []access.Reason{access.AfterRemoval}) {
			t.Errorf("order %d: %v", seed, again.Quarantine())
		}
		again.Close()
	}
}

func TestJoiningByLink(t *testing.T) {
	m := newTeam(t, 3, 3)
	id := m.document()
	secret, _, err := m.all[0].InviteByLink(access.Write, true, 0, m.tick())
	m.must(err)
	m.sync()
	if err := m.tryPut(m.all[1], id, "early", true); !errors.Is(err, ErrNoDocument) {
		t.Errorf("before joining: %v", err)
	}
	_, err = m.all[1].Join(secret, m.tick())
	m.must(err)
	m.put(m.all[1], id, "in", true)
	m.sync()
	if _, err = m.all[2].Join(secret, m.tick()); !errors.Is(err, ErrNoInvitation) {
		t.Errorf("a link for one: %v", err)
	}
	m.wantEqual(0, 1)
	if items, _ := m.all[2].Parked(); items == 0 || len(m.all[2].Documents()) > 0 {
		t.Error("somebody outside opens chunks")
	}
	again := m.rebuilt(m.all[1], m.random) // with the secret
	m.all[1] = again
	m.wantEqual(0, 1)
}

func TestConsentAndLeaving(t *testing.T) {
	m := newTeam(t, 4, 3)
	m.admit(1, access.Write)
	id := m.document()
	invitation, _, err := m.all[0].Invite(m.players[2].id, access.Write, m.tick())
	m.must(err)
	m.sync()
	m.wantRole(2, access.None)
	if got := m.all[2].Invitations(); len(got) != 1 || got[0].ID != invitation {
		t.Fatalf("got %v", got)
	}
	if err := m.tryPut(m.all[2], id, "in", true); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("without accepting: %v", err)
	}
	_, err = m.all[2].Revoke(invitation, m.tick())
	m.must(err)
	m.sync()
	if _, err = m.all[2].Accept(invitation, m.tick()); !errors.Is(err, ErrNoInvitation) {
		t.Errorf("after declining: %v", err)
	}
	m.put(m.all[1], id, "mine", true)
	_, err = m.all[1].Leave(m.tick())
	m.must(err)
	m.sync()
	m.wantRole(1, access.None)
	m.put(m.all[0], id, "after", true)
	m.sync()
	if tree := m.tree(m.all[0], id); tree["mine"] != true || tree["after"] != true {
		t.Errorf("got %v", doc.Value(tree))
	}
	if tree := m.tree(m.all[1], id); tree["after"] != nil {
		t.Error("who left reads on")
	}
}

func TestAReaderCannotWrite(t *testing.T) {
	m := newTeam(t, 5, 2)
	m.admit(1, access.Read)
	id := m.document()
	if err := m.tryPut(m.all[1], id, "x", true); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
	_, _, err := m.all[1].NewDocument(m.tick())
	if !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
	_, err = m.all[1].Remove(m.players[0].id, m.tick())
	if !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
}
