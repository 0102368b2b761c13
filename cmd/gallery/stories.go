package main

import (
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
)

// today is the day of all stories.
const today = "2026-03-11"

// story is a document with something to see.
type story struct {
	name  string // of its golden files
	kind  string
	edits []doc.Edit
	// coming is how far its file has come; nil where all of it is here.
	coming *renderers.Arriving
}

// stories holds one entry for each content type, and what is no type at all.
var stories = []story{
	{name: "text", kind: cards.KindText, edits: cards.NewText(`# Harbour walk

Meet at the **old bridge**, bring _good shoes_ and the map from
[the museum](https://example.org/map).

- three hours, mostly flat
- tea on the way

> Rain moves it to Sunday.

` + "```\nferry 09:40\n```\n")},
	{name: "todo", kind: cards.KindTodo, edits: append(
		cards.NewTodo("Before the trip",
			cards.NewItem{ID: "a", Text: "Book the ferry", Done: true},
			cards.NewItem{ID: "b", Text: "Ask Mira for the big tent and the stove that goes with it"},
			cards.NewItem{ID: "c", Text: "Water the plants"}),
		doc.Put{Path: doc.At("items", "b", "due"), Value: "2026-03-09"},
		doc.Put{Path: doc.At("items", "c", "due"), Value: "2026-03-14"})},
	{name: "image", kind: cards.KindImage, edits: file(cards.File{
		Title: "Harbour", Extension: "jpg", MIME: "image/jpeg", Size: 2_400_000,
		Width: 1600, Height: 1200, Average: "#7d92a8", Caption: "The harbour at six in the morning",
	})},
	{name: "pdf", kind: cards.KindPDF, edits: file(cards.File{
		Title: "Timetable", Extension: "pdf", MIME: "application/pdf", Size: 180_000,
		Width: 595, Height: 842, Pages: 12,
	})},
	{name: "file", kind: cards.KindFile, edits: file(cards.File{
		Title: "Tracks of last year", Extension: "zip", MIME: "application/zip", Size: 48_300_000,
	})},
	{name: "image_coming", kind: cards.KindImage, edits: file(cards.File{
		Title: "Harbour at night", Extension: "jpg", MIME: "image/jpeg", Size: 8_200_000, Width: 1600, Height: 1200,
	}), coming: &renderers.Arriving{Done: 3_100_000, Total: 8_200_000, From: "Ada"}},
	{name: "pdf_coming", kind: cards.KindPDF, edits: file(cards.File{
		Title: "All timetables of the region", Extension: "pdf", MIME: "application/pdf", Size: 20_000_000, Width: 595, Height: 842, Pages: 40,
	}), coming: &renderers.Arriving{Total: 20_000_000}},
	{name: "board", kind: cards.KindBoard, edits: board.Create("Summer", "#D5E8E0")},
	{name: "unknown", kind: "hologram", edits: []doc.Edit{doc.Put{Path: doc.At("depth"), Value: int64(3)}}},
}

// file gives a file a name for its bytes: that of its extension.
func file(f cards.File) []doc.Edit {
	const hex = "0123456789abcdef"
	f.Blob = strings.Repeat(string(hex[len(f.Title)%len(hex)]), 64)
	return cards.NewFile(f)
}
