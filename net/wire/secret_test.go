package wire_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"corkboard/identity"
	"corkboard/net/wire"
)

func TestSecretsDifferByWhatTheyAreFor(t *testing.T) {
	seen := map[wire.Secret]string{}
	for name, s := range map[string]wire.Secret{
		"meet 1":         wire.MeetSecret([32]byte{1}),
		"meet 2":         wire.MeetSecret([32]byte{2}),
		"namespace 1, 1": wire.NamespaceSecret([32]byte{1}, identity.DeviceID{1}),
		"namespace 1, 2": wire.NamespaceSecret([32]byte{1}, identity.DeviceID{2}),
		"namespace 2, 1": wire.NamespaceSecret([32]byte{2}, identity.DeviceID{1}),
	} {
		if other, found := seen[s]; found || s.None() {
			t.Errorf("%s is that of %q", name, other)
		}
		seen[s] = name
	}
	if wire.MeetSecret([32]byte{1}) != wire.MeetSecret([32]byte{1}) || !(wire.Secret{}).None() {
		t.Error("equal secrets are not equal, or none is one")
	}
}

// The secret shows in no print, log or JSON, alone or inside others.
func TestSecretsAreHidden(t *testing.T) {
	planted := [wire.SecretSize]byte{0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	s := wire.NewSecret(planted)
	if s.Reveal() != planted {
		t.Fatal("other bytes come back")
	}
	inside := struct {
		secret wire.Secret
		List   []any
	}{s, []any{s, &s}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b"} {
		for _, v := range []any{s, &s, inside, map[wire.Secret]int{s: 1}} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("met", "secret", s, "inside", inside)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("met", "secret", s, "inside", inside)
	for _, v := range []any{s, inside, map[wire.Secret]int{s: 1}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	for _, leak := range []string{hex.EncodeToString(planted[:4]), "DEADBEEF", "222 173", "222,173", "0xde, 0xad", `\xde\xad`, string(planted[:4])} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("found %q in %s", leak, out.String())
		}
	}
	if !strings.Contains(out.String(), "hidden") {
		t.Error("nothing was printed")
	}
}
