package ui

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"corkboard/board"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// The sheet of keys and gestures.
const (
	sheetWidth  = 900
	sheetHeight = 700
	sheetPad    = 24
	sheetColumn = 340 // a column is never narrower while there are two
	sheetGap    = 32  // between columns
	sheetRow    = 8   // between rows
	sheetKeys   = 0.55
)

// showConventions is the sheet of keys, made from the table that the board
// itself looks keys up in.
func (w *Window) showConventions() {
	rows := sheetRows(board.Conventions, w.keys)
	scroll := container.NewVScroll(nil)
	title := heading(lang.T("Keys and gestures"), w.env)
	title.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	shut := w.closeButton()
	bar := container.NewBorder(nil, nil, container.New(inset{sheetPad, 14}, title), container.New(inset{8, 8}, shut))
	place := middleOf(fyne.NewSize(sheetWidth, sheetHeight))
	width := float32(0)
	m := newModal(w, container.NewBorder(bar, nil, nil, nil, scroll), true, func(window fyne.Size) (fyne.Position, fyne.Size) {
		at, size := place(window)
		if size.Width != width { // laid for this width
			width = size.Width
			scroll.Content = laySheet(rows, width, w.env.Palette())
			scroll.Refresh()
		}
		return at, size
	})
	m.runes = func(r rune) {
		if r == '?' {
			w.closeModal()
		}
	}
	m.keys = func(e *fyne.KeyEvent) { scrollBy(scroll, e.Name) }
	m.open(nil)
}

// scrollBy moves a page with the keys.
func scrollBy(s *container.Scroll, key fyne.KeyName) {
	by := map[fyne.KeyName]float32{
		fyne.KeyDown: 40, fyne.KeyUp: -40, fyne.KeyPageDown: s.Size().Height - 40, fyne.KeyPageUp: 40 - s.Size().Height,
		fyne.KeyHome: -s.Offset.Y, fyne.KeyEnd: s.Content.MinSize().Height,
	}[key]
	if by != 0 {
		s.ScrollToOffset(fyne.NewPos(0, max(0, min(s.Offset.Y+by, s.Content.MinSize().Height-s.Size().Height))))
	}
}

// sheetLine is one line of the sheet.
type sheetLine struct {
	group, action, hand string
	chords              []board.Chord
	arrows              bool // the chords differ in their arrows only
}

// sheetRows is the table with the keys that are in use. Rows that differ in an
// arrow only are one.
func sheetRows(table []board.Row, keys *board.Keymap) []sheetLine {
	var out []sheetLine
	last := "" // what the arrows of the line before have in common
	for _, row := range table {
		line := sheetLine{group: row.Group, action: row.Action, hand: handWords(lang.Below(row.Hand)), chords: shownChords(keys.Chords(row.ID))}
		stem, way := arrowRow(row.ID)
		if way == "" {
			last = ""
			out = append(out, line)
			continue
		}
		if stem == last {
			joined := &out[len(out)-1]
			joined.chords = append(joined.chords, line.chords...)
			continue
		}
		last, line.arrows = stem, true
		line.action = strings.TrimSuffix(line.action, " "+way)
		out = append(out, line)
	}
	for i := range out {
		out[i].group, out[i].action = lang.Below(out[i].group), lang.Below(out[i].action)
		out[i].arrows = out[i].arrows && onlyArrows(out[i].chords)
	}
	return out
}

// shownChords leaves out what says the same once more: a sign with Shift, for
// keyboards that have it there.
func shownChords(chords []board.Chord) []board.Chord {
	var out []board.Chord
	for i, c := range chords {
		sign := len([]rune(c.Name)) == 1 && !unicode.IsLetter([]rune(c.Name)[0])
		if i == 0 || !sign || !c.Mods.Has(board.Shift) {
			out = append(out, c)
		}
	}
	return out
}

// arrowRow takes the id of a row for one of four directions apart.
func arrowRow(id string) (stem, way string) {
	for _, way := range []string{"left", "right", "up", "down"} {
		if stem, ok := strings.CutSuffix(id, "-"+way); ok && !strings.HasPrefix(id, "align") {
			return stem, way
		}
	}
	return "", ""
}

// onlyArrows reports whether chords are arrows with the same modifiers.
func onlyArrows(chords []board.Chord) bool {
	for _, c := range chords {
		if c.Mods != chords[0].Mods || !strings.Contains("Left Right Up Down", c.Name) {
			return false
		}
	}
	return len(chords) > 1
}

// boxes draws what is to be done for a line.
func (l sheetLine) boxes(pal paint.Palette) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, word := range strings.Fields(l.hand) {
		out = append(out, wordOf(word, pal))
	}
	if len(out) > 0 && len(l.chords) > 0 {
		out = append(out, wordOf(lang.T("or"), pal))
	}
	if !l.arrows {
		return append(out, chordBoxes(l.chords, pal)...)
	}
	for _, name := range chordCaps(l.chords[0]) {
		out = append(out, newKeycap(name, pal))
	}
	for _, c := range l.chords[1:] {
		caps := chordCaps(c)
		out = append(out, newKeycap(caps[len(caps)-1], pal))
	}
	return out
}

// laySheet lays groups in one column or two, each where there is more room.
func laySheet(rows []sheetLine, width float32, pal paint.Palette) fyne.CanvasObject {
	columns := 1
	if width >= 2*sheetColumn+sheetGap+2*sheetPad {
		columns = 2
	}
	each := (width - 2*sheetPad - float32(columns-1)*sheetGap) / float32(columns)
	page := container.NewWithoutLayout()
	heights := make([]float32, columns)
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && rows[to].group == rows[from].group {
			to++
		}
		column := 0
		for i := range heights {
			if heights[i] < heights[column] {
				column = i
			}
		}
		x := sheetPad + float32(column)*(each+sheetGap)
		heights[column] = layGroup(page, rows[from:to], fyne.NewPos(x, heights[column]), each, pal)
		from = to
	}
	end := float32(0)
	for _, h := range heights {
		end = max(end, h)
	}
	return container.New(tall{end + sheetPad}, page)
}

// layGroup puts a heading and its rows on a page and gives where they end.
func layGroup(page *fyne.Container, rows []sheetLine, at fyne.Position, width float32, pal paint.Palette) float32 {
	title := canvas.NewText(rows[0].group, pal.InkMuted)
	title.TextSize, title.TextStyle.Bold = 13, true
	title.Move(at)
	page.Add(title)
	y := at.Y + title.MinSize().Height + sheetRow
	for _, row := range rows {
		left := width * (1 - sheetKeys)
		action := flow{gap: 4}
		keys := flow{gap: capGap}
		words := inkWords(row.action, pal)
		boxes := row.boxes(pal)
		h := action.place(words, left-12, func(o fyne.CanvasObject, p fyne.Position) { put(page, o, p.Add(fyne.NewPos(at.X, y+2))) })
		down := float32(0)
		if len(row.chords) == 0 {
			down = 3 // words alone stand level with the action
		}
		h = max(h+4, keys.place(boxes, width-left, func(o fyne.CanvasObject, p fyne.Position) {
			put(page, o, p.Add(fyne.NewPos(at.X+left, y+down)))
		})+down)
		y += h + sheetRow
	}
	return y + 2*sheetRow
}

func put(page *fyne.Container, o fyne.CanvasObject, at fyne.Position) {
	o.Move(at)
	o.Resize(o.MinSize())
	page.Add(o)
}

func inkWords(s string, pal paint.Palette) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, word := range strings.Fields(s) {
		t := canvas.NewText(word, pal.Ink)
		t.TextSize = 13
		out = append(out, t)
	}
	return out
}

// tall is a layout that is as high as it says and lets its objects lie.
type tall struct{ height float32 }

// MinSize implements fyne.Layout.
func (t tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, t.height) }

// Layout implements fyne.Layout.
func (t tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}
