package paint

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// MaxMarkdown is how many bytes of a text are looked at; the rest is left out.
const MaxMarkdown = 256 << 10

var reader = goldmark.New(goldmark.WithExtensions(
	extension.Strikethrough, extension.TaskList, extension.Table,
)).Parser()

// MarkdownOptions of parsing and layout; the zero value is what cards want.
type MarkdownOptions struct {
	Plain     bool    // the text as it is; only addresses become links
	Size      float32 // of ordinary text, in board units; 0 means BodySize
	MaxHeight float32 // board units after which the layout stops; 0 is without limit
}

// Markdown parses a text into blocks. Raw HTML is shown, not obeyed. Whatever is too deeply nested,
// or otherwise made to be slow, is taken as plain text, so that time stays linear.
func Markdown(src string, o MarkdownOptions) []Block {
	src, _ = clip(src)
	if o.Plain || hostile(src) {
		return plainBlocks(src)
	}
	p := &flattener{src: []byte(src)}
	p.children(reader.Parse(text.NewReader(p.src)), place{})
	return p.out
}

func clip(src string) (string, bool) {
	if len(src) <= MaxMarkdown {
		return strings.ToValidUTF8(src, "\ufffd"), false
	}
	return strings.ToValidUTF8(src[:MaxMarkdown], ""), true
}

// place is where in the nesting the flattener stands.
type place struct {
	indent, quote int
	marker        string // of the item whose first block comes next
	tight         bool
}

// flattener turns the tree into a list. Its recursion is bounded because hostile has looked before.
type flattener struct {
	src []byte
	out []Block
}

func (p *flattener) children(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c, at)
		at.marker = ""
	}
}

func (p *flattener) block(n ast.Node, at place) {
	b := Block{Indent: at.indent, Quote: at.quote, Tight: at.tight, Offset: -1}
	switch n := n.(type) {
	case *ast.Heading:
		b.Kind, b.Level = BlockHeading, min(n.Level, 3)
		p.textBlock(b, n, at)
	case *ast.Paragraph, *ast.TextBlock:
		p.textBlock(b, n, at)
	case *ast.Blockquote:
		at.quote++
		p.children(n, at)
	case *ast.List:
		p.list(n, at)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		p.verbatim(b, n)
	case *ast.ThematicBreak:
		b.Kind = BlockRule
		p.out = append(p.out, b)
	case *east.Table:
		p.table(n, b)
	default:
		p.children(n, at)
	}
}

func (p *flattener) textBlock(b Block, n ast.Node, at place) {
	if at.marker != "" {
		b.Marker = at.marker
		if b.Kind == BlockParagraph {
			b.Kind = BlockItem
		}
	}
	in := &inliner{src: p.src}
	in.children(n, Inline{})
	if in.task != nil {
		b.Task, b.Done = true, in.task.IsChecked
		b.Offset = p.boxOffset(n)
	}
	b.Inlines = linked(in.out)
	p.out = append(p.out, b)
}

// boxOffset finds the '[' of a task item, whose text begins with it.
func (p *flattener) boxOffset(n ast.Node) int {
	if n.Lines().Len() == 0 {
		return -1
	}
	at := n.Lines().At(0).Start
	if at >= len(p.src) || p.src[at] != '[' {
		return -1
	}
	return utf8.RuneCount(p.src[:at])
}

func (p *flattener) list(l *ast.List, at place) {
	number := l.Start
	first := true
	for c := l.FirstChild(); c != nil; c = c.NextSibling() {
		in := place{indent: at.indent + 1, quote: at.quote, marker: "•", tight: l.IsTight && (!first || at.tight)}
		if l.IsOrdered() {
			in.marker = strconv.Itoa(number) + "."
			number++
		}
		if c.FirstChild() == nil {
			p.out = append(p.out, Block{Kind: BlockItem, Indent: in.indent, Quote: in.quote, Tight: in.tight, Marker: in.marker, Offset: -1})
		}
		p.item(c, in)
		first = false
	}
}

// item lays the blocks of one item out; only its first may be tight against the one before.
func (p *flattener) item(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c, at)
		at.marker = ""
		if _, ok := c.NextSibling().(*ast.List); ok {
			at.tight = true
		}
	}
}

func (p *flattener) verbatim(b Block, n ast.Node) {
	var s strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		s.Write(seg.Value(p.src))
	}
	b.Kind = BlockCode
	if h, ok := n.(*ast.HTMLBlock); ok {
		b.Kind = BlockParagraph
		if h.HasClosure() {
			s.Write(h.ClosureLine.Value(p.src))
		}
	}
	b.Inlines = []Inline{{Text: strings.TrimRight(s.String(), "\n"), Code: b.Kind == BlockCode}}
	p.out = append(p.out, b)
}

func (p *flattener) table(t *east.Table, b Block) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		in := &inliner{src: p.src}
		b.Kind, b.Level = BlockRow, 0
		if _, ok := row.(*east.TableHeader); ok {
			b.Level = 1
		}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if c != row.FirstChild() {
				in.add(Inline{Text: cellBreak})
			}
			in.children(c, Inline{Bold: b.Level == 1})
		}
		b.Inlines = linked(in.out)
		p.out = append(p.out, b)
		b.Tight = true
	}
}
