package board

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// stretchPause ends a stretch: so long nobody did anything.
const stretchPause = 2 * 60_000

// Moment is one change of a board or of a card on it.
type Moment struct {
	At   int64 // ms since 1970 UTC
	Who  string
	What string // as the change was called by its writer
}

// Stretch is what one person did without a pause.
type Stretch struct {
	From, To int // moments, both of it
	Who      string
	Words    string // what was done, in a few words
}

// Stretches puts moments, oldest first, together: those of one person between which
// less than two minutes went by and nobody else did anything. At each of cuts, which are
// moments, another one begins.
func Stretches(list []Moment, cuts ...int) []Stretch {
	var out []Stretch
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && !slices.Contains(cuts, j) && list[j].Who == list[i].Who && list[j].At-list[j-1].At <= stretchPause {
			j++
		}
		out = append(out, Stretch{From: i, To: j - 1, Who: list[i].Who, Words: whatWas(list[i:j])})
		i = j
	}
	return out
}

// maxWhats bounds how much of a stretch is told, and maxWhat how long each of it is, in
// runes.
const (
	maxWhats = 3
	maxWhat  = 40
)

// whatWas tells what was done most, first.
func whatWas(list []Moment) string {
	type done struct {
		what     string
		n, first int
	}
	counts := map[string]*done{}
	var all []*done
	for i, m := range list {
		what := plainWhat(m.What)
		if counts[what] == nil {
			counts[what] = &done{what: what, first: i}
			all = append(all, counts[what])
		}
		counts[what].n++
	}
	slices.SortStableFunc(all, func(a, b *done) int { return cmp.Or(b.n-a.n, a.first-b.first) })
	var words []string
	for _, d := range all[:min(len(all), maxWhats)] {
		if d.n > 1 {
			d.what = fmt.Sprintf("%s ×%d", d.what, d.n)
		}
		words = append(words, d.what)
	}
	if len(all) > maxWhats {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

// plainWhat makes words for people of what somebody else's program may have written.
func plainWhat(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	if s = strings.TrimSpace(s); s == "" {
		return "Created"
	}
	r := []rune(s)
	if len(r) > maxWhat {
		r = append(r[:maxWhat-1], '…')
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
