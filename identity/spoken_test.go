package identity

import (
	"strings"
	"testing"
)

func TestPersonsAreComparedAloud(t *testing.T) {
	var p PersonID
	if got := p.Spoken(); got != "abandon abandon abandon abandon abandon abandon" {
		t.Errorf("the zero id is %q", got)
	}
	p[0], p[8] = 0xff, 0x3f // 11 bits make a word; of the ninth byte two count
	if got := p.Spoken(); got != "yellow abandon abandon abandon abandon abandon" {
		t.Errorf("got %q", got)
	}
	p[8] = 0xc0
	if got := p.Spoken(); !strings.HasSuffix(string(got), " about") {
		t.Errorf("the last bits do not count: %q", got)
	}
	q := p
	q[31]++
	if p.Spoken() != q.Spoken() {
		t.Error("more than the beginning counts")
	}
}

func TestWordsAreTheFirstBitsOfAHash(t *testing.T) {
	var hash [32]byte
	if s := Say(hash); s != "abandon abandon abandon abandon" {
		t.Errorf("zeros are %q", s)
	}
	for i := range hash {
		hash[i] = 0xff
	}
	if s := Say(hash); s != "zoo zoo zoo zoo" {
		t.Errorf("ones are %q", s)
	}
	hash = [32]byte{0x00, 0x00, 0x00, 0x00, 0x00, 0x1f} // below the 44th bit nothing counts
	if s := Say(hash); s != "abandon abandon abandon ability" {
		t.Errorf("a one at bit 44 is %q", s)
	}
}
