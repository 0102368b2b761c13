package cards

import "corkboard/doc"

// SetCaption is typing in the caption: the editor showed Was and shows Now.
type SetCaption struct {
	Was, Now string
	Gesture  string
}

// Plan implements doc.Command; ErrNothing.
func (c SetCaption) Plan(f File) (doc.Plan, error) {
	edits, err := planText(captionPath, c.Was, c.Now, f.Caption, f.captionMerges)
	if err != nil {
		return doc.Plan{}, err
	}
	return doc.Plan{Label: "caption", Gesture: c.Gesture, Edits: edits}, nil
}

// Rename gives a file another title. The bytes and the extension stay.
type Rename struct{ Title string }

// Plan implements doc.Command; ErrNothing when nothing readable is left of the
// title, or it is the present one.
func (c Rename) Plan(f File) (doc.Plan, error) {
	title := CleanName(c.Title)
	if title == "" || title == f.Title {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "rename", Edits: []doc.Edit{doc.Put{Path: titlePath, Value: title}}}, nil
}

// SetFacts writes down what was measured after the file came in. Zero facts
// are left as they are; no undo step.
type SetFacts struct {
	Width, Height, Pages int
	Average              string
	Animated             bool
	Duration             int64 // ms
	Bars                 string
}

// Plan implements doc.Command; ErrNothing when all of it is known.
func (c SetFacts) Plan(f File) (doc.Plan, error) {
	var edits []doc.Edit
	put := func(slot string, v doc.Value, news bool) {
		if news {
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: v})
		}
	}
	number := func(slot string, n, known, limit int) {
		put(slot, int64(n), n > 0 && n <= limit && n != known)
	}
	number(slotWidth, c.Width, f.Width, maxSide)
	number(slotHeight, c.Height, f.Height, maxSide)
	number(slotPages, c.Pages, f.Pages, maxPages)
	average := cleanColour(c.Average)
	put(slotAverage, average, average != "" && average != f.Average)
	put(slotAnimated, true, c.Animated && !f.Animated)
	put(slotDuration, c.Duration, c.Duration > 0 && c.Duration <= maxSound && c.Duration != f.Duration)
	bars := cleanBars(c.Bars)
	put(slotBars, bars, bars != "" && bars != f.Bars)
	if len(edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "measure", Silent: true, Edits: edits}, nil
}
