package renderers

import (
	"math"
	"strconv"
	"strings"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Shape of file cards, in board units.
const (
	filePad  = 16
	fileTile = 48 // the square behind the icon
	fileGap  = 14
)

func fileFace() Typed[cards.File] {
	info, _ := cards.Lookup(cards.KindFile)
	return Typed[cards.File]{
		Info: info, Codec: cards.FileCodec{},
		Paint: paintFile, Natural: naturalFile, Summary: summarizeFile(cards.KindFile),
		Full: newFileFull,
	}
}

// summarizeFile makes summaries of file documents shown as a kind.
func summarizeFile(kind cards.Kind) func(cards.File) Summary {
	return func(v cards.File) Summary {
		s := Summary{Icon: fileIcon(v), Title: titleOf(kind, v), Detail: mediaDetail(v)}
		switch kind {
		case cards.KindImage:
			s.Icon = paint.IconImage
		case cards.KindPDF:
			s.Icon = paint.IconPDF
		case cards.KindAudio:
			s.Icon = paint.IconSound
		case cards.KindVideo:
			s.Icon = paint.IconFilm
		default:
			s.Detail = fileDetail(v)
		}
		return s
	}
}

// fileKinds says how files with each icon are drawn and called.
var fileKinds = map[cards.Icon]struct {
	icon paint.Icon
	noun string
}{
	cards.IconImage:   {paint.IconImage, lang.Key("image")},
	cards.IconPDF:     {paint.IconPDF, lang.Key("document")},
	cards.IconAudio:   {paint.IconSound, lang.Key("audio")},
	cards.IconVideo:   {paint.IconFilm, lang.Key("video")},
	cards.IconText:    {paint.IconText, lang.Key("document")},
	cards.IconCode:    {paint.IconText, lang.Key("source")},
	cards.IconSheet:   {paint.IconText, lang.Key("spreadsheet")},
	cards.IconSlides:  {paint.IconText, lang.Key("presentation")},
	cards.IconArchive: {paint.IconFolder, lang.Key("archive")},
	cards.IconFont:    {paint.IconText, lang.Key("font")},
	cards.IconFile:    {paint.IconFile, lang.Key("file")},
}

func fileIcon(v cards.File) paint.Icon {
	return fileKinds[cards.IconFor(v.MIME, v.Extension)].icon
}

// fileType is "ZIP archive", or "File" where nothing is known.
func fileType(v cards.File) string {
	noun := fileKinds[cards.IconFor(v.MIME, v.Extension)].noun
	if v.Extension != "" {
		return strings.TrimSuffix(lang.Tf("%s %s", strings.ToUpper(v.Extension), lang.T(noun)), " ")
	}
	if noun = lang.T(noun); noun == "" {
		noun = lang.T("file")
	}
	return strings.ToUpper(noun[:1]) + noun[1:]
}

// fileDetail is "ZIP archive · 3.2 MB".
func fileDetail(v cards.File) string {
	switch {
	case v.Size <= 0 && v.Blob == "": // nothing is known of it
		return fileType(v)
	case v.Size <= 0:
		return lang.Tf("%s · empty", fileType(v))
	}
	return fileType(v) + " · " + lang.Size(v.Size)
}

// mediaDetail is "PDF · 12 pages · 3.2 MB"; parts that are unknown are missing.
func mediaDetail(v cards.File) string {
	var parts []string
	add := func(s string, known bool) {
		if known && s != "" {
			parts = append(parts, s)
		}
	}
	switch v.Kind() {
	case cards.KindPDF:
		add("PDF", true)
		add(pagesLabel(v.Pages), true)
	case cards.KindImage:
		add(strings.ToUpper(v.Extension), true)
		add(strconv.Itoa(v.Width)+" × "+strconv.Itoa(v.Height), v.Width > 0 && v.Height > 0)
	case cards.KindAudio, cards.KindVideo:
		add(clock(v.Duration), v.Duration > 0)
		add(strings.ToUpper(v.Extension), true)
		add(strconv.Itoa(v.Width)+" × "+strconv.Itoa(v.Height), v.Width > 0 && v.Height > 0)
	default:
		add(strings.ToUpper(v.Extension), true)
	}
	add(lang.Size(v.Size), v.Size > 0)
	return strings.Join(parts, " · ")
}

// fileName is the title with the extension, as it was dropped.
func fileName(v cards.File) string {
	title := titleOf(v.Kind(), v)
	if v.Extension == "" || v.Title == "" {
		return title
	}
	return title + "." + v.Extension
}

// fileWords lays the two texts of a file card out: its title and what else is said.
func fileWords(sh *paint.Shaper, v cards.File, more string, width float32, lines, moreLines int, pal paint.Palette) (title, detail *paint.Laid) {
	room := max(1, width-2*filePad-fileTile-fileGap)
	title = sh.Plain(titleOf(cards.KindFile, v), paint.Style{Bold: true, Color: pal.Ink}, room,
		paint.Options{MaxLines: lines, LineHeight: 1.3})
	detail = sh.Plain(more, paint.Style{Size: 12, Color: pal.InkMuted}, room, paint.Options{MaxLines: moreLines})
	return title, detail
}

func naturalFile(sh *paint.Shaper, v cards.File, width float32) (w, h float32) {
	info, _ := cards.Lookup(cards.KindFile)
	w = width
	if w <= 0 {
		w = float32(info.Size.W)
	}
	title, detail := fileWords(sh, v, fileDetail(v), w, 2, 1, paint.Light())
	h = 2*filePad + max(fileTile, title.Height+2+detail.Height)
	return w, float32(math.Ceil(float64(h)))
}

func paintFile(s *Sheet, v cards.File) []Hot {
	more, lines := fileDetail(v), 1
	a, coming := s.coming(v)
	if coming {
		more, lines = a.line(v, s.Today), 2
	}
	title, detail := fileWords(s.Shaper, v, more, s.W, 2, lines, s.Pal)
	if title.Height+2+detail.Height > s.H-12 {
		title, detail = fileWords(s.Shaper, v, more, s.W, 1, lines, s.Pal)
	}
	if title.Height+2+detail.Height > s.H-12 {
		title, detail = fileWords(s.Shaper, v, more, s.W, 1, 1, s.Pal)
	}
	side := min(fileTile, s.H-16)
	tile := paint.Rect{X: filePad, Y: (s.H - side) / 2, W: side, H: side}
	paint.FillRoundRect(s.Dst, s.Rect(tile.X, tile.Y, side, side), 6*s.Scale, s.Pal.PaperSunk)
	mark := centred(tile, side/2)
	paint.DrawIcon(s.Dst, fileIcon(v), s.Rect(mark.X, mark.Y, mark.W, mark.H), s.Pal.InkMuted)
	x := s.X + (filePad+fileTile+fileGap)*s.Scale
	y := (s.H - title.Height - 2 - detail.Height) / 2
	title.Draw(s.Dst, x, s.Y+y*s.Scale, s.Scale)
	detail.Draw(s.Dst, x, s.Y+(y+title.Height+2)*s.Scale, s.Scale)
	if coming {
		paintBar(s, filePad, s.H-barHeight-5, s.W-2*filePad, a)
	}
	return nil
}
