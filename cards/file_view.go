package cards

// FileView is what a painter draws of a file, whichever kind.
type FileView struct {
	Title   string // never empty
	Icon    Icon
	Average string // #rrggbb or "": shown until the picture is there
	Caption string
	Blob    string // hex SHA-256; "" when there is nothing to fetch
	Moves   bool   // an animation
}

// View makes the view of the file.
func (f File) View() FileView {
	return FileView{
		Title:   TitleOf(f.Kind(), f),
		Icon:    IconFor(f.MIME, f.Extension),
		Average: f.Average,
		Caption: f.Caption,
		Blob:    f.Blob,
		Moves:   f.Animated,
	}
}

// foot is the height of the line below the picture.
func (f File) foot() float64 {
	switch f.Kind() {
	case KindPDF:
		return PDFFooter
	case KindVideo:
		return VideoFooter
	}
	return 0
}

// maxAspect bounds how many times as high as wide (or as wide as high) a new
// card may be.
const maxAspect = 3

// CardSize is the size of a new card that shows the file: the kind's width,
// as high as the picture or page asks.
func (f File) CardSize() Size {
	info, _ := Lookup(f.Kind())
	size := info.Size
	if f.Width <= 0 || f.Height <= 0 || !info.KeepsRatio {
		return size
	}
	ratio := min(max(float64(f.Height)/float64(f.Width), 1./maxAspect), maxAspect)
	if f.Kind() == KindImage { // a small picture is not blown up
		size.W = min(size.W, float64(max(f.Width, f.Height)))
	}
	size.H = size.W * ratio
	if foot := f.foot(); foot > 0 {
		size.H += foot
	} else if size.H > size.W { // an upright picture is as high as a flat one is wide
		size.W, size.H = size.W/ratio, size.W
	}
	return Size{W: max(size.W, info.Min.W), H: max(size.H, info.Min.H)}
}
