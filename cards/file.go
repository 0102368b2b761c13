package cards

import (
	"slices"
	"strings"

	"corkboard/doc"
)

// Limits of what a file document may claim; larger claims count as unknown.
const (
	maxSide  = 1 << 20 // pixels
	maxPages = 1 << 20
	maxBytes = 1 << 50
	maxTime  = 1 << 53 // ms
	maxMIME  = 127
	maxSound = 1 << 42 // ms of a sound or a film
	maxBars  = 120     // of a waveform
)

// File is the document behind image, pdf, audio, video and file cards: what is known of a
// file whose bytes are kept elsewhere under their hash. Zero means unknown.
type File struct {
	Title     string // the file's name without extension
	Extension string // lower case, without dot
	MIME      string // lower case, without parameters
	Blob      string // hex SHA-256 of the bytes
	Size      int64  // bytes
	Key       Secret // hex, 32 bytes: seals the bytes when they travel
	Pieces    string // hex SHA-256 over the hashes of the pieces in which they travel
	Width     int    // pixels, of the picture or the first page
	Height    int
	Pages     int
	Average   string // mean colour #rrggbb, shown until the picture is there
	Animated  bool
	Duration  int64  // ms, of a sound or a film
	Bars      string // how loud each part of a sound is, a character each: see Loud
	Captured  int64  // ms since 1970 UTC
	Caption   string

	captionMerges bool // the caption slot holds a Text
}

// Slots of a file document.
const (
	slotExtension = "extension"
	slotMIME      = "mime"
	slotBlob      = "blob"
	slotSize      = "size"
	slotKey       = "key"
	slotPieces    = "pieces"
	slotWidth     = "width"
	slotHeight    = "height"
	slotPages     = "pages"
	slotAverage   = "average"
	slotAnimated  = "animated"
	slotDuration  = "duration"
	slotBars      = "bars"
	slotCaptured  = "capturedAt"
	slotCaption   = "caption"
)

var captionPath = doc.At(slotCaption)

// FileCodec reads file documents. Whatever it returns is safe to show: names
// are cleaned, sizes are bounded, a hash is a hash.
type FileCodec struct{}

// Decode implements doc.Codec.
func (FileCodec) Decode(src doc.Source) File {
	get := func(slot string) doc.Value {
		v, _ := src.Value(doc.At(slot))
		return v
	}
	f := File{
		Title:     CleanName(stringOf(get(slotTitle))),
		Extension: cleanExtension(stringOf(get(slotExtension))),
		MIME:      cleanMIME(stringOf(get(slotMIME))),
		Blob:      cleanHash(stringOf(get(slotBlob))),
		Size:      intOf(get(slotSize), maxBytes),
		Key:       Secret(cleanHash(stringOf(get(slotKey)))),
		Pieces:    cleanHash(stringOf(get(slotPieces))),
		Width:     int(intOf(get(slotWidth), maxSide)),
		Height:    int(intOf(get(slotHeight), maxSide)),
		Pages:     int(intOf(get(slotPages), maxPages)),
		Average:   cleanColour(stringOf(get(slotAverage))),
		Duration:  intOf(get(slotDuration), maxSound),
		Bars:      cleanBars(stringOf(get(slotBars))),
		Captured:  intOf(get(slotCaptured), maxTime),
	}
	f.Animated, _ = get(slotAnimated).(bool)
	f.Caption, f.captionMerges = readText(src, captionPath)
	return f
}

// Update implements doc.Codec. Reading a dozen slots again costs no more than
// finding out which.
func (c FileCodec) Update(prev File, touched []doc.Path, src doc.Source) File {
	if slices.ContainsFunc(touched, isNoComment) {
		return c.Decode(src)
	}
	return prev
}

// NewFile is the first change of a file document; unknown facts are left out.
func NewFile(f File) []doc.Edit {
	edits := []doc.Edit{
		doc.Put{Path: titlePath, Value: CleanName(f.Title)},
		doc.Put{Path: captionPath, Value: doc.Text(f.Caption)},
	}
	put := func(slot string, v doc.Value, known bool) {
		if known {
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: v})
		}
	}
	put(slotExtension, cleanExtension(f.Extension), f.Extension != "")
	put(slotMIME, cleanMIME(f.MIME), f.MIME != "")
	put(slotBlob, cleanHash(f.Blob), f.Blob != "")
	put(slotSize, f.Size, f.Size > 0)
	put(slotKey, cleanHash(string(f.Key)), f.Key != "")
	put(slotPieces, cleanHash(f.Pieces), f.Pieces != "")
	put(slotWidth, int64(f.Width), f.Width > 0)
	put(slotHeight, int64(f.Height), f.Height > 0)
	put(slotPages, int64(f.Pages), f.Pages > 0)
	put(slotAverage, cleanColour(f.Average), f.Average != "")
	put(slotAnimated, true, f.Animated)
	put(slotDuration, f.Duration, f.Duration > 0)
	put(slotBars, cleanBars(f.Bars), f.Bars != "")
	put(slotCaptured, f.Captured, f.Captured > 0)
	return edits
}

// Kind is the kind of card that draws the file.
func (f File) Kind() Kind { return KindFor(f.MIME) }

// CardTitle implements Titled.
func (f File) CardTitle() string {
	if f.Title == "" {
		return oneLine(f.Caption, MaxTitle)
	}
	return f.Title
}

func cleanExtension(s string) string {
	s = strings.ToLower(strings.TrimPrefix(s, "."))
	if len(s) > maxExtension || strings.ContainsFunc(s, notAlphanumeric) {
		return ""
	}
	return s
}

func cleanMIME(s string) string {
	s, _, _ = strings.Cut(s, ";")
	s = strings.ToLower(strings.TrimSpace(s))
	strange := func(r rune) bool { return r <= ' ' || r > '~' }
	if len(s) > maxMIME || strings.Count(s, "/") != 1 || strings.ContainsFunc(s, strange) {
		return ""
	}
	return s
}

func cleanHash(s string) string {
	if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	return s
}

// Loud is how loud the part of a sound is that a character of File.Bars stands for, from 0 to 1.
func Loud(bar byte) float64 { return float64(bar-silentBar) / loudestBar }

const (
	silentBar  = '0'
	loudestBar = 63
)

func cleanBars(s string) string {
	strange := func(r rune) bool { return r < silentBar || r > silentBar+loudestBar }
	if len(s) > maxBars || strings.ContainsFunc(s, strange) {
		return ""
	}
	return s
}

func cleanColour(s string) string {
	s = strings.ToLower(s)
	if len(s) != 7 || s[0] != '#' || strings.Trim(s[1:], "0123456789abcdef") != "" {
		return ""
	}
	return s
}
