package board

// View is what a window draws. Project fills it; its slices are used again by
// the next Project. All rectangles are screen pixels.
type View struct {
	Camera     Camera
	Cards      []Placed // bottom to top
	Marquee    Rect
	HasMarquee bool
	Handles    []Handle
	Guides     []Guide
	Grid       float64 // distance of grid lines; never closer than 10 px
	GridFrom   Point   // a place where two grid lines cross, at the left top
	Into       CardID  // the board card that would take the cards being dragged
	Empty      bool    // the board has no cards
	Lost       bool    // it has cards but none is in view
}

// Placed is a card in a window.
type Placed struct {
	Card      *Card
	Rect      Rect // screen pixels, a drag or resize applied
	BoardSize Size // board units
	Selected  bool
	Hovered   bool
	Editing   bool // the live editor covers it
	Ghost     bool // follows the hand; not where the document says
}

// Handle resizes the selection.
type Handle struct {
	Rect Rect
	Edge Edge
}

// Guide is a line that shows that edges or centres are aligned.
type Guide struct{ From, To Point }
