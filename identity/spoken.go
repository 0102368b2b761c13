package identity

import (
	"math/big"
	"slices"
	"strings"

	"github.com/tyler-smith/go-bip39/wordlists"
)

const (
	// personWords is how many words stand for a person: 66 bits, which nobody can make
	// fit another person.
	personWords = 6
	// tryWords is how many stand for a number of which somebody who lies has one try: 44
	// bits.
	tryWords = 4
)

// Spoken is a number that two people, or one at two devices, compare: words of the list
// of recovery words with a space between. They are no secret.
type Spoken string

// Spoken is the words for a person.
func (p PersonID) Spoken() Spoken { return spoken(p, personWords) }

// Say is the words for what two ends have agreed on, by its hash.
func Say(hash [32]byte) Spoken { return spoken(hash, tryWords) }

// spoken is the first bits of a hash.
func spoken(hash [32]byte, count int) Spoken {
	n, low := new(big.Int).SetBytes(hash[:]), big.NewInt(1<<wordBits-1)
	n.Rsh(n, uint(len(hash)*8-count*wordBits))
	words := make([]string, count)
	for i := range words {
		words[i] = wordlists.English[new(big.Int).And(n, low).Int64()]
		n.Rsh(n, wordBits)
	}
	slices.Reverse(words)
	return Spoken(strings.Join(words, " "))
}
