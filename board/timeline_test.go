package board

import (
	"reflect"
	"strings"
	"testing"
)

func TestStretches(t *testing.T) {
	const minute = 60_000
	list := []Moment{
		{0, "ada", ""}, {1000, "ada", "Add card"}, {2000, "ada", "typing"}, {3000, "ada", "typing"},
		{3*minute + 4000, "ada", "Move card"}, // after a pause
		{3*minute + 5000, "bob", "Move 3 cards"},
		{5*minute + 5000, "bob", "Move 3 cards"}, // just within the pause
		{5*minute + 5001, "ada", "\u202e"},
	}
	want := []Stretch{
		{0, 3, "ada", "Typing ×2, Created, Add card"},
		{4, 4, "ada", "Move card"},
		{5, 6, "bob", "Move 3 cards ×2"},
		{7, 7, "ada", "Created"},
	}
	if got := Stretches(list); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := Stretches(list, 2, 5); len(got) != 5 || got[0].To != 1 || got[1].From != 2 {
		t.Errorf("cut at 2 it is %+v", got)
	}
	if Stretches(nil) != nil {
		t.Error("nothing is a stretch")
	}
}

func TestWordsOfStrangersAreShort(t *testing.T) {
	var list []Moment
	for _, what := range []string{"a", "b", "c", "d", strings.Repeat("x", 1000)} {
		list = append(list, Moment{0, "ada", what})
	}
	if got := Stretches(list)[0].Words; got != "A, B, C, …" {
		t.Errorf("%q", got)
	}
	if got := Stretches(list[4:])[0].Words; len([]rune(got)) != maxWhat || !strings.HasSuffix(got, "…") {
		t.Errorf("%q", got)
	}
}
