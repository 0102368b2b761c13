package identity

import (
	"strings"
	"testing"
)

func TestPersonsAreComparedAloud(t *testing.T) {
	var p PersonID
	if got := strings.Join(p.Spoken(), " "); got != "abandon abandon abandon abandon abandon abandon" {
		t.Errorf("the zero id is %q", got)
	}
	p[0], p[8] = 0xff, 0x3f // 11 bits make a word; of the ninth byte two count
	if got := strings.Join(p.Spoken(), " "); got != "yellow abandon abandon abandon abandon abandon" {
		t.Errorf("got %q", got)
	}
	p[8] = 0xc0
	if got := p.Spoken(); got[5] != "about" {
		t.Errorf("the last bits do not count: %q", got)
	}
	q := p
	q[31]++
	if strings.Join(p.Spoken(), " ") != strings.Join(q.Spoken(), " ") {
		t.Error("more than the beginning counts")
	}
}
