package pushpin

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/exchange"
	"corkboard/internal/lean"
)

const saved = `{
	"hypermerge:/ws?pushpinContentType=workspace": {"selfId": "hypermerge:/me", "currentDocUrl": "x", "secretKey": "sec"},
	"hypermerge:/home": {"title": "Home", "backgroundColor": "#DCF3F6", "authorIds": ["hypermerge:/me"], "cards": {
		"c1": {"id": "c1", "url": "hypermerge:/text?pushpinContentType=text", "x": 40, "y": 60, "width": 300, "height": 12},
		"c2": {"url": "hypermerge:/inner?pushpinContentType=board", "x": 400, "y": 60},
		"c3": {"url": "hypermerge:/gone?pushpinContentType=text", "x": 1, "y": 2},
		"c4": {"url": "hypermerge:/page?pushpinContentType=url", "x": 0, "y": 300},
		"c5": {"url": "hypermerge:/pic?pushpinContentType=image", "x": 0, "y": 600},
		"c6": {"url": "hypermerge:/lost?pushpinContentType=pdf", "x": 0, "y": 900},
		"c7": 7,
		"c8": {"url": "hypermerge:/talk?pushpinContentType=thread", "x": 700, "y": 0}}},
	"hypermerge:/inner": {"title": "Inner", "cards": {"back": {"url": "hypermerge:/home", "x": 0, "y": 0}}},
	"hypermerge:/text": {"text": ["h", "i", "\u00fc"]},
	"hypermerge:/page": {"url": "https://example.org", "title": "Example", "data": {"description": "A page"}},
	"hypermerge:/pic": {"title": "Photo", "extension": "png", "hyperfileUrl": "hyperfile:/abc"},
	"hypermerge:/lost": {"title": "Lost", "extension": "pdf", "hyperfileUrl": "hyperfile:/def"},
	"hypermerge:/talk": {"title": "Talk", "messages": [{"authorId": "hypermerge:/me", "content": "hello", "time": 1600000000000}, null]},
	"hypermerge:/me": {"name": "Ada", "color": "#F87060", "avatarDocId": null}
}`

func TestDocumentsBecomeBoards(t *testing.T) {
	from := fstest.MapFS{"saved.json": {Data: []byte(saved)}, "Photo.png": {Data: []byte("png")}}
	tree, err := Read(from, "saved.json")
	if err != nil {
		t.Fatal(err)
	}
	// Home and Inner show each other; Ada is on no board.
	var home *exchange.Board
	for i := range tree.Boards {
		if tree.Boards[i].Title == "Home" {
			home = &tree.Boards[i]
		}
	}
	if home == nil || home.Color != "#DCF3F6" || len(home.Cards) != 6 {
		t.Fatalf("the boards are %+v", tree.Boards)
	}
	says := map[board.CardID]exchange.Document{}
	for _, c := range home.Cards {
		if !c.Of.Board {
			says[c.ID] = tree.Documents[c.Of.N]
		}
	}
	if c := home.Cards[0]; c.At != (board.Point{X: 40, Y: 60}) || c.Size != (board.Size{W: 300, H: 240}) || says["c1"].Root["text"] != doc.Text("hiü") {
		t.Errorf("the text is %+v, %+v", c, says["c1"])
	}
	if says["c5"].File != "Photo.png" || !strings.Contains(string(says["c4"].Root["text"].(doc.Text)), "<https://example.org>") {
		t.Errorf("page and picture are %+v", says)
	}
	if talk := (cards.ThreadCodec{}).Decode(doc.NewTree(says["c8"].Root)); talk.Title != "Talk" || len(talk.Messages) != 1 || talk.Messages[0].Text != "hello" {
		t.Errorf("the thread is %+v", talk)
	}
	if said := strings.Join(tree.Left.Sentences(), " "); !strings.Contains(said, "file of 1 card") || !strings.Contains(said, "2 cards could not") {
		t.Errorf("said %q", said)
	}
	for _, d := range tree.Documents {
		if s, _ := d.Root["text"].(doc.Text); strings.Contains(string(s), "sec") {
			t.Error("the secret came along")
		}
	}
}

func TestOtherForms(t *testing.T) {
	for name, text := range map[string]string{
		"one board": `{"title":"B","cards":{}}`,
		"list":      `[{"url":"hypermerge:/b","doc":{"title":"B","cards":{}}}]`,
		"inside":    `{"version":1,"docs":{"hypermerge:/b":{"title":"B","cards":{}}}}`,
	} {
		tree, err := Read(fstest.MapFS{"x": {Data: []byte(text)}}, "x")
		if err != nil || len(tree.Boards) != 1 || tree.Boards[0].Title != "B" {
			t.Errorf("%s: %+v, %v", name, tree, err)
		}
	}
	for _, text := range []string{"", "7", "{}", `{"a":{"b":1}}`, `[{"x":1}]`} {
		if _, err := Read(fstest.MapFS{"x": {Data: []byte(text)}}, "x"); !errors.Is(err, ErrNotPushPin) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved))
	f.Add([]byte(`[{"url":"hypermerge:/b","doc":{"title":"B","cards":{"":{"url":"hypermerge:/b","x":1e999}}}}]`))
	f.Fuzz(lean.One(func(t *testing.T, text []byte) {
		tree, err := Read(fstest.MapFS{"x": {Data: text}}, "x")
		if err != nil {
			return
		}
		for _, d := range tree.Documents {
			if !exchange.Legal(d.Root) {
				t.Errorf("no document can hold %v", d.Root)
			}
		}
		for _, b := range tree.Boards {
			for _, c := range b.Cards {
				if c.Of.Board && c.Of.N >= len(tree.Boards) || !c.Of.Board && c.Of.N >= len(tree.Documents) {
					t.Errorf("%+v leads nowhere", c)
				}
			}
		}
	}))
}
