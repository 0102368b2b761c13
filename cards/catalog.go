package cards

import "corkboard/doc"

// Kind is a content type as links carry it. It is open: other versions of the
// program may know more.
type Kind = string

// The kinds of this version. image, pdf, audio, video and file draw the same document.
const (
	KindText   Kind = "text"
	KindTodo   Kind = "todo"
	KindThread Kind = "thread"
	KindImage  Kind = "image"
	KindPDF    Kind = "pdf"
	KindAudio  Kind = "audio"
	KindVideo  Kind = "video"
	KindFile   Kind = "file"
	KindURL    Kind = "url"
	KindBoard  Kind = "board"
	KindFrame  Kind = "frame"
	KindColumn Kind = "column"
	KindInk    Kind = "ink"

	KindContact Kind = "contact"
	KindDevice  Kind = "device"
	KindStorage Kind = "storage"
)

// Cell is the side of a grid cell, in board units (pixels at zoom 1).
const Cell = 20

// PDFFooter is the height of the line below a PDF's page, in board units.
const PDFFooter = 2 * Cell

// VideoFooter is the height of the line below a film's picture, in board units.
const VideoFooter = 2 * Cell

// Size is a width and a height in board units.
type Size struct{ W, H float64 }

// Info says how cards of a kind behave wherever they are shown.
type Info struct {
	Kind     Kind
	Label    string // in menus
	Untitled string // in lists, for want of a title
	// Size is that of a new card; its H is a first guess where AutoHeight.
	Size Size
	// Min bounds resizing.
	Min          Size
	Resizable    bool
	AutoHeight   bool // as high as its content until a person sets the height
	KeepsRatio   bool // resizing keeps width : height
	EditsInPlace bool // a live editor on the board
	OpensFull    bool // has a view of its own that fills the window
	MadeEmpty    bool // the menu of a board offers a new one; see Empty
}

// Catalog lists the kinds in the order of menus. Read it, never change it.
var Catalog = []Info{
	{
		Kind: KindText, Label: "Text", Untitled: "Empty text",
		Size: Size{15 * Cell, 3 * Cell}, Min: Size{6 * Cell, 2 * Cell},
		Resizable: true, AutoHeight: true, EditsInPlace: true, OpensFull: true, MadeEmpty: true,
	},
	{
		Kind: KindTodo, Label: "To-do list", Untitled: "Untitled to-do",
		Size: Size{15 * Cell, 6 * Cell}, Min: Size{8 * Cell, 4 * Cell},
		Resizable: true, AutoHeight: true, EditsInPlace: true, OpensFull: true, MadeEmpty: true,
	},
	{
		Kind: KindThread, Label: "Thread", Untitled: "Untitled thread",
		Size: Size{16 * Cell, 18 * Cell}, Min: Size{9 * Cell, 6 * Cell},
		Resizable: true, EditsInPlace: true, OpensFull: true, MadeEmpty: true,
	},
	{
		Kind: KindImage, Label: "Image", Untitled: "Untitled image",
		Size: Size{18 * Cell, 12 * Cell}, Min: Size{3 * Cell, 3 * Cell},
		Resizable: true, KeepsRatio: true, OpensFull: true,
	},
	{
		Kind: KindPDF, Label: "PDF", Untitled: "Untitled PDF",
		Size: Size{15 * Cell, 15*Cell*pageRatio + PDFFooter}, Min: Size{6 * Cell, 8 * Cell},
		Resizable: true, KeepsRatio: true, OpensFull: true,
	},
	{
		Kind: KindAudio, Label: "Audio", Untitled: "Untitled sound",
		Size: Size{16 * Cell, 6 * Cell}, Min: Size{8 * Cell, 4 * Cell},
		Resizable: true, OpensFull: true,
	},
	{
		Kind: KindVideo, Label: "Video", Untitled: "Untitled video",
		Size: Size{16 * Cell, 9*Cell + VideoFooter}, Min: Size{8 * Cell, 6 * Cell},
		Resizable: true, KeepsRatio: true, OpensFull: true,
	},
	{
		Kind: KindFile, Label: "File", Untitled: "Untitled file",
		Size: Size{12 * Cell, 4 * Cell}, Min: Size{8 * Cell, 3 * Cell},
		Resizable: true, OpensFull: true,
	},
	{
		Kind: KindURL, Label: "Web page", Untitled: "Untitled page",
		Size: Size{15 * Cell, 15 * Cell}, Min: Size{8 * Cell, 3 * Cell},
		Resizable: true, AutoHeight: true, OpensFull: true,
	},
	{
		Kind: KindBoard, Label: "Board", Untitled: "Untitled board",
		Size: Size{12 * Cell, 10 * Cell}, Min: Size{5 * Cell, 6 * Cell},
		Resizable: true, OpensFull: true, MadeEmpty: true,
	},
	{
		Kind: KindFrame, Label: "Frame", Untitled: "Untitled frame",
		Size: Size{24 * Cell, 16 * Cell}, Min: Size{6 * Cell, 4 * Cell},
		Resizable: true, EditsInPlace: true, MadeEmpty: true,
	},
	{
		Kind: KindColumn, Label: "Column", Untitled: "Untitled column",
		Size: Size{16 * Cell, 6 * Cell}, Min: Size{6 * Cell, 4 * Cell},
		Resizable: true, AutoHeight: true, EditsInPlace: true, MadeEmpty: true,
	},
	{
		Kind: KindInk, Label: "Drawing", Untitled: "Drawing",
		Size: Size{10 * Cell, 10 * Cell}, Min: Size{Cell, Cell},
		Resizable: true,
	},
	{
		Kind: KindContact, Label: "Person", Untitled: "Somebody",
		Size: Size{12 * Cell, 4 * Cell}, Min: Size{4 * Cell, 3 * Cell}, Resizable: true,
	},
	{
		Kind: KindDevice, Label: "Device", Untitled: "A device",
		Size: Size{12 * Cell, 4 * Cell}, Min: Size{4 * Cell, 3 * Cell}, Resizable: true,
	},
	{
		Kind: KindStorage, Label: "Storage peer", Untitled: "A storage peer",
		Size: Size{14 * Cell, 5 * Cell}, Min: Size{4 * Cell, 3 * Cell}, Resizable: true,
	},
}

// Empty is the first change of a document that a person makes empty; ok is
// false for kinds that are made of something (a file), and for boards, which
// make themselves.
func Empty(kind Kind) (edits []doc.Edit, ok bool) {
	switch kind {
	case KindText:
		return NewText(""), true
	case KindTodo:
		return NewTodo(""), true
	case KindThread:
		return NewThread(""), true
	case KindFrame:
		return NewFrame(Frame{}), true
	case KindColumn:
		return NewColumn(Column{}), true
	}
	return nil, false
}

// pageRatio is the height of an ISO 216 page for a width of one.
const pageRatio = 1.414

// Lookup finds a kind; for one that this version does not know it gives
// Unknown(kind) and false.
func Lookup(kind Kind) (Info, bool) {
	for _, i := range Catalog {
		if i.Kind == kind {
			return i, true
		}
	}
	return Unknown(kind), false
}

// Unknown describes a kind that this version does not know: a placeholder of
// modest size that can be moved, resized and deleted, and keeps its data.
func Unknown(kind Kind) Info {
	return Info{
		Kind: kind, Label: "Unknown", Untitled: "Unknown card",
		Size: Size{12 * Cell, 4 * Cell}, Min: Size{6 * Cell, 2 * Cell},
		Resizable: true,
	}
}
