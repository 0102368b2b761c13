package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"corkboard/board"
	"corkboard/cards"
)

func TestLayOut(t *testing.T) {
	for _, n := range []int{1000, 4000, 10000} {
		spots := layOut(n, bigPerRow)
		count, places := map[cards.Kind]int{}, map[board.Point]bool{}
		for _, s := range spots {
			if s.serial != count[s.kind] {
				t.Fatalf("%d cards: %s number %d has serial %d", n, s.kind, count[s.kind], s.serial)
			}
			count[s.kind]++
			places[s.at] = true
		}
		want := map[cards.Kind]int{cards.KindText: 600, cards.KindImage: 200, cards.KindTodo: 150, cards.KindPDF: 20, cards.KindFile: 15, cards.KindBoard: 15}
		for kind, m := range want {
			if count[kind] != m*n/1000 {
				t.Errorf("%d cards: %d of kind %s", n, count[kind], kind)
			}
		}
		if len(places) != n {
			t.Errorf("%d cards lie on %d places", n, len(places))
		}
		if !reflect.DeepEqual(spots, layOut(n, bigPerRow)) {
			t.Errorf("%d cards lie elsewhere the second time", n)
		}
	}
}

func TestWriteBoards(t *testing.T) {
	dir := t.TempDir()
	if err := writeBoards(dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "board_4000.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []neutral
	if err := json.Unmarshal(b, &list); err != nil || len(list) != 4000 {
		t.Fatalf("%d cards (%v)", len(list), err)
	}
	for i, c := range list {
		if c.W < 50 || c.H < 20 || c.W > pitchX || c.Text == "" && c.Image == "" {
			t.Fatalf("card %d is %+v", i, c)
		}
		if c.Image != "" {
			if _, err := os.Stat(filepath.Join(dir, c.Image)); err != nil {
				t.Fatal(err)
			}
		}
	}
}
