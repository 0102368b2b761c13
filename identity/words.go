package identity

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/tyler-smith/go-bip39/wordlists"
)

const (
	// WordCount is how many words a person writes down.
	WordCount = 24

	maxWordsText = 4 << 10 // bytes of typed words
	wordBits     = 11      // 2048 words
)

// What ParseWords refuses with. None of them holds any of the words.
var (
	// ErrWordCount: not WordCount words.
	ErrWordCount = errors.New("there must be 24 words")
	// ErrUnknownWord: a word that is not of the list; a *WordError tells which.
	ErrUnknownWord = errors.New("word is not of the list")
	// ErrWordsDoNotFit: all are of the list, but the checksum is wrong: one was
	// mistaken for another, or two have changed places.
	ErrWordsDoNotFit = errors.New("the words do not belong together")
)

// WordError names the place of the first word that is not of the list, from 1.
type WordError struct{ Position int }

func (e *WordError) Error() string { return fmt.Sprintf("word %d is not of the list", e.Position) }

// Unwrap is ErrUnknownWord.
func (e *WordError) Unwrap() error { return ErrUnknownWord }

// Words are the 24 recovery words (BIP 39, English): 32 random bytes and 8 bits
// of checksum. They print as a fixed word; Reveal shows them. The zero Words
// are of no use.
type Words struct{ entropy veil[[32]byte] }

// NewWords draws 32 bytes.
func NewWords(random io.Reader) (Words, error) {
	entropy := new([32]byte)
	if _, err := io.ReadFull(random, entropy[:]); err != nil {
		return Words{}, fmt.Errorf("draw recovery words: %w", err)
	}
	return Words{hide(entropy)}, nil
}

// Reveal is the words in lower case with one space between, to be shown once.
func (w Words) Reveal() string {
	entropy := *w.entropy()
	sum := sha256.Sum256(entropy[:])
	n := new(big.Int).SetBytes(append(entropy[:], sum[0]))
	words, low := make([]string, WordCount), big.NewInt(1<<wordBits-1)
	for i := range words {
		at := new(big.Int).And(n, low)
		words[WordCount-1-i] = wordlists.English[at.Int64()]
		n.Rsh(n, wordBits)
	}
	return strings.Join(words, " ")
}

// ParseWords reads what a person typed, in any case and with any white space:
// ErrWordCount, *WordError (ErrUnknownWord) or ErrWordsDoNotFit.
func ParseWords(text string) (Words, error) {
	if len(text) > maxWordsText {
		return Words{}, ErrWordCount
	}
	words := strings.Fields(strings.ToLower(text))
	if len(words) != WordCount {
		return Words{}, ErrWordCount
	}
	n := new(big.Int)
	for i, word := range words {
		at, found := slices.BinarySearch(wordlists.English, word)
		if !found {
			return Words{}, &WordError{Position: i + 1}
		}
		n.Or(n.Lsh(n, wordBits), big.NewInt(int64(at)))
	}
	var all [33]byte
	n.FillBytes(all[:])
	if sha256.Sum256(all[:32])[0] != all[32] {
		return Words{}, ErrWordsDoNotFit
	}
	return Words{hide((*[32]byte)(all[:32]))}, nil
}
