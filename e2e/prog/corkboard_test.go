package prog

import (
	"testing"

	"corkboard/e2e/x11"
)

// The same profile opens again after the program was killed.
func TestCorkboardOpensAgainAfterAKill(t *testing.T) {
	d := x11.ForTest(t)
	binary, profile := Corkboard(t), t.TempDir()
	for range 2 {
		p := Start(t, binary, profile)
		w, err := p.Window(patience(t), d)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Focus(w); err != nil {
			t.Fatal(err)
		}
		Shot(t, d, "open")
		if err := p.Kill(); err != nil {
			t.Fatal(err)
		}
	}
}
