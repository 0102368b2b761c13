package node

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"corkboard/access"
	"corkboard/internal/lean"
	"corkboard/record"
	"corkboard/share"
)

func anInvitation() Invitation {
	return Invitation{
		Collection: access.RecordID{1}, Invite: access.RecordID{3}, Document: access.DocumentID{2},
		Kind: "board", Role: share.Write, Title: "Plans",
	}
}

func TestInvitationsComeBackAsTheyWere(t *testing.T) {
	i := anInvitation()
	for _, title := range []string{"", "Plans", strings.Repeat("ü", MaxTitle/2)} {
		i.Title = title
		b := encodeInvitation(i)
		if len(b) > maxInvitation {
			t.Fatalf("%d bytes", len(b))
		}
		if got, err := decodeInvitation(b); err != nil || got != i {
			t.Fatalf("%+v, %v; want %+v", got, err, i)
		}
	}
}

func TestBrokenInvitationsAreRefused(t *testing.T) {
	i := anInvitation()
	good := encodeInvitation(i)
	broken := map[string][]byte{
		"nothing": nil,
		"version": append([]byte{2}, good[1:]...),
		"short":   good[:len(good)-1],
		"long":    append(bytes.Clone(good), 0),
	}
	long, role, kind := i, i, i
	long.Title = strings.Repeat("a", MaxTitle+1)
	role.Role = 'x'
	kind.Kind = "No Kind"
	broken["title"], broken["role"], broken["kind"] = encodeInvitation(long), encodeInvitation(role), encodeInvitation(kind)
	for name, b := range broken {
		if _, err := decodeInvitation(b); !errors.Is(err, record.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzInvitation(f *testing.F) {
	f.Add(encodeInvitation(anInvitation()))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		i, err := decodeInvitation(b)
		if err == nil && !bytes.Equal(encodeInvitation(i), b) {
			t.Fatal("two forms of one invitation")
		}
	}))
}
