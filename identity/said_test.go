package identity

import "testing"

func TestWordsAreTheFirstBitsOfAHash(t *testing.T) {
	var hash [32]byte
	if s := Say(hash).String(); s != "abandon abandon abandon abandon" {
		t.Errorf("zeros are %q", s)
	}
	for i := range hash {
		hash[i] = 0xff
	}
	if s := Say(hash).String(); s != "zoo zoo zoo zoo" {
		t.Errorf("ones are %q", s)
	}
	hash = [32]byte{0x00, 0x00, 0x00, 0x00, 0x00, 0x1f} // below the 44th bit nothing counts
	if s := Say(hash).String(); s != "abandon abandon abandon ability" {
		t.Errorf("a one at bit 44 is %q", s)
	}
}
