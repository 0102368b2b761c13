package cards

import "testing"

func TestCardsSayTheirWords(t *testing.T) {
	for _, c := range []struct {
		card Worded
		want string
	}{
		{Text{Text: "# Walk\n\n_six_"}, "# Walk\n\n_six_"},
		{Todo{Title: "Trip", Items: []TodoItem{{Text: "ferry"}, {Text: "tent"}}}, "ferry\ntent\n"},
		{Thread{Title: "Plan", Messages: []Message{{Text: "ferry\nat nine"}, {Text: "tent"}}}, "ferry\nat nine\ntent\n"},
		{File{Title: "Harbour", Extension: "jpg", Caption: "At six"}, "At six\nHarbour.jpg"},
	} {
		if got := c.card.CardWords(); got != c.want {
			t.Errorf("%T says %q, want %q", c.card, got, c.want)
		}
	}
}
