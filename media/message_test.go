package media

import (
	"bytes"
	"errors"
	"image"
	"testing"

	"corkboard/internal/lean"
)

func TestReplyRoundTrip(t *testing.T) {
	var b bytes.Buffer
	sent := &reply{Info: Info{Format: "png", Width: 3, Height: 2}, frames: []Frame{{Picture: corners(3, 2)}, {corners(2, 2), 40}}}
	if err := send(&b, sent); err != nil {
		t.Fatal(err)
	}
	got, err := readReply(&b, allowance{pictures: 2, box: Size{3, 2}, pixels: 10})
	if err != nil {
		t.Fatal(err)
	}
	if got.Info != sent.Info || len(got.frames) != 2 || got.frames[1].DelayMS != 40 || b.Len() != 0 {
		t.Errorf("%+v", got)
	}
	if !bytes.Equal(got.frames[0].Picture.Pix, sent.frames[0].Picture.Pix) {
		t.Error("pixels changed")
	}
}

func TestRepliesOutsideTheirAllowance(t *testing.T) {
	picture := func(w, h int) *reply {
		return &reply{frames: []Frame{{Picture: image.NewRGBA(image.Rect(0, 0, w, h))}}}
	}
	word := func(w Word) *reply {
		return &reply{Text: &PageText{Lines: []Line{{Text: "abc", Words: []Word{w}}}}}
	}
	for name, c := range map[string]struct {
		out *reply
		may allowance
	}{
		"no picture allowed": {picture(1, 1), allowance{}},
		"too wide":           {picture(5, 1), allowance{pictures: 1, box: Size{4, 4}, pixels: 100}},
		"too many pixels":    {picture(4, 4), allowance{pictures: 1, box: Size{4, 4}, pixels: 15}},
		"text too long":      {&reply{body: []byte("four")}, allowance{body: 3}},
		"negative width":     {&reply{Info: Info{Width: -1}}, allowance{}},
		"no pages":           {&reply{PDF: &PDFInfo{}}, allowance{}},
		"fewer pages":        {&reply{PDF: &PDFInfo{Pages: 1, Sizes: make([]PointSize, 2)}}, allowance{}},
		"word past its line": {word(Word{Start: 1, End: 4}), allowance{}},
		"word backwards":     {word(Word{Start: 2, End: 1}), allowance{}},
		"word far away":      {word(Word{Start: 0, End: 1, Rect: Rect{X1: 1e300}}), allowance{}},
	} {
		var b bytes.Buffer
		if err := send(&b, c.out); err != nil {
			t.Fatal(err)
		}
		if _, err := readReply(&b, c.may); !errors.Is(err, errProtocol) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadReply(f *testing.F) {
	var b bytes.Buffer
	_ = send(&b, &reply{Info: Info{Format: "png"}, frames: []Frame{{Picture: corners(3, 2)}}})
	f.Add(b.Bytes())
	b.Reset()
	_ = send(&b, &reply{Text: &PageText{Text: "a\n", Lines: []Line{{Text: "a", Words: []Word{{0, 1, Rect{0, 0, 1, 1}}}}}}, body: []byte("body")})
	f.Add(b.Bytes())
	may := allowance{pictures: 2, box: Size{64, 64}, pixels: 4096, body: 1000}
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		out, err := readReply(bytes.NewReader(data), may)
		if err != nil {
			return
		}
		if len(out.frames) > may.pictures || int64(len(out.body)) > may.body {
			t.Fatalf("%d pictures, %d bytes", len(out.frames), len(out.body))
		}
		for _, fr := range out.frames {
			if r := fr.Picture.Rect; r.Dx() > 64 || r.Dy() > 64 || len(fr.Picture.Pix) != 4*r.Dx()*r.Dy() {
				t.Fatalf("picture %v", r)
			}
		}
	}))
}
