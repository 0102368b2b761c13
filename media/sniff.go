package media

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"corkboard/media/sound"
)

// Kind is what can be done with a file.
type Kind int

const (
	KindOther Kind = iota // nothing here: kept and handed out as it is
	KindImage             // Image, Probe; Frames for a GIF
	KindPDF               // Page, PDFInfo, Text, Probe
	KindText              // plain text or Markdown, valid UTF-8
	KindSound             // Probe, where package sound reads it
	KindFilm              // Probe and, where there is a poster, Image
)

// SniffLen is the number of leading bytes that Sniff looks at.
const SniffLen = 1024

// oggHead is what comes before the first packet of an Ogg file: a page with one piece.
const oggHead = "OggS\x00\x02????????????????????\x01?"

// signatures are tried in order; a '?' matches any byte.
var signatures = []struct {
	magic, mime string
	kind        Kind
}{
	{"\x89PNG\r\n\x1a\n", "image/png", KindImage},
	{"\xff\xd8\xff", "image/jpeg", KindImage},
	{"GIF87a", "image/gif", KindImage},
	{"GIF89a", "image/gif", KindImage},
	{"RIFF????WEBP", "image/webp", KindImage},
	{"BM????\x00\x00\x00\x00", "image/bmp", KindImage},
	{"II*\x00", "image/tiff", KindImage},
	{"MM\x00*", "image/tiff", KindImage},
	{"PK\x03\x04", "application/zip", KindOther},
	{"PK\x05\x06", "application/zip", KindOther},
	{"\x1f\x8b", "application/gzip", KindOther},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", KindOther},
	{"ID3", "audio/mpeg", KindSound},
	{"fLaC", "audio/flac", KindSound},
	{"RIFF????WAVE", "audio/wav", KindSound},
	{"FORM????AIFF", "audio/aiff", KindSound},
	{"FORM????AIFC", "audio/aiff", KindSound},
	{"MThd", "audio/midi", KindSound},
	{"#!AMR", "audio/amr", KindSound},
	{oggHead + "OpusHead", "audio/ogg", KindSound},
	{oggHead + "\x01vorbis", "audio/ogg", KindSound},
	{oggHead + "Speex", "audio/ogg", KindSound},
	{oggHead + "\x7fFLAC", "audio/ogg", KindSound},
	{oggHead + "\x80theora", "video/ogg", KindFilm},
	{oggHead + "fishead", "video/ogg", KindFilm},
	{"OggS", "application/ogg", KindOther},
	{"????ftypM4A", "audio/mp4", KindSound},
	{"????ftypM4B", "audio/mp4", KindSound},
	{"????ftypqt  ", "video/quicktime", KindFilm},
	{"????ftyphei", "image/heic", KindOther},
	{"????ftypmif1", "image/heic", KindOther},
	{"????ftypavi", "image/avif", KindOther},
	{"????ftyp", "video/mp4", KindFilm},
	{"RIFF????AVI ", "video/x-msvideo", KindFilm},
	{"\x00\x00\x01\xba", "video/mpeg", KindFilm},
	{"\x00\x00\x01\xb3", "video/mpeg", KindFilm},
	{"FLV\x01", "video/x-flv", KindFilm},
}

// textTypes refines plain text by the name, where content cannot tell.
var textTypes = map[string]string{
	".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".html": "text/html",
	".htm": "text/html", ".json": "application/json", ".xml": "text/xml", ".css": "text/css",
}

// Sniff tells what a file is by its first bytes (up to SniffLen) and, for text, its name;
// any name is fine, also none. It is pure and gives KindOther and a MIME type of
// application/octet-stream for what it does not know.
func Sniff(head []byte, name string) (Kind, string) {
	head = head[:min(len(head), SniffLen)]
	for _, s := range signatures {
		if matches(head, s.magic) {
			return s.kind, s.mime
		}
	}
	if bytes.HasPrefix(head, []byte("\x1aE\xdf\xa3")) {
		if bytes.Contains(head[:min(len(head), 64)], []byte("matroska")) {
			return KindFilm, "video/x-matroska"
		}
		return KindFilm, "video/webm"
	}
	if t := sound.Frames(head, strings.EqualFold(filepath.Ext(name), ".mp3")); t != "" {
		return KindSound, t
	}
	// Readers accept junk before a PDF's header, and so do the programs that write it.
	if bytes.Contains(head, []byte("%PDF-")) {
		return KindPDF, "application/pdf"
	}
	if isSVG(head) {
		return KindImage, "image/svg+xml"
	}
	if !isText(head) {
		return KindOther, "application/octet-stream"
	}
	if t, ok := textTypes[strings.ToLower(filepath.Ext(name))]; ok {
		return KindText, t
	}
	return KindText, "text/plain"
}

func matches(head []byte, magic string) bool {
	if len(head) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}

func isSVG(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	if bytes.HasPrefix(head, []byte("<svg")) {
		return true
	}
	prologue := bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<!"))
	return prologue && bytes.Contains(head, []byte("<svg"))
}

// isText wants UTF-8 without control characters; a rune cut by the end of head is no fault.
func isText(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 {
			return i > 0 && !utf8.FullRune(head[i:])
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' {
			return false
		}
		i += n
	}
	return true
}
