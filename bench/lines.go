package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"corkboard/board"
)

// benchConnectors is how many connectors the board has on which panning among them is
// measured.
const benchConnectors = 2000

// wire connects the cards around a place, each with the next in reading order, and looks
// there.
func (s *stage) wire(ground board.Point) func() error {
	return func() error {
		l := s.view.Layout
		near := slices.Clone(l.Reading())
		away := func(c *board.Card) float64 { return c.At.Sub(ground).Len() }
		slices.SortStableFunc(near, func(a, b *board.Card) int { return cmp.Compare(away(a), away(b)) })
		wanted := map[board.CardID]bool{}
		for _, c := range near[:min(len(near), benchConnectors+1)] {
			wanted[c.ID] = true
		}
		var list []board.Connector
		var last board.CardID
		for _, c := range l.Reading() {
			if !wanted[c.ID] {
				continue
			}
			if last != "" {
				list = append(list, board.Connector{ID: board.ConnectorID(fmt.Sprintf("bench%d", len(list))), From: last, To: c.ID, Heads: board.HeadTo})
			}
			last = c.ID
		}
		if err := s.view.Live.Do(board.Connect{Connectors: list}).Applied(context.Background()); err != nil {
			return fmt.Errorf("connecting cards: %w", err)
		}
		return s.look(ground, 1)()
	}
}
