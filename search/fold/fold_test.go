package fold

import "testing"

func TestCaseAndAccentsAreTakenAway(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Harbour WALK", "harbour walk"},
		{"Äpfel, Öl, Straße", "apfel, ol, strasse"},
		{"Žluťoučký kůň", "zlutoucky kun"},
		{"e\u0301te\u0301", "ete"}, // accents of their own
		{"ŁÓDŹ Ærø Øst", "lodz aero ost"},
		{"Việt Nam", "viet nam"},
		{"ﬁne ＡＢＣ", "fine abc"},
		{"Москва", "москва"},
		{"ёлка", "елка"},
		{"हिन्दी", "हिन्दी"}, // vowel signs are letters
		{"日本", "日本"},
		{"", ""},
	} {
		if got := String(c.in); got != c.want {
			t.Errorf("fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
