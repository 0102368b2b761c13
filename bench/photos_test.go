package main

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"testing"
)

func TestPhoto(t *testing.T) {
	base, err := photo(0)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(base); n < 500<<10 || n > 1500<<10 {
		t.Errorf("a photo has %d bytes", n)
	}
	a, b := withComment(base, "photo 1"), withComment(base, "photo 2")
	if bytes.Equal(a, b) {
		t.Error("two photos are the same file")
	}
	size, err := jpeg.DecodeConfig(bytes.NewReader(a))
	if err != nil || size.Width != photoW || size.Height != photoH {
		t.Errorf("%+v (%v)", size, err)
	}
	if _, err := jpeg.Decode(bytes.NewReader(b)); err != nil {
		t.Error(err)
	}
}

func TestBlank(t *testing.T) {
	picture := image.NewRGBA(image.Rect(10, 20, 410, 320))
	if !blank(picture) {
		t.Error("an empty picture is not blank")
	}
	draw.Draw(picture, image.Rect(200, 150, 220, 170), image.White, image.Point{}, draw.Src)
	if blank(picture) {
		t.Error("a picture with a spot is blank")
	}
}
