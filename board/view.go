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
	Lines      []Line  // connectors in view
	Ports      []Rect  // dots by which connectors are drawn
	Stroke     []Point // of the pen, not on the board yet
	Pen        Pen     // that draws it
	Drawing    bool    // the pen is in the hand
	Pull       Line    // the connector whose end is in the hand,
	Pulls      bool    // if one is
	Groups     []GroupFrame
	Grid       float64  // distance of grid lines; never closer than 10 px
	GridFrom   Point    // a place where two grid lines cross, at the left top
	Slot       [2]Point // the line where a column would take the cards being dragged,
	HasSlot    bool     // if one would
	Into       CardID   // the board card that would take the cards being dragged
	Out        bool     // a place outside the board would take them
	Empty      bool     // the board has no cards
	Lost       bool     // it has cards but none is in view
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
	Locked    bool
}

// Handle resizes the selection.
type Handle struct {
	Rect Rect
	Edge Edge
}

// Guide is a line that shows that edges or centres are aligned; with Gap it
// spans one of two or more gaps that are equal.
type Guide struct {
	From, To Point
	Gap      bool
}

// GroupFrame is the area around a group that is selected or under the pointer.
type GroupFrame struct {
	Rect     Rect
	Selected bool
}
