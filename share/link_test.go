package share

import (
	"errors"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/internal/lean"
)

var id = doc.NewID([32]byte{1, 2, 3})

const fragment = "r.UVqy367MbwSvwGY6KHJGZ9" // 16 bytes

var shared = "corkboard:/" + string(id) + "?contentType=board&in=" + string(id)

func TestParseTakesWhatFormatWrites(t *testing.T) {
	for _, kind := range []string{"text", "board", "storage-peer", "x", strings.Repeat("a", 32), "3d"} {
		want := Link{Document: id, Kind: kind}
		got, err := Parse(Format(want))
		if err != nil || got != want || !want.Valid() {
			t.Errorf("%s: got %v, %v", kind, got, err)
		}
	}
	got, err := Parse("  CORKBOARD:/" + string(id) + "?contentType=text\n")
	if err != nil || got.Kind != "text" {
		t.Errorf("space and case around: %v, %v", got, err)
	}
}

func TestParseRefuses(t *testing.T) {
	good := "corkboard:/" + string(id)
	for _, c := range []struct {
		in   string
		want error
		part string
	}{
		{"", ErrBadLink, "begin"},
		{"Note: buy milk", ErrBadLink, "begin"},
		{"https://example.org/?contentType=text", ErrBadLink, "begin"},
		{"corkboard:", ErrBadLink, "begin"},
		{good, ErrBadLink, "content type is missing"},
		{good + "?", ErrBadLink, "does not know"},
		{good + "?contentType=", ErrBadLink, "1–32"},
		{good + "?contentType=Text", ErrBadLink, "1–32"},
		{good + "?contentType=" + strings.Repeat("a", 33), ErrBadLink, "1–32"},
		{good + "?contentType=text&contentType=text", ErrBadLink, "two"},
		{good + "?contentType=text&colour=red", ErrBadLink, "does not know"},
		{good + "?pushpinContentType=text", ErrBadLink, "does not know"},
		{good[:20] + "?contentType=text", ErrBadLink, "document part"},
		{good + "0?contentType=text", ErrBadLink, "document part"},
		{"corkboard://" + string(id) + "?contentType=text", ErrBadLink, "document part"},
		{good + "?contentType=text" + strings.Repeat("x", MaxLink), ErrBadLink, "longer"},
		{"hypermerge:/" + string(id) + "?pushpinContentType=text", ErrPushPin, "PushPin"},
		{"hypermerge:/whatever", ErrPushPin, "PushPin"},
		{good + "?contentType=board&role=editor", ErrBadLink, "behind a #"},
		{good + "?contentType=board&secret=1", ErrBadLink, "behind a #"},
		{shared + "&in=" + string(id), ErrBadLink, "two collections"},
		{good + "?contentType=board&in=", ErrBadLink, "collection part"},
		{good + "?contentType=board&in=" + string(id[:40]), ErrBadLink, "collection part"},
		{good + "?in=" + string(id), ErrBadLink, "content type is missing"},
		{good + "?contentType=board#" + fragment, ErrBadLink, "does not name it"},
		{shared + "#", ErrBadLink, "missing"},
		{shared + "#s3cret", ErrBadLink, "begin with a role"},
		{shared + "#." + fragment[2:], ErrBadLink, "begin with a role"},
		{shared + "#rw." + fragment[2:], ErrBadLink, "begin with a role"},
		{shared + "#x." + fragment[2:], ErrBadLink, "role is none"},
		{shared + "#R." + fragment[2:], ErrBadLink, "role is none"},
		{shared + "#r.", ErrBadLink, "secret is damaged"},
		{shared + "#" + fragment + "1", ErrBadLink, "secret is damaged"},
		{shared + "#" + fragment[:len(fragment)-1], ErrBadLink, "secret is damaged"},
		{shared + "#r.1" + fragment[2:], ErrBadLink, "secret is damaged"},
		{shared + "#r.0" + fragment[3:], ErrBadLink, "secret is damaged"},
		{shared + "#r.zzzzzzzzzzzzzzzzzzzzzz", ErrBadLink, "secret is damaged"},
		{shared + "#" + fragment + "#" + fragment, ErrBadLink, "secret is damaged"},
	} {
		l, err := Parse(c.in)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%q: got %v, want %v naming %q", c.in, err, c.want, c.part)
		}
		if l != (Link{}) {
			t.Errorf("%q: a link came with an error", c.in)
		}
	}
}

func TestErrorsNeverEchoTheSecret(t *testing.T) {
	const secret = "hunter2hunter2"
	for _, in := range []string{
		"corkboard:/" + string(id) + "?contentType=board#" + secret,
		"corkboard:/" + secret + "?contentType=board#" + secret,
		"corkboard:/" + string(id) + "?" + secret + "=board",
		"corkboard:/" + string(id) + "?contentType=" + strings.ToUpper(secret),
		"corkboard:/" + secret + "?contentType=board",
		shared + "#" + secret,
		shared + "#r." + secret,
		shared + "#" + secret + "." + secret,
		shared + "&" + secret,
		"corkboard:/" + string(id) + "?contentType=board&in=" + secret,
		"corkbord:/" + string(id) + "#" + secret,
	} {
		if _, err := Parse(in); err == nil || strings.Contains(strings.ToLower(err.Error()), secret) {
			t.Errorf("%q: error says %v", in, err)
		}
	}
}

func TestIs(t *testing.T) {
	for in, want := range map[string]bool{
		"corkboard:/x": true, " corkboard:/ ": true, "Note: buy milk": false,
		"see corkboard:/x": false, "corkboard:/x and more": false, "": false,
	} {
		if Is(in) != want {
			t.Errorf("Is(%q) = %v", in, !want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Format(Link{Document: id, Kind: "text"}))
	f.Add("hypermerge:/x?pushpinContentType=text")
	f.Add("corkboard:/" + string(id) + "?contentType=board#key")
	f.Add("Note: buy milk")
	f.Add(shared)
	f.Add(shared + "&at=/ip4/192.0.2.7/tcp/1&at=%20#" + fragment)
	f.Add(shared + "#" + fragment)
	f.Fuzz(lean.One(func(t *testing.T, s string) {
		l, err := Parse(s)
		if err != nil {
			if !errors.Is(err, ErrBadLink) && !errors.Is(err, ErrPushPin) {
				t.Fatalf("%q: foreign error %v", s, err)
			}
			return
		}
		if !l.Valid() {
			t.Fatalf("%q: parsed into the invalid %v", s, l)
		}
		if again, err := Parse(Format(l)); err != nil || again != l {
			t.Fatalf("%q: second round gave %v, %v", s, again, err)
		}
	}))
}
