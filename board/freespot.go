package board

// Where a new card looks for room when there is a card already, in board units.
const (
	spotStep  = 4 * Grid
	spotSteps = 12 // to each side
)

// spotSize is the room that a new card wants.
var spotSize = Size{16 * Grid, 10 * Grid}

// spot is where keys put a new card: where the hand means, if no card lies there. A
// hand that points means one place; without a pointer all of the card has to have room.
func (s *Session) spot(l *Layout) Point {
	at := s.snapped(s.Camera.ToBoard(s.aim()))
	pointed := s.over && RectAt(Point{}, s.Viewport).Contains(s.pointer)
	if pointed && l.Hit(at) == nil || len(l.query(RectAt(at, spotSize))) == 0 {
		return at
	}
	return freeSpot(at, l)
}

// freeSpot is the place next to another where a card has room, and at itself where
// there is none.
func freeSpot(at Point, l *Layout) Point {
	best, found := at, false
	for y := -spotSteps; y <= spotSteps; y++ {
		for x := -spotSteps; x <= spotSteps; x++ {
			p := at.Add(Point{float64(x), float64(y)}.Scale(spotStep))
			if found && p.Sub(at).Len() >= best.Sub(at).Len() {
				continue
			}
			if len(l.query(RectAt(p, spotSize))) == 0 {
				best, found = p, true
			}
		}
	}
	return best
}
