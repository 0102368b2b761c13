package paint

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"

	"corkboard/assets"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/vector"
)

// typeface is one parsed font. The font itself is immutable; faces, which cache, are pooled.
type typeface struct {
	font  *font.Font
	upem  float32
	faces sync.Pool // *font.Face
}

func (t *typeface) face() *font.Face {
	if f, ok := t.faces.Get().(*font.Face); ok {
		return f
	}
	return font.NewFace(t.font)
}

// fontSet is the fonts of one moment: the embedded ones and the fallbacks handed over so far.
type fontSet struct {
	regular, bold, italic, boldItalic, mono *typeface
	fallback                                []*typeface
	ascent, descent                         float32 // of Inter, in em; every line is placed by them
}

var current atomic.Pointer[fontSet]

var embedded = sync.OnceValues(func() (*fontSet, error) {
	set := &fontSet{ascent: 0.97, descent: 0.24}
	var firstErr error
	parse := func(name string, data []byte) *typeface {
		t, err := parseFont(data)
		if err != nil && firstErr == nil {
			firstErr = fmt.Errorf("paint: parse embedded font %s: %w", name, err)
		}
		return t
	}
	set.regular = parse("Inter Regular", assets.InterRegular)
	set.bold = parse("Inter SemiBold", assets.InterSemiBold)
	set.italic = parse("Inter Italic", assets.InterItalic)
	set.boldItalic = parse("Inter SemiBold Italic", assets.InterSemiBoldItalic)
	set.mono = parse("JetBrains Mono", assets.JetBrainsMono)
	if t := set.regular; t != nil {
		if e, ok := font.NewFace(t.font).FontHExtents(); ok {
			set.ascent, set.descent = e.Ascender/t.upem, -e.Descender/t.upem
		}
	}
	return set, firstErr
})

func parseFont(data []byte) (*typeface, error) {
	faces, err := font.ParseTTC(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if len(faces) == 0 {
		return nil, fmt.Errorf("paint: a font file without fonts")
	}
	upem := float32(faces[0].Font.Upem())
	if upem <= 0 {
		return nil, fmt.Errorf("paint: a font of %v units per em", upem)
	}
	return &typeface{font: faces[0].Font, upem: upem}, nil
}

// fonts returns the set in force. Blocks for the parse of the embedded fonts on first use.
func fonts() *fontSet {
	if s := current.Load(); s != nil {
		return s
	}
	s, _ := embedded() // FontError tells of a failure; text without fonts is laid out blank
	current.CompareAndSwap(nil, s)
	return current.Load()
}

// FontError is the reason why an embedded font could not be parsed, or nil.
func FontError() error {
	_, err := embedded()
	return err
}

// SetFallback sets the fonts (TTF, OTF or TTC file contents, kept) that are asked, in order, for
// glyphs that Inter and JetBrains Mono lack. Those that do not parse are left out and the first
// such error is returned. Call it from any goroutine; layouts made before keep what they have.
func SetFallback(data ...[]byte) error {
	set := *fonts()
	set.fallback = nil
	var firstErr error
	for i, d := range data {
		t, err := parseFont(d)
		if err != nil {
			if firstErr == nil {
				firstErr = fmt.Errorf("paint: parse fallback font %d: %w", i, err)
			}
			continue
		}
		set.fallback = append(set.fallback, t)
	}
	current.Store(&set)
	return firstErr
}

// slot names the embedded font of a style.
type slot uint8

const (
	slotRegular slot = iota
	slotBold
	slotItalic
	slotBoldItalic
	slotMono
)

func (s Style) slot() slot {
	if s.Mono {
		return slotMono
	}
	var n slot
	if s.Bold {
		n |= slotBold
	}
	if s.Italic {
		n |= slotItalic
	}
	return n
}

// chain lists the fonts to ask for a glyph, best first; never nil entries.
func (f *fontSet) chain(s slot) []*typeface {
	first := [...]*typeface{f.regular, f.bold, f.italic, f.boldItalic, f.mono}[s]
	second := f.mono
	if s == slotMono {
		second = f.regular
	}
	all := make([]*typeface, 0, 2+len(f.fallback))
	for _, t := range append([]*typeface{first, second}, f.fallback...) {
		if t != nil {
			all = append(all, t)
		}
	}
	return all
}

// rasterizers are reused by glyphs and shapes alike.
var rasterizers = sync.Pool{New: func() any { return new(vector.Rasterizer) }}
