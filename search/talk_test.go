package search

import (
	"strings"
	"testing"

	"corkboard/cards"
	"corkboard/doc"
)

func TestWhatPeopleSayIsFound(t *testing.T) {
	said := func(text string) doc.Map { return doc.Map{"author": "ann", "text": text, "time": int64(1)} }
	e := Read(doc.NewTree(doc.Map{"title": "Trip", "messages": doc.Map{"a": said("Where?")}}))
	if e.Kind != cards.KindThread || e.Title != "Trip" || !strings.Contains(e.Text, "Where?") {
		t.Errorf("%+v", e)
	}
	e = Read(doc.NewTree(doc.Map{"text": doc.Text("A note"), "comment:x": said("Really?")}))
	if e.Kind != cards.KindText || !strings.Contains(e.Text, "Really?") {
		t.Errorf("%+v", e)
	}
}
