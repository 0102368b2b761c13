package chunk

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// A planted secret must not show, however somebody prints what holds it.
func TestSecretsDoNotPrint(t *testing.T) {
	w := newWorld(t, 20)
	k, err := w.epoch.derive(w.doc.scope())
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string][]byte{"key": w.key[:], "secret": w.secret[:], "seal key": k.seal(), "nonce key": k.nonce()}
	type within struct {
		Epoch Epoch
		Ring  Ring
		epoch Epoch // unexported: fmt cannot call its methods
		ring  Ring
		list  []Epoch
	}
	printed := printAll(t, w.epoch, &w.epoch, w.ring, &w.ring, within{w.epoch, w.ring, w.epoch, w.ring, []Epoch{w.epoch}}, k, &k)
	wrong := NewRing(w.ring.Collection(), w.secret)
	wrong.AddEpoch(NewEpoch(w.epoch.ID, draw(w.random)))
	wrong.AddDocument(w.doc)
	change := w.seal(w.change(Link{}, 20))
	for _, in := range [][]byte{change, change[:50], flip(change, 900), nil} {
		for _, r := range []Ring{w.ring, wrong} {
			if _, err := r.Open(in); err != nil {
				printed = append(printed, err.Error())
			}
		}
	}
	for _, text := range printed {
		for name, secret := range secrets {
			for _, form := range forms(secret) {
				if strings.Contains(text, form) {
					t.Errorf("%s shows in %q", name, text)
				}
			}
		}
	}
}

// forms are ways in which the middle of a secret could be written.
func forms(secret []byte) []string {
	part := secret[8:20]
	numbers := strings.Trim(fmt.Sprint(part), "[]")
	return []string{
		string(part), hex.EncodeToString(part), strings.ToUpper(hex.EncodeToString(part)), numbers,
		strings.ReplaceAll(numbers, " ", ","), strings.Trim(fmt.Sprintf("%#v", part), "[]byte{}"),
		base64.StdEncoding.EncodeToString(secret[9:21])[:12],
	}
}

func printAll(t *testing.T, values ...any) (out []string) {
	t.Helper()
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b", "%o", "%t", "%p"} {
			out = append(out, fmt.Sprintf(verb, v))
		}
		if b, err := json.Marshal(v); err == nil {
			out = append(out, string(b))
		}
		for _, handler := range []func(*bytes.Buffer) slog.Handler{
			func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
			func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
		} {
			var b bytes.Buffer
			slog.New(handler(&b)).Info("x", "value", v)
			out = append(out, b.String())
		}
	}
	return out
}

// The test of the test: what is not hidden is found under most verbs.
func TestSecretsThatPrintAreFound(t *testing.T) {
	secret, found := draw(stream(21)), 0
	for _, text := range printAll(t, struct{ k *[32]byte }{&secret}, secret) {
		for _, form := range forms(secret[:]) {
			if strings.Contains(text, form) {
				found++
				break
			}
		}
	}
	if found < 12 {
		t.Errorf("only %d ways to print a secret are found", found)
	}
}

func TestWhatPeopleWroteDoesNotPrint(t *testing.T) {
	w := newWorld(t, 22)
	const text = "dear diary, dear diary"
	c := w.changeOf(w.run, Link{}, w.doc, []byte(text))
	b := &Bundle{Document: w.doc, Segments: []Segment{c.Segment()}, Save: []byte(text)}
	pieces, err := SignBundle(w.device, w.run, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []fmt.Stringer{c, b, pieces[0], w.run, w.genesis} {
		if s := fmt.Sprint(v) + v.String(); strings.Contains(s, "diary") || strings.Contains(s, hex.EncodeToString([]byte("diary"))) || len(s) < 20 {
			t.Errorf("%T prints %q", v, s)
		}
	}
}
