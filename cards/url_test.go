package cards

import (
	"math/rand/v2"
	"strings"
	"testing"

	"corkboard/doc"
)

var wholeCapture = Capture{
	Title: "The harbour", Description: "All about it.", Site: "Port News", Canonical: "https://example.org/harbour", At: 1_700_000_000_000,
	Picture: Part{
		Blob: strings.Repeat("0a", 32), Size: 4_000, MIME: "image/png", Width: 640, Height: 320, Average: "#8fb4a5",
		Key: Secret(strings.Repeat("5ec2", 16)), Pieces: strings.Repeat("1eaf", 16),
	},
	Icon:    Part{Blob: strings.Repeat("0b", 32), Size: 300, MIME: "image/png", Width: 32, Height: 32},
	Article: Part{Blob: strings.Repeat("0c", 32), Size: 2_000, MIME: "text/markdown"},
	Archive: Part{Blob: strings.Repeat("0d", 32), Size: 90_000, MIME: "text/html", Key: Secret(strings.Repeat("5ec3", 16))},
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org":                "https://example.org/",
		" http://Example.ORG/A?b=c#d \n":     "http://example.org/A?b=c#d",
		"www.example.org/x":                  "https://www.example.org/x",
		"HTTPS://example.org/":               "https://example.org/",
		"http://127.0.0.1:8080/x":            "http://127.0.0.1:8080/x",
		"Note: buy milk":                     "",
		"example.org":                        "",
		"ftp://example.org/":                 "",
		"https://":                           "",
		"https://bank.example@evil.example/": "",
		"https://example.org/a b":            "",
		"https://example.org/\u202egro":      "",
		"javascript:alert(1)":                "",
		"https:example.org":                  "",
		"https://example.org/" + strings.Repeat("a", MaxAddress): "",
		"": "",
	} {
		if got, ok := WebAddress(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestWebAddressesAreAllOrNothing(t *testing.T) {
	if got := WebAddresses("https://a.example\n\n www.b.example \n"); len(got) != 2 || got[1] != "https://www.b.example/" {
		t.Errorf("%q", got)
	}
	for _, text := range []string{"", "see https://a.example", "https://a.example\nand more"} {
		if got := WebAddresses(text); got != nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestHostOf(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.example.org/x": "example.org", "http://example.org:80/": "example.org", "http://example.org:8080/": "example.org:8080", "": "", "::": "",
	} {
		if got := HostOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestURLCodec(t *testing.T) {
	tree := made(t, NewURL("https://example.org"))
	do(t, URLCodec{}, tree, doc.Command[URL](wholeCapture))
	var edits []doc.Edit
	for slot, v := range tree.Root() {
		edits = append(edits, doc.Put{Path: doc.At(slot), Value: v})
		if m, ok := v.(doc.Map); ok {
			for name, x := range m {
				edits = append(edits, doc.Put{Path: doc.At(slot, name), Value: x})
			}
		}
	}
	checkCodec(t, URLCodec{}, edits...)
}

func TestURLCodecCleansWhatItReads(t *testing.T) {
	got := URLCodec{}.Decode(doc.NewTree(doc.Map{
		"url": "javascript:alert(1)", "canonical": "file:///etc/passwd", "title": "a\u202eb\n c", "capturedAt": "now", "failed": int64(3),
		"picture": doc.Map{"blob": "../../etc/passwd", "size": int64(3)}, "icon": "none",
		"article": doc.Map{"blob": strings.Repeat("0c", 32), "size": int64(-1), "mime": "Text/Markdown; x", "width": int64(1 << 40)},
	}))
	want := URL{Title: "ab c", Article: Part{Blob: strings.Repeat("0c", 32), MIME: "text/markdown"}}
	if got != want {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func TestCapture(t *testing.T) {
	tree := made(t, NewURL("https://example.org"))
	if plan, err := wholeCapture.Plan(URLCodec{}.Decode(tree)); err != nil || !plan.Silent {
		t.Fatalf("making a card would be two steps: %v", err)
	}
	got := do(t, URLCodec{}, tree, doc.Command[URL](wholeCapture))
	if got.Address != "https://example.org/" || got.Title != "The harbour" || got.Picture != wholeCapture.Picture || got.Captured != wholeCapture.At {
		t.Fatalf("%+v", got)
	}
	// A failure keeps what there is, and one more capture takes its place.
	got = do(t, URLCodec{}, tree, doc.Command[URL](CaptureFailed{Why: "status 503"}))
	if got.Article != wholeCapture.Article || !strings.Contains(got.WhyFailed(), "503") {
		t.Fatalf("%+v", got)
	}
	again := Capture{At: wholeCapture.At + 1, Icon: wholeCapture.Icon}
	if plan, err := again.Plan(got); err != nil || plan.Silent {
		t.Fatalf("one more capture cannot be undone: %v", err)
	}
	got = do(t, URLCodec{}, tree, doc.Command[URL](again))
	if got.Failed != "" || got.Title != "The harbour" || got.Description != "" || got.Picture.Blob != "" || got.Icon != wholeCapture.Icon {
		t.Fatalf("%+v", got)
	}
	for _, cmd := range []doc.Command[URL]{again, CaptureFailed{}} {
		if err := refused(t, URLCodec{}, tree, cmd); err != doc.ErrNothing {
			t.Errorf("%+v: %v", cmd, err)
		}
	}
}

func TestURLCommandsFitAnyDocument(t *testing.T) {
	part := func(r *rand.Rand) Part {
		return Part{Blob: []string{"", "bad", strings.Repeat("a1", 32), strings.Repeat("b2", 32)}[r.IntN(4)], Size: int64(r.IntN(9))}
	}
	checkCommands(t, URLCodec{}, func(r *rand.Rand, _ URL) []doc.Command[URL] {
		return []doc.Command[URL]{
			Capture{Title: []string{"", "a\nb"}[r.IntN(2)], At: int64(r.IntN(3)), Picture: part(r), Icon: part(r), Article: part(r), Archive: part(r)},
			CaptureFailed{Why: []string{"", WebPrivate, "status 404"}[r.IntN(3)]},
		}
	}, "title", "description", "site", "canonical", "capturedAt", "failed", "picture", "icon", "article", "archive")
}

func TestEveryFailureIsASentence(t *testing.T) {
	for _, why := range []string{
		WebAddressWrong, WebPrivate, WebNoHost, WebNoAnswer, WebInsecure, WebSlow, WebRedirects, WebLarge, WebNoPage, WebOffline,
		"status 404", "status 403", "status 429", "status 500", "status 418", "status -1", "status", "something new",
	} {
		if words := (URL{Failed: why}).WhyFailed(); !strings.HasSuffix(words, ".") || len(words) < 20 {
			t.Errorf("%q: %q", why, words)
		}
	}
	if words := (URL{}).WhyFailed(); words != "" {
		t.Errorf("%q", words)
	}
}

func TestTitleOfAPageWithoutOne(t *testing.T) {
	if got := TitleOf(KindURL, URL{Address: "https://www.example.org/a/"}); got != "example.org/a" {
		t.Errorf("%q", got)
	}
	if got := TitleOf(KindURL, URL{}); got != "Untitled page" {
		t.Errorf("%q", got)
	}
	if got := (URL{Title: "A/B"}).SaveName(); got != "A-B.html" {
		t.Errorf("%q", got)
	}
}
