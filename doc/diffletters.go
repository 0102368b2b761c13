package doc

import "slices"

// How closely Diff compares letters.
const (
	maxChanged = 256     // letters of one gap that may differ
	maxEffort  = 1 << 22 // letters that are looked at in all gaps of two texts
)

// letters adds what turns a into b, so that as many letters stay as can.
func (d *diff) letters(a, b string) {
	a, b, tail := d.trim(a, b, runes)
	x, y := []rune(a), []rune(b)
	stay, ok := d.shortest(x, y)
	if !ok || a == "" || b == "" {
		d.change(a, b)
		d.keep(tail)
		return
	}
	i, j := 0, 0
	for _, s := range stay {
		d.change(string(x[i:s.a]), string(y[j:s.b]))
		d.at += s.size
		i, j = s.a+s.size, s.b+s.size
	}
	d.change(string(x[i:]), string(y[j:]))
	d.keep(tail)
}

// shortest finds what stays when x becomes y with the fewest runes deleted and
// inserted; offsets and sizes are in runes. ok is false if that takes too long.
// This is Myers' greedy search: after so many changes, reach holds how far into x
// one can be on each diagonal.
func (d *diff) shortest(x, y []rune) (stay []unit, ok bool) {
	limit := min(maxChanged, len(x)+len(y))
	reach := make([]int, 2*limit+3)
	mid := limit + 1 // diagonal 0
	var trail [][]int
	for changes := 0; changes <= limit && d.effort > 0; changes++ {
		trail = append(trail, slices.Clone(reach[mid-changes:mid+changes+1]))
		for k := -changes; k <= changes; k += 2 {
			i := reach[mid+k+1]
			if !down(reach[mid-changes:], changes, k) {
				i = reach[mid+k-1] + 1
			}
			from := i
			for i < len(x) && i-k < len(y) && x[i] == y[i-k] {
				i++
			}
			d.effort -= i - from + 1
			reach[mid+k] = i
			if i >= len(x) && i-k >= len(y) {
				return retrace(trail, len(x), len(y)), true
			}
		}
	}
	return nil, false
}

// down says whether diagonal k is entered best by inserting a rune; reach begins
// with the diagonal -changes.
func down(reach []int, changes, k int) bool {
	return k == -changes || k != changes && reach[changes+k-1] < reach[changes+k+1]
}

// retrace goes back along the way that was found to the ends i and j.
func retrace(trail [][]int, i, j int) (stay []unit) {
	for changes := len(trail) - 1; changes > 0; changes-- {
		reach, k := trail[changes], i-j
		// The rune that goes or comes leads from one place to the next.
		before, step := k+1, 0
		if !down(reach, changes, k) {
			before, step = k-1, 1
		}
		from := reach[changes+before]
		next := from + step
		if i > next {
			stay = append(stay, unit{a: next, b: next - k, size: i - next})
		}
		i, j = from, from-before
	}
	if i > 0 {
		stay = append(stay, unit{size: i})
	}
	slices.Reverse(stay)
	return stay
}
