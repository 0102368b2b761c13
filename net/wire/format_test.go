package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// Whoever knows the secrets reads a recorded handshake by the text of the format.
func TestTheFormatCanBeReadFromItsText(t *testing.T) {
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	v := map[string][]byte{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if v[name], err = hex.DecodeString(value); err != nil {
			t.Fatal(err)
		}
	}
	roles := [2]string{"dialler_", "acceptor_"}
	s := &stage{}
	var proofs [2][]byte
	for i, role := range roles {
		r := bytes.NewReader(v[role+"says"])
		var messages [3][]byte
		for j := range messages {
			if messages[j], err = readMessage(r); err != nil {
				t.Fatal(err)
			}
		}
		if r.Len() > 0 {
			t.Errorf("%s says more", role)
		}
		if s.tags[i], err = said(messages[1]); err != nil {
			t.Fatal(err)
		}
		s.names[i], s.nonces[i], proofs[i] = v[role+"name"], messages[0][1:], messages[2]
	}
	for i, role := range roles {
		secrets := slices.Collect(slices.Chunk(v[role+"secrets"], 32))
		sessions, first := s.shared(secrets, s.tags[1-i], byte(2-i))
		if got := bytes.Join(sessions, nil); !bytes.Equal(got, v["sessions"]) {
			t.Errorf("%s shares %x, want %x", role, got, v["sessions"])
		}
		other := roles[1-i]
		who, err := s.reads(first, byte(2-i), proofs[1-i])
		if want := slices.Concat(v[other+"person"], v[other+"device"]); err != nil || !bytes.Equal(who, want) {
			t.Errorf("%s is %x, %v, want %x", other, who, err, want)
		}
	}
	secrets := v["dialler_secrets"]
	for i, want := range []struct {
		key  []byte
		info string
	}{{v["collection"], "corkboard/meet/1"}, {slices.Concat(v["collection"], v["store"]), "corkboard/namespace/1"}} {
		b, err := hkdf.Key(sha256.New, want.key, nil, want.info, 32)
		if err != nil || !bytes.Equal(b, secrets[32*i:][:32]) {
			t.Errorf("secret %d is %x, %v, want %x", i, b, err, secrets[32*i:][:32])
		}
	}
}

// An end written from the text shakes hands with ours, in both roles.
func TestAnotherProgramShakesHands(t *testing.T) {
	for _, named := range []bool{true, false} {
		for role := range 2 {
			t.Run(fmt.Sprintf("role %d, named %v", role+1, named), func(t *testing.T) {
				m := meet(t)
				ours := &side{secrets: secrets(0, 9), me: person(t, 1)}
				done := m.begin(1-role, ours)
				o := newOther(m, role, secrets(5, 20))
				if named {
					o.person, o.key = bytes.Repeat([]byte{8}, 32), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, 32))
				}
				who, err := o.shake()
				<-done
				m.must(err)
				m.must(ours.err)
				device := ours.me.Device.ID()
				if want := slices.Concat(ours.me.Person[:], device[:]); !bytes.Equal(who, want) {
					t.Errorf("the other hears %x, want %x", who, want)
				}
				peer := ours.result.Peer
				if got := slices.Concat(peer.Person[:], peer.Device[:]); named && !bytes.Equal(got, slices.Concat(o.person, o.key[32:])) {
					t.Errorf("we hear %x", got)
				}
				if ours.result.Anonymous == named || len(ours.result.Matched) != 4 {
					t.Errorf("we hear %v", ours.result)
				}
			})
		}
	}
}
