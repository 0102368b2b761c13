package clipper

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

// samples have all parts that a clip of their kind may have.
var samples = map[string]Clip{
	"page":      {Kind: Page, Address: "https://example.org/a", Title: "A page", HTML: "<p>shown</p>"},
	"selection": {Kind: Selection, Address: "https://example.org/a", Title: "A page", Text: "one\ntwo"},
	"image":     {Kind: Image, Source: "https://example.org/a", Title: "A page", Name: "a.png", Data: []byte{1, 2, 3}},
	"link":      {Kind: Link, Address: "https://example.org/b"},
}

// framed is a native message.
func framed(b []byte) []byte {
	return append(binary.NativeEndian.AppendUint32(nil, uint32(len(b))), b...)
}

// said is a clip as the extension says it.
func said(t testing.TB, kind string, c Clip) []byte {
	t.Helper()
	b, err := json.Marshal(request{
		Version: version, Kind: kind, Address: c.Address, Source: c.Source, Title: c.Title, Text: c.Text, HTML: c.HTML, Name: c.Name, Data: c.Data,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestClipsAreReadAsTheyWereSaid(t *testing.T) {
	for kind, want := range samples {
		got, err := decode(said(t, kind, want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", kind, got, err)
		}
		again, err := parse(encode(got))
		if err != nil || !reflect.DeepEqual(again, want) {
			t.Errorf("%s from the disk: %+v, %v", kind, again, err)
		}
	}
}

func TestWhatIsNoClipIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		``:   ErrMalformed,
		`[]`: ErrMalformed,
		"{\"version\":1,\"kind\":\"link\",\"address\":\"https://a.example/\xff\"}":                                 ErrMalformed,
		`{"version":2,"kind":"link","address":"https://a.example/","more":1}`:                                      ErrVersion,
		`{"kind":"link","address":"https://a.example/"}`:                                                           ErrVersion,
		`{"version":1,"kind":"link","address":"https://a.example/","more":1}`:                                      ErrMalformed,
		`{"version":1,"kind":"link","address":"https://a.example/"} {}`:                                            ErrMalformed,
		`{"version":1,"kind":"link","address":"javascript:alert(1)"}`:                                              ErrMalformed,
		`{"version":1,"kind":"link","address":"https://bank.example@evil.example/"}`:                               ErrMalformed,
		`{"version":1,"kind":"link"}`:                                                                              ErrMalformed,
		`{"version":1,"kind":"link","address":"https://a.example/","html":"x"}`:                                    ErrMalformed,
		`{"version":1,"kind":"page","address":"https://a.example/","data":"AAAA"}`:                                 ErrMalformed,
		`{"version":1,"kind":"selection","address":"https://a.example/","text":" \n"}`:                             ErrMalformed,
		`{"version":1,"kind":"image","source":"https://a.example/"}`:                                               ErrMalformed,
		`{"version":1,"kind":"image","data":"***"}`:                                                                ErrMalformed,
		`{"version":1,"kind":"movie","address":"https://a.example/"}`:                                              ErrMalformed,
		`{"version":1,"kind":"selection","text":"` + strings.Repeat("x", MaxText+1) + `"}`:                         ErrMalformed,
		`{"version":1,"kind":"page","address":"https://a.example/` + strings.Repeat("x", 4096) + `"}`:              ErrMalformed,
		`{"version":1,"kind":"image","data":"` + base64.StdEncoding.EncodeToString(make([]byte, MaxData+1)) + `"}`: ErrMalformed,
	} {
		if c, err := decode([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.80s: %+v, %v, want %v", text, c.Kind, err, want)
		}
	}
}

func TestMessagesHaveBounds(t *testing.T) {
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"nothing":     {nil, io.EOF},
		"half a head": {[]byte{1, 0}, io.ErrUnexpectedEOF},
		"cut short":   {framed([]byte("{}"))[:5], io.ErrUnexpectedEOF},
		"too long":    {binary.NativeEndian.AppendUint32(nil, MaxIn+1), ErrLarge},
	} {
		if _, err := read(bytes.NewReader(c.in)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := write(io.Discard, strings.Repeat("x", MaxOut)); !errors.Is(err, ErrLarge) {
		t.Errorf("a long reply: %v", err)
	}
}

// codes are what a browser is told.
func codes(t *testing.T, out []byte) (list []string) {
	t.Helper()
	for r := bytes.NewReader(out); r.Len() > 0; {
		b, err := read(r)
		var answer reply
		if err == nil {
			err = json.Unmarshal(b, &answer)
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, answer.Code)
	}
	return list
}

func TestTheBrowserIsToldWhatBecameOfAClip(t *testing.T) {
	in := framed(said(t, "link", samples["link"]))
	in = append(in, framed([]byte("{}"))...)
	in = append(in, framed([]byte(`{"version":1}`))...)
	in = append(in, in...)
	in = binary.NativeEndian.AppendUint32(in, MaxIn+1)
	fails := []error{nil, ErrFull}
	var kept []Clip
	var out bytes.Buffer
	err := Serve([]string{Origin()}, bytes.NewReader(in), &out, func(c Clip) error {
		kept = append(kept, c)
		return fails[len(kept)-1]
	})
	if !errors.Is(err, ErrLarge) || len(kept) != 2 || !reflect.DeepEqual(kept[0], samples["link"]) {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if got := fmt.Sprint(codes(t, out.Bytes())); got != "[kept version malformed full version malformed large]" {
		t.Errorf("told %s", got)
	}
}

func TestOnlyOurExtensionIsServed(t *testing.T) {
	file := "/home/a/.mozilla/native-messaging-hosts/" + HostName + ".json"
	for _, c := range []struct {
		args         []string
		called, ours bool
	}{
		{nil, false, false},
		{[]string{"add", "x"}, false, false},
		{[]string{"corkboard:/abc"}, false, false},
		{[]string{file}, false, false},
		{[]string{file, GeckoID}, true, true},
		{[]string{file, "other@example.org"}, false, false},
		{[]string{Origin()}, true, true},
		{[]string{Origin(), "--parent-window=0"}, true, true},
		{[]string{"chrome-extension://abcdefghijklmnopabcdefghijklmnop/"}, true, false},
	} {
		if Called(c.args) != c.called {
			t.Errorf("%q: called %v", c.args, !c.called)
		}
		err := Serve(c.args, bytes.NewReader(nil), io.Discard, nil)
		if (err == nil) != c.ours {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for kind, c := range samples {
		f.Add(framed(said(f, kind, c)))
	}
	f.Add(framed([]byte(`{"version":1,"kind":"image","data":"AA=="}`)))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		b, err := read(bytes.NewReader(b))
		if err != nil {
			return
		}
		c, err := decode(b)
		if err != nil {
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrVersion) {
				t.Fatalf("no error of this room: %v", err)
			}
			return
		}
		again, err := parse(encode(c))
		if err != nil || again.Address != c.Address || again.Text != c.Text || !bytes.Equal(again.Data, c.Data) {
			t.Fatalf("%+v comes back from the disk as %+v, %v", c, again, err)
		}
	}))
}

func FuzzParse(f *testing.F) {
	for _, c := range samples {
		f.Add(encode(c))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		c, err := parse(b)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("no error of this room: %v", err)
			}
			return
		}
		if _, err := c.checked(); err != nil {
			t.Fatalf("what was read is no clip: %v", err)
		}
	}))
}
