package sound

import (
	"errors"
	"testing"
)

// field is a number of some bits.
type field struct{ bits, value int }

// packed writes numbers as a head of Vorbis has them, lowest bit first.
func packed(fields ...field) []byte {
	var b []byte
	at := 0
	for _, f := range fields {
		for i := range f.bits {
			if at%8 == 0 {
				b = append(b, 0)
			}
			b[at/8] |= byte(f.value>>i&1) << (at % 8)
			at++
		}
	}
	return b
}

// aBook is a single codebook without numbers: its dimensions, and the lengths of its words.
func aBook(dims, entries int, lengths ...int) []byte {
	out := []field{{8, 0}, {24, 0x564342}, {16, dims}, {24, entries}, {1, 0}, {1, 0}}
	for _, n := range lengths {
		out = append(out, field{5, n - 1})
	}
	return packed(append(out, field{4, 0})...)
}

func TestBooksThatWouldBeReadForEver(t *testing.T) {
	ordered := packed(field{8, 0}, field{24, 0x564342}, field{16, 1}, field{24, 8}, field{1, 1}, field{5, 2}, field{4, 8}, field{4, 0})
	numbers := packed(field{8, 0}, field{24, 0x564342}, field{16, 1 << 15}, field{24, 1 << 10}, field{1, 1}, field{5, 9}, field{11, 1 << 10}, field{4, 2})
	for name, c := range map[string]struct {
		head []byte
		want error
	}{
		"complete":          {aBook(1, 3, 1, 2, 2), nil},
		"one word":          {aBook(2, 1, 1), nil},
		"in order":          {ordered, nil},
		"a gap":             {aBook(1, 3, 1, 3, 3), ErrBroken},
		"too many words":    {aBook(1, 3, 1, 1, 2), ErrBroken},
		"no dimension":      {aBook(0, 2, 1, 1), ErrBroken},
		"no word":           {aBook(1, 0), ErrBroken},
		"cut":               {aBook(1, 3, 1, 2, 2)[:8], ErrBroken},
		"sixteen million":   {aBook(1, 1<<24-1), ErrTooLarge},
		"too many numbers":  {numbers, ErrTooLarge},
		"not one book even": {nil, ErrBroken},
	} {
		if err := checkBooks(c.head); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
