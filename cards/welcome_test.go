package cards

import (
	"strings"
	"testing"
)

func TestWelcomeInGerman(t *testing.T) {
	german := WelcomeIn("de")
	if WelcomeIn("fr") != Welcome || german == Welcome || strings.Count(german, "\n- ") != 5 {
		t.Error("there are not two welcomes of five lines")
	}
	if !IsWelcome(Welcome) || !IsWelcome(german+"\n") || IsWelcome(german+"mine") || IsWelcome("") {
		t.Error("a welcome is not known by its text")
	}
}

func TestWelcomeTeachesInFiveLines(t *testing.T) {
	if n := strings.Count(Welcome, "\n- "); n != 5 {
		t.Errorf("%d lines", n)
	}
	for _, word := range []string{"double-click", "drop", "drag", "zoom", "**B**", "saved by itself"} {
		if !strings.Contains(Welcome, word) {
			t.Errorf("says nothing of %q", word)
		}
	}
	if got := (Text{Text: Welcome}).Title(); got != "Welcome to Corkboard" {
		t.Errorf("titled %q", got)
	}
}
