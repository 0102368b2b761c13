package cards

import "corkboard/doc"

// Capture writes down what was found at the address, in one change. What it does not
// have takes the place of what was kept before, but for a title.
type Capture struct {
	Title       string
	Description string
	Site        string
	Canonical   string
	At          int64 // ms since 1970 UTC

	Picture, Icon, Article, Archive Part
}

// Plan implements doc.Command. The first capture is part of making the card and no undo
// step; one more is.
func (c Capture) Plan(u URL) (doc.Plan, error) {
	var edits []doc.Edit
	text := func(slot, now, was string, limit int) {
		if now = oneLine(now, limit); now != was {
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: now})
		}
	}
	title := c.Title
	if oneLine(title, maxPageTitle) == "" {
		title = u.Title
	}
	text(slotTitle, title, u.Title, maxPageTitle)
	text(slotDescription, c.Description, u.Description, maxDescription)
	text(slotSite, c.Site, u.Site, maxSite)
	canonical, _ := WebAddress(c.Canonical)
	text(slotCanonical, canonical, u.Canonical, MaxAddress)
	text(slotFailed, "", u.Failed, maxReason)
	if c.At > 0 && c.At <= maxTime && c.At != u.Captured {
		edits = append(edits, doc.Put{Path: doc.At(slotCaptured), Value: c.At})
	}
	part := func(slot string, now, was Part) {
		switch {
		case cleanHash(now.Blob) != "" && now.Blob != was.Blob:
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: now.value()})
		case now.Blob == "" && was.Blob != "":
			edits = append(edits, doc.Delete{Path: doc.At(slot)})
		}
	}
	part(slotPicture, c.Picture, u.Picture)
	part(slotIcon, c.Icon, u.Icon)
	part(slotArticle, c.Article, u.Article)
	part(slotArchive, c.Archive, u.Archive)
	if len(edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "capture page", Silent: u.Captured == 0, Edits: edits}, nil
}

// CaptureFailed writes down why a page could not be captured. What was kept of it stays;
// no undo step.
type CaptureFailed struct{ Why string }

// Plan implements doc.Command; ErrNothing when that is known, or nothing is said.
func (c CaptureFailed) Plan(u URL) (doc.Plan, error) {
	why := oneLine(c.Why, maxReason)
	if why == "" || why == u.Failed {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: "capture page", Silent: true, Edits: []doc.Edit{doc.Put{Path: doc.At(slotFailed), Value: why}}}, nil
}
