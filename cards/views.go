package cards

// TextView is what a painter draws of a text card.
type TextView struct {
	Markdown string
	Hint     string // drawn faintly instead of an empty text
}

// View makes the view of the text.
func (t Text) View() TextView {
	v := TextView{Markdown: t.Text}
	if t.Empty() {
		v.Hint = "Write something"
	}
	return v
}

// TodoLine is one item as it is drawn.
type TodoLine struct {
	ID, Text string
	Done     bool
	Due      string // as in DateLayout, or ""
	Overdue  bool
}

// TodoView is what a painter draws of a to-do card.
type TodoView struct {
	Title       string
	Items       []TodoLine
	Done, Total int
	Bar         float64 // the part that is done, 0 to 1
	Hint        string  // drawn faintly below the title of an empty list
}

// View makes the view of the list on the day today (as in DateLayout).
func (t Todo) View(today string) TodoView {
	v := TodoView{Title: t.Title, Items: make([]TodoLine, len(t.Items))}
	for i, it := range t.Items {
		v.Items[i] = TodoLine{ID: it.ID, Text: it.Text, Done: it.Done, Due: it.Due, Overdue: Overdue(it, today)}
	}
	v.Done, v.Total = t.Progress()
	if v.Total > 0 {
		v.Bar = float64(v.Done) / float64(v.Total)
	} else {
		v.Hint = "Add an item"
	}
	return v
}
