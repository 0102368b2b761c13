package renderers

import (
	"image/color"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// Registry finds the face of a content type. It is made once and read-only.
type Registry struct{ faces map[string]*Face }

// NewRegistry lists every content type: a new one is one line here.
func NewRegistry() *Registry {
	return registryOf(
		Erase(textFace()),
		Erase(todoFace()),
		Erase(threadFace()),
		Erase(imageFace()),
		Erase(pdfFace()),
		Erase(audioFace()),
		Erase(videoFace()),
		Erase(fileFace()),
		Erase(urlFace()),
		Erase(boardFace()),
		Erase(frameFace()),
		Erase(columnFace()),
		Erase(inkFace()),
		Erase(contactFace()),
		Erase(deviceFace()),
		Erase(storagePeerFace()),
	)
}

func registryOf(faces ...*Face) *Registry {
	r := &Registry{faces: make(map[string]*Face, len(faces))}
	for _, f := range faces {
		r.faces[string(f.Info.Kind)] = f
	}
	return r
}

// Face is the face of a kind; an unknown kind gets a placeholder that says so
// and leaves the document alone.
func (r *Registry) Face(kind string) *Face {
	if f, ok := r.faces[kind]; ok {
		return f
	}
	info, _ := cards.Lookup(kind)
	info.Kind = cards.Kind(kind)
	return &Face{
		Info: info, Unknown: true,
		View:    doc.View{Name: "unknown", Decode: func(doc.Source) any { return nil }, Update: func(any, []doc.Path, doc.Source) any { return nil }},
		natural: func(*paint.Shaper, any, float32) (w, h float32) { return float32(info.Size.W), float32(info.Size.H) },
		summary: func(any) Summary { return Summary{Icon: paint.IconFile, Title: lang.T("Unknown card"), Detail: kind} },
		block:   func(_ any, pal paint.Palette) color.RGBA { return pal.Paper },
		empty:   func(any) bool { return false },
		paint: func(s *Sheet, _ any) []Hot {
			paintTrouble(s, lang.T("Unknown card"), lang.Tf("This version cannot draw cards of type “%s”. What is in it is kept.", kind))
			return nil
		},
	}
}

// paintTrouble fills a card with a title and a sentence.
func paintTrouble(s *Sheet, title, sentence string) {
	paint.FillRoundRect(s.Dst, s.Rect(0, 0, s.W, s.H), 7*s.Scale, s.Pal.Paper)
	icon := s.Rect(12, 12, 20, 20)
	paint.DrawIcon(s.Dst, paint.IconWarning, icon, s.Pal.Warning)
	sh := s.Shaper
	head := sh.Plain(title, paint.Style{Bold: true, Color: s.Pal.Ink}, s.W-52, paint.Options{MaxLines: 1})
	head.Draw(s.Dst, s.X+40*s.Scale, s.Y+12*s.Scale, s.Scale)
	lines := int(max(1, (s.H-44)/20))
	body := sh.Plain(sentence, paint.Style{Size: 13, Color: s.Pal.InkMuted}, s.W-24, paint.Options{MaxLines: lines})
	body.Draw(s.Dst, s.X+12*s.Scale, s.Y+40*s.Scale, s.Scale)
}
