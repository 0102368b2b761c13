package media

import (
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		head, name string
		kind       Kind
		mime       string
	}{
		{"", "x.png", KindOther, "application/octet-stream"},
		{"\x89PNG\r\n\x1a\n....", "x.txt", KindImage, "image/png"},
		{"\xff\xd8\xff\xe0", "", KindImage, "image/jpeg"},
		{"GIF89a", "", KindImage, "image/gif"},
		{"RIFF\x01\x02\x03\x04WEBPVP8 ", "", KindImage, "image/webp"},
		{"RIFF\x01\x02\x03\x04WAVE", "", KindSound, "audio/wav"},
		{"BM\x01\x02\x03\x04\x00\x00\x00\x00", "", KindImage, "image/bmp"},
		{"BMW drivers", "cars.txt", KindText, "text/plain"},
		{"II*\x00", "", KindImage, "image/tiff"},
		{"MM\x00*", "", KindImage, "image/tiff"},
		{"%PDF-1.7", "x.png", KindPDF, "application/pdf"},
		{"junk\n%PDF-1.7", "", KindPDF, "application/pdf"},
		{"<svg xmlns=", "", KindImage, "image/svg+xml"},
		{"\xef\xbb\xbf \n<?xml version='1.0'?>\n<svg>", "", KindImage, "image/svg+xml"},
		{"<!DOCTYPE html><p>", "x.html", KindText, "text/html"},
		{"<p><svg>", "x", KindText, "text/plain"},
		{"# Title", "Read.MD", KindText, "text/markdown"},
		{"größer", "", KindText, "text/plain"},
		{"gr\xc3", "", KindText, "text/plain"}, // cut within a rune
		{"\xc3", "", KindOther, "application/octet-stream"},
		{"a\x00b", "x.txt", KindOther, "application/octet-stream"},
		{"PK\x03\x04", "x.docx", KindOther, "application/zip"},
		{"\x00\x00\x00\x18ftypmp42", "", KindFilm, "video/mp4"},
		{"\x00\x00\x00\x18ftypM4A ", "", KindSound, "audio/mp4"},
		{"\x00\x00\x00\x18ftypheic", "", KindOther, "image/heic"},
		{"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm", "", KindFilm, "video/webm"},
		{"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "", KindFilm, "video/x-matroska"},
		{"OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead", "", KindSound, "audio/ogg"},
		{"OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x2a\x80theora", "", KindFilm, "video/ogg"},
		{"OggS\x00\x02", "", KindOther, "application/ogg"},
		{"\xff\xfb\xe0\x64" + strings.Repeat("\x00", 40), "", KindOther, "application/octet-stream"},
		{"\xff\xfb\xe0\x64" + strings.Repeat("\x00", 40), "a song.MP3", KindSound, "audio/mpeg"},
		{"\xff\xfb\x10\x64" + strings.Repeat("\x00", 100) + "\xff\xfb\x10\x64", "", KindSound, "audio/mpeg"},
		{"\xff\xfe\x00\x00hello", "x.mp3", KindOther, "application/octet-stream"},
		{strings.Repeat(" ", SniffLen) + "%PDF-", "", KindText, "text/plain"},
	} {
		if kind, mime := Sniff([]byte(c.head), c.name); kind != c.kind || mime != c.mime {
			t.Errorf("%.20q %q: %v %s, want %v %s", c.head, c.name, kind, mime, c.kind, c.mime)
		}
	}
}
