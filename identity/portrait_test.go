package identity

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"corkboard/identity/portrait"
	"corkboard/record"
)

func TestAPictureIsKeptInAProfile(t *testing.T) {
	m := image.NewNRGBA(image.Rect(5, 5, 5+portrait.Side, 5+portrait.Side))
	for y := range portrait.Side {
		for x := range portrait.Side {
			m.Set(5+x, 5+y, color.NRGBA{byte(4 * x), byte(4 * y), 0x80, 0xff})
		}
	}
	m.Set(5, 5, color.Transparent)
	a := newTestDevice(t, 1)
	l := found(t, a)
	raw, err := l.SetProfile(a, 1, Profile{Name: "Ada", Picture: portrait.Of(m)})
	must(t, raw, err)
	got := portrait.Image(l.State().Profile.Picture)
	if got == nil || got.Bounds().Dx() != portrait.Side || got.Bounds().Dy() != portrait.Side {
		t.Fatalf("%v", got)
	}
	for _, at := range []image.Point{{1, 40}, {30, 31}, {63, 63}} {
		was, is := m.NRGBAAt(5+at.X, 5+at.Y), color.NRGBAModel.Convert(got.At(at.X, at.Y)).(color.NRGBA)
		for i, d := range []int{int(was.R) - int(is.R), int(was.G) - int(is.G), int(was.B) - int(is.B)} {
			if d < -8 || d > 8 {
				t.Errorf("%v, part %d: %v became %v", at, i, was, is)
			}
		}
	}
	if portrait.Image("") != nil {
		t.Error("a picture of nothing")
	}
	if _, err := l.SetProfile(a, 2, Profile{Name: "Ada", Picture: "short"}); !errors.Is(err, record.ErrMalformed) {
		t.Errorf("a picture that is cut: %v", err)
	}
}
