package main

import (
	"fmt"
	"strings"
	"time"

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
	{name: "thread", kind: cards.KindThread, edits: talk("Ferry", []cards.Message{
		{Author: "mira", Text: "Which one do we take?", Time: clock(9, 17, 2)},
		{Author: "me", Text: "The one at 09:40, see https://example.org/ferry", Time: clock(9, 17, 5)},
		{Author: "me", Text: "@Mira do you book?", Time: clock(9, 17, 6), Edited: clock(9, 17, 8)},
		{Author: "mira", Text: "Done, @Ada. We have to be there half an hour before it leaves, because of the bicycles.", Time: clock(11, 8, 30)},
		{Author: "mira", Text: "And bring your passport", Time: clock(11, 8, 31)},
	})},
	{name: "image", kind: cards.KindImage, edits: file(cards.File{
		Title: "Harbour", Extension: "jpg", MIME: "image/jpeg", Size: 2_400_000,
		Width: 1600, Height: 1200, Average: "#7d92a8", Caption: "The harbour at six in the morning",
	})},
	{name: "pdf", kind: cards.KindPDF, edits: file(cards.File{
		Title: "Timetable", Extension: "pdf", MIME: "application/pdf", Size: 180_000,
		Width: 595, Height: 842, Pages: 12,
	})},
	{name: "audio", kind: cards.KindAudio, edits: file(cards.File{
		Title: "The bells of the old church", Extension: "flac", MIME: "audio/flac", Size: 31_200_000, Blob: strings.Repeat("a0", 32),
		Duration: 225_000, Bars: bells(), Caption: "Recorded from the bridge",
	})},
	{name: "audio_playing", kind: cards.KindAudio, edits: file(cards.File{
		Title: "Interview with the ferryman, first part, with the wind and all", Extension: "mp3", MIME: "audio/mpeg", Size: 48_100_000, Blob: heard,
		Duration: 3_020_000, Bars: bells(),
	})},
	{name: "audio_silent", kind: cards.KindAudio, edits: file(cards.File{
		Title: "Waves", Extension: "ogg", MIME: "audio/ogg", Size: 900_000, Blob: unheard, Duration: 61_000,
	})},
	{name: "video", kind: cards.KindVideo, edits: file(cards.File{
		Title: "Crossing the lake", Extension: "webm", MIME: "video/webm", Size: 18_400_000, Blob: strings.Repeat("a3", 32),
		Width: 1280, Height: 720, Duration: 94_000, Average: "#7d92a8",
	})},
	{name: "video_bare", kind: cards.KindVideo, edits: file(cards.File{
		Title: "All summer in one film, cut by Mira", Extension: "mp4", MIME: "video/mp4", Size: 2_400_000_000, Blob: strings.Repeat("a4", 32),
		Width: 1920, Height: 1080, Duration: 5_412_000,
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
	{name: "contact", kind: cards.KindContact, edits: cards.NewContact(cards.Contact{Person: string(id(200)), Name: "Ada Lovelace", Colour: "#158f9c"})},
	{name: "contact_unmet", kind: cards.KindContact, edits: cards.NewContact(cards.Contact{Person: string(id(201)), Name: "Grace Hopper", Colour: "#c95f1e"})},
	{name: "device", kind: cards.KindDevice, edits: cards.NewDevice(cards.Device{Device: string(id(202)), Person: string(id(200)), Name: "Laptop"})},
	{name: "storage", kind: cards.KindStorage, edits: cards.NewStoragePeer(cards.StoragePeer{Device: string(id(203)), Name: "attic.example:4100"})},
	{name: "board", kind: cards.KindBoard, edits: board.Create("Summer", "#D5E8E0")},
	{name: "frame", kind: cards.KindFrame, edits: cards.NewFrame(cards.Frame{Title: "Before the trip"})},
	{name: "frame_untitled", kind: cards.KindFrame, edits: cards.NewFrame(cards.Frame{Colour: "#d96767"})},
	{name: "column", kind: cards.KindColumn, edits: cards.NewColumn(cards.Column{Title: "To read on the way"})},
	{name: "column_colour", kind: cards.KindColumn, edits: cards.NewColumn(cards.Column{Colour: "#ffe283"})},
	{name: "ink", kind: cards.KindInk, edits: cards.NewInk(cards.Ink{W: 180, H: 120, Pen: 4, Colour: "#2f6fde", Points: []cards.InkPoint{
		{X: 10, Y: 100}, {X: 50, Y: 20}, {X: 90, Y: 90}, {X: 130, Y: 15}, {X: 170, Y: 100}}})},
	{name: "url", kind: cards.KindURL, edits: harbour(cards.Capture{
		Title: "A walk along the harbour", Description: "Three hours, mostly flat, with tea on the way and a ferry back.", At: clock(9, 17, 2),
		Picture: cards.Part{Blob: strings.Repeat("6", 64), Width: 1200, Height: 630, Average: "#7d92a8"},
		Article: cards.Part{Blob: strings.Repeat("7", 64), MIME: "text/markdown"},
		Archive: cards.Part{Blob: strings.Repeat("8", 64), MIME: "text/html"},
	})},
	{name: "url_new", kind: cards.KindURL, edits: cards.NewURL("https://www.example.org/timetable")},
	{name: "url_failed", kind: cards.KindURL, edits: append(cards.NewURL("https://router.example/"),
		doc.Put{Path: doc.At("failed"), Value: cards.WebPrivate})},
	{name: "unknown", kind: "hologram", edits: []doc.Edit{doc.Put{Path: doc.At("depth"), Value: int64(3)}}},
}

// harbour is a page that was captured.
func harbour(c cards.Capture) []doc.Edit {
	edits := cards.NewURL("https://www.example.org/walks/harbour")
	p, err := c.Plan(cards.URL{})
	if err != nil {
		panic(err)
	}
	return append(edits, p.Edits...)
}

// file gives a file a name for its bytes: that of its extension.
func file(f cards.File) []doc.Edit {
	const hex = "0123456789abcdef"
	f.Blob = strings.Repeat(string(hex[len(f.Title)%len(hex)]), 64)
	return cards.NewFile(f)
}

// clock is an hour of March in the year of all stories, in ms since 1970.
func clock(day, hour, minute int) int64 {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.Local).UnixMilli()
}

// talk is a thread in which this has been said.
func talk(title string, said []cards.Message) []doc.Edit {
	edits := cards.NewThread(title)
	for i, m := range said {
		v := doc.Map{"author": m.Author, "text": m.Text, "time": m.Time, "edited": m.Edited}
		edits = append(edits, doc.Put{Path: doc.At("messages", fmt.Sprint("m", i)), Value: v})
	}
	return edits
}

// talkers are those who speak in stories; this person was here the day before.
func talkers() *renderers.People {
	looks := map[string]renderers.PersonLook{
		"me": {Name: "Ada", Colour: [3]byte{0x33, 0x95, 0xe8}}, "mira": {Name: "Mira", Colour: [3]byte{0xe8, 0x0f, 0xa7}},
	}
	return &renderers.People{
		Me:   func() string { return "me" },
		Look: func(id string) renderers.PersonLook { return looks[id] },
		Seen: func(doc.ID) int64 { return clock(10, 12, 0) },
		Saw:  func(doc.ID, int64) {},
	}
}
