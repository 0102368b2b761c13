package identity

import (
	"math/big"
	"slices"

	"github.com/tyler-smith/go-bip39/wordlists"
)

// spokenWords is how many words stand for a person where two compare them aloud: 66
// bits, which nobody can make fit another person.
const spokenWords = 6

// Spoken is the beginning of an id in words of the recovery words' list. They are no
// secret.
func (p PersonID) Spoken() []string {
	n, low := new(big.Int).SetBytes(p[:]), big.NewInt(1<<wordBits-1)
	n.Rsh(n, uint(len(p)*8-spokenWords*wordBits))
	words := make([]string, spokenWords)
	for i := range words {
		words[i] = wordlists.English[new(big.Int).And(n, low).Int64()]
		n.Rsh(n, wordBits)
	}
	slices.Reverse(words)
	return words
}
