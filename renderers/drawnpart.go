package renderers

import "corkboard/board"

// Only leaves nothing on the drawing but these cards and what connects them, and makes it as
// large as they are.
func (d *Drawing) Only(ids []board.CardID) {
	wanted := make(map[board.CardID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	var cards []DrawnCard
	var spots []board.Spot
	var area board.Rect
	for i, s := range d.spots {
		if !wanted[s.Card.ID] {
			continue
		}
		if spots == nil {
			area = s.Rect
		}
		area = area.Union(s.Rect)
		cards, spots = append(cards, d.Cards[i]), append(spots, s)
	}
	var lines []board.Line
	for _, l := range d.Lines {
		if wanted[l.Connector.From] && wanted[l.Connector.To] {
			lines = append(lines, l)
		}
	}
	d.Lines = lines
	d.Cards, d.spots, d.Area = cards, spots, area.Inset(-drawnEdge)
}
