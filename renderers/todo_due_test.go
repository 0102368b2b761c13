package renderers

import "testing"

func TestParseDue(t *testing.T) {
	const today = "2026-03-11" // a Wednesday
	cases := []struct {
		in, want string
		ok       bool
	}{
		{"", "", true},
		{"  none ", "", true},
		{"2026-12-31", "2026-12-31", true},
		{"today", "2026-03-11", true},
		{"Tomorrow", "2026-03-12", true},
		{"fri", "2026-03-13", true},
		{"friday", "2026-03-13", true},
		{"tue", "2026-03-17", true},
		{"wed", "2026-03-18", true},
		{"+3", "2026-03-14", true},
		{"next week", "2026-03-18", true},
		{"12 mar", "2026-03-12", true},
		{"Mar 1", "2027-03-01", true},
		{"11 march", "2026-03-11", true},
		{"5 jan 2030", "2030-01-05", true},
		{"29 feb", "2028-02-29", true},
		{"heute", "2026-03-11", true},
		{"Morgen", "2026-03-12", true},
		{"übermorgen", "2026-03-13", true},
		{"fr", "2026-03-13", true},
		{"di", "2026-03-17", true},
		{"Sonntag", "2026-03-15", true},
		{"nächste Woche", "2026-03-18", true},
		{"12.3.", "2026-03-12", true},
		{"1.3.2028", "2028-03-01", true},
		{"31.2.", "", false},
		{"5. Mai", "2026-05-05", true},
		{"24. Dez 2027", "2027-12-24", true},
		{"januar 2", "2027-01-02", true},
		{"january 2", "2027-01-02", true},
		{"kein", "", true},
		{"2026-02-30", "", false},
		{"+99999", "", false},
		{"+-1", "", false},
		{"we", "", false},
		{"soon", "", false},
	}
	for _, c := range cases {
		if got, ok := parseDue(c.in, today); got != c.want || ok != c.ok {
			t.Errorf("parseDue(%q) = %q, %v; want %q, %v", c.in, got, ok, c.want, c.ok)
		}
	}
	if _, ok := parseDue("today", "not a day"); ok {
		t.Error("a date without knowing today")
	}
}

func TestDueLabel(t *testing.T) {
	cases := map[string]string{
		"2026-03-11": "Today", "2026-03-12": "Tomorrow", "2026-03-10": "Yesterday",
		"2026-03-20": "20 Mar", "2027-01-02": "2 Jan ’27", "2025-12-31": "31 Dec ’25", "strange": "",
	}
	for due, want := range cases {
		if got := DueLabel(due, "2026-03-11"); got != want {
			t.Errorf("DueLabel(%s) = %q, want %q", due, got, want)
		}
	}
}
