package paint

// BlockKind says how a block of text is set.
type BlockKind uint8

// The kinds of block.
const (
	BlockParagraph BlockKind = iota
	BlockHeading             // Level 1 to 3
	BlockItem                // of a list; Marker is "•" or "3."
	BlockCode                // Inlines is one, verbatim
	BlockRule
	BlockRow // of a table: the cells are joined by " │ "; Level 1 is the header
)

// cellBreak stands between the cells of a table's row.
const cellBreak = " │ "

// Block is a paragraph-like part of a Markdown text; nesting is flattened into Indent and Quote.
type Block struct {
	Kind    BlockKind
	Level   int
	Indent  int  // depth of lists around it
	Quote   int  // depth of quotes around it
	Tight   bool // no space above: an item of a compact list, a row after the first
	Marker  string
	Task    bool // an item with a box
	Done    bool
	Offset  int // of the box's '[' in the source, in runes; -1 if unknown
	Inlines []Inline
}

// Inline is text in one style. Newlines in it are line breaks.
type Inline struct {
	Text                       string
	Bold, Italic, Code, Strike bool
	Link                       string // a SafeURL or empty
}

func (i Inline) sameLook(o Inline) bool {
	i.Text, o.Text = "", ""
	return i == o
}

// linked splits off the bare addresses in the texts that are not links already.
func linked(in []Inline) []Inline {
	var out []Inline
	for _, t := range in {
		for t.Link == "" && !t.Code {
			start, end := NextURL(t.Text)
			if start == end {
				break
			}
			head, link := t, t
			head.Text, link.Text = t.Text[:start], t.Text[start:end]
			link.Link = SafeURL(link.Text)
			t.Text = t.Text[end:]
			if head.Text != "" {
				out = append(out, head)
			}
			out = append(out, link)
		}
		if t.Text != "" {
			out = append(out, t)
		}
	}
	return out
}

// plainBlocks is the text as it is.
func plainBlocks(src string) []Block {
	return []Block{{Offset: -1, Inlines: linked([]Inline{{Text: src}})}}
}
