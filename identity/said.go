package identity

import (
	"strings"

	"github.com/tyler-smith/go-bip39/wordlists"
)

// SpokenCount is how many words stand for a number that people compare.
const SpokenCount = 4

// Spoken is a number that two people, or one at two devices, compare: four words of
// the list, 44 bits.
type Spoken [SpokenCount]uint16

// Say gives the words of the first 44 bits of a hash.
func Say(hash [32]byte) (s Spoken) {
	var n uint64
	for _, b := range hash[:6] {
		n = n<<8 | uint64(b)
	}
	n >>= 48 - SpokenCount*wordBits
	for i := range s {
		s[i] = uint16(n >> (wordBits * (SpokenCount - 1 - i)) & (1<<wordBits - 1))
	}
	return s
}

// String is the words with a space between.
func (s Spoken) String() string {
	var out []string
	for _, n := range s {
		out = append(out, wordlists.English[n&(1<<wordBits-1)])
	}
	return strings.Join(out, " ")
}
