package lang

import (
	"os"
	"testing"
	"time"

	fynelang "fyne.io/fyne/v2/lang"
)

func TestMain(m *testing.M) {
	os.Setenv("LC_ALL", "en_GB.UTF-8")
	os.Unsetenv("LANGUAGE")
	os.Exit(m.Run())
}

func TestTheLanguageIsThatOfTheSystemOrTheOneThatIsChosen(t *testing.T) {
	t.Cleanup(func() { now.Store(nil) })
	for _, c := range []struct{ system, choice, want string }{
		{"en_GB.UTF-8", "", English}, {"de_AT.UTF-8", "", German}, {"de", "system", German}, {"fr_FR.UTF-8", "", English},
		{"C", "", English}, {"en_US.UTF-8", German, German}, {"de_DE.UTF-8", English, English}, {"fr_FR.UTF-8", German, German},
	} {
		t.Setenv("LC_ALL", c.system)
		Use(c.choice)
		share, copied := "Share", "Copy"
		if c.want == German {
			share, copied = "Teilen", "Kopieren"
		}
		if Now() != c.want || T("Share") != share {
			t.Errorf("with %q on a system of %q it is %s: %q", c.choice, c.system, Now(), T("Share"))
		}
		if got := fynelang.L("Copy"); got != copied {
			t.Errorf("with %q on a system of %q the toolkit says %q", c.choice, c.system, got)
		}
	}
}

func TestTexts(t *testing.T) {
	at := time.Date(2026, time.March, 2, 14, 5, 0, 0, time.UTC)
	say := func() []string {
		return []string{T("Share"), T("of nobody"), Tf("Leave “%s”?", "A"), N(1, "1 card", "%d cards"), N(3, "1 card", "%d cards"),
			N(2, "Moved 1 card to “%s”.", "Moved %d cards to “%s”.", "A"), Time(at, "2 January 2006"), Time(at, "2 Jan"),
			Time(at, "Monday, 2 January"), Size(1), Size(7), Size(3_200_000), Steps("Typing"), Below("Undo"), Key("Share")}
	}
	want := map[string][]string{
		English: {"Share", "of nobody", "Leave “A”?", "1 card", "3 cards", "Moved 2 cards to “A”.", "2 March 2026", "2 Mar",
			"Monday, 2 March", "1 byte", "7 bytes", "3.2 MB", "Typing", "Undo", "Share"},
		German: {"Teilen", "of nobody", "„A“ verlassen?", "1 Karte", "3 Karten", "2 Karten nach „A“ verschoben.", "2. März 2026", "2. März",
			"Montag, 2. März", "1 Byte", "7 Byte", "3,2 MB", "Tippen", "Rückgängig", "Share"},
	}
	for _, language := range []string{English, German} {
		if language == German {
			inGerman(t)
		}
		for i, got := range say() {
			if got != want[language][i] {
				t.Errorf("%s: %q, want %q", language, got, want[language][i])
			}
		}
	}
}

func TestEveryMonthHasAGermanName(t *testing.T) {
	inGerman(t)
	full := []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
	short := []string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."}
	for i := range 12 {
		at := time.Date(2026, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
		if got := Time(at, "2 January"); got != "1. "+full[i] {
			t.Errorf("%q is not of %s", got, full[i])
		}
		if got := Time(at, "2 Jan"); got != "1. "+short[i] {
			t.Errorf("%q is not of %s", got, short[i])
		}
	}
}
