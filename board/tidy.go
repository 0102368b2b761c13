package board

import (
	"cmp"
	"math"
	"slices"
)

// tidyGap is the space between tidied cards in board units.
const tidyGap = Grid

// tidy lays units out as a grid in reading order. The left top corner stays; a
// column is as wide as its widest unit, a row as high as its highest. What is
// such a grid already keeps its columns.
func tidy(units []unit) {
	order := make([]*unit, len(units))
	for i := range units {
		order[i] = &units[i]
	}
	row := 0
	inReadingOrder(order, func(u *unit) (Rect, CardID) { return u.rect, u.entries[0].card.ID }, func(n int) { row = max(row, n) })
	corner := aroundUnits(units).Min()
	if !layOut(order, corner, row) {
		layOut(order, corner, columnsFor(units))
	}
}

// columnsFor is a number of columns that keeps the shape of the whole.
func columnsFor(units []unit) int {
	var w, h float64
	for _, u := range units {
		w, h = w+u.rect.W+tidyGap, h+u.rect.H+tidyGap
	}
	n := float64(len(units))
	all := aroundUnits(units)
	columns := math.Round(math.Sqrt(n * (all.W / all.H) * (h / w)))
	return int(min(max(columns, 1), n))
}

// layOut puts units into columns and reports whether they are there already.
func layOut(order []*unit, corner Point, columns int) (there bool) {
	widths := make([]float64, columns)
	for i, u := range order {
		widths[i%columns] = max(widths[i%columns], u.rect.W)
	}
	there = true
	at, height := corner, 0.0
	for i, u := range order {
		if i%columns == 0 && i > 0 {
			at, height = Point{corner.X, at.Y + height + tidyGap}, 0
		}
		u.by = at.Sub(u.rect.Min())
		there = there && u.by.Len() < 0.01
		at.X += widths[i%columns] + tidyGap
		height = max(height, u.rect.H)
	}
	return there
}

// inReadingOrder sorts things as a person reads them: rows from the top, each
// from the left. A thing belongs to a row when its top is above the middle of
// the row's first. row is told the length of each row.
func inReadingOrder[T any](all []T, of func(T) (Rect, CardID), row func(n int)) {
	slices.SortFunc(all, func(a, b T) int {
		x, i := of(a)
		y, j := of(b)
		return cmp.Or(cmp.Compare(x.Y, y.Y), cmp.Compare(x.X, y.X), cmp.Compare(i, j))
	})
	for len(all) > 0 {
		first, _ := of(all[0])
		n := 1
		for ; n < len(all); n++ {
			if r, _ := of(all[n]); r.Y >= first.Y+first.H/2 {
				break
			}
		}
		slices.SortFunc(all[:n], func(a, b T) int {
			x, i := of(a)
			y, j := of(b)
			return cmp.Or(cmp.Compare(x.X, y.X), cmp.Compare(x.Y, y.Y), cmp.Compare(i, j))
		})
		row(n)
		all = all[n:]
	}
}
