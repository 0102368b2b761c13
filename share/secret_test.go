package share

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

var planted = [SecretSize]byte{0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}

func invitation(role Role, b [SecretSize]byte) Link {
	return Link{Document: id, Kind: "board", In: id, Role: role, Secret: NewSecret(b)}
}

func TestInvitationsComeBack(t *testing.T) {
	secrets := [][SecretSize]byte{{}, planted, {15: 1}, {0: 1}}
	for i := range secrets[0] {
		var b [SecretSize]byte
		for j := range b[i:] {
			b[i+j] = 0xff
		}
		secrets = append(secrets, b)
	}
	for _, role := range []Role{Read, Write, Admin, Store} {
		for _, b := range secrets {
			want := invitation(role, b)
			got, err := Parse(Format(want))
			if err != nil || got != want || got.Secret.Reveal() != b || !got.Valid() || !got.Shared() || !got.Invites() {
				t.Errorf("%v %x: got %v, %v", role, b, got, err)
			}
		}
	}
	bare := invitation(Read, planted).Bare()
	if got, err := Parse(Format(bare)); err != nil || got != bare || got.Invites() || !got.Shared() {
		t.Errorf("bare: %v, %v", got, err)
	}
	turned := "corkboard:/" + string(id) + "?in=" + string(id) + "&contentType=board"
	if got, err := Parse(turned); err != nil || got != bare {
		t.Errorf("other order: %v, %v", got, err)
	}
}

func TestHalfInvitationsAreNotValid(t *testing.T) {
	whole := invitation(Read, planted)
	for name, change := range map[string]func(*Link){
		"no collection":  func(l *Link) { l.In = "" },
		"bad collection": func(l *Link) { l.In = "short" },
		"no role":        func(l *Link) { l.Role = 0 },
		"no such role":   func(l *Link) { l.Role = 'x' },
		"no secret":      func(l *Link) { l.Secret = Secret{} },
	} {
		l := whole
		change(&l)
		if l.Valid() {
			t.Errorf("%s: valid", name)
		}
	}
}

func TestParseLocalRefusesOnlyWhatIsShared(t *testing.T) {
	for _, s := range []string{shared, shared + "#" + fragment} {
		if l, err := ParseLocal(s); !errors.Is(err, ErrShared) || l != (Link{}) {
			t.Errorf("%v, %v", l, err)
		}
	}
	if _, err := ParseLocal(shared + "#x"); !errors.Is(err, ErrBadLink) {
		t.Errorf("broken: %v", err)
	}
	if l, err := ParseLocal("corkboard:/" + string(id) + "?contentType=text"); err != nil || l.Kind != "text" {
		t.Errorf("%v, %v", l, err)
	}
}

// The secret shows in no print, log or JSON, alone or inside others, even in
// fields where fmt calls no methods.
func TestSecretsAreHidden(t *testing.T) {
	l := invitation(Write, planted)
	inside := struct {
		link   Link
		secret *Secret
		list   []any
	}{l, &l.Secret, []any{l, l.Secret}}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%b"} {
		for _, v := range []any{l, &l, l.Secret, &l.Secret, inside, map[Secret]Link{l.Secret: l}} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	var logged bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(h).Info("opened", "link", l, "secret", l.Secret, "inside", inside, "pointer", &l)
	}
	for _, v := range []any{l, l.Secret, map[Secret]string{l.Secret: "x"}, inside} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		logged.Write(b)
	}
	text := out.String() + logged.String()
	for _, leak := range []string{l.Secret.text(), hex.EncodeToString(planted[:4]), "DEADBEEF", "222 173", "222,173", "0xde, 0xad", `\xde\xad`} {
		if strings.Contains(text, leak) {
			t.Errorf("found %q in %s", leak, text)
		}
	}
	if !strings.Contains(text, string(id)) || !strings.Contains(text, "hidden") {
		t.Error("nothing was printed")
	}
}

func TestHiddenSecretsDoNotComeBack(t *testing.T) {
	b, err := json.Marshal(NewSecret(planted))
	if err != nil {
		t.Fatal(err)
	}
	var s Secret
	if json.Unmarshal(b, &s) == nil || !s.None() {
		t.Error("a fixed word became a secret")
	}
}
