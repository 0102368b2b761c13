package paint

import (
	"html"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inliner collects the text of one block.
type inliner struct {
	src  []byte
	out  []Inline
	task *east.TaskCheckBox
}

// add appends text, joined to the last piece if it looks the same.
func (p *inliner) add(t Inline) {
	if n := len(p.out); n > 0 && p.out[n-1].sameLook(t) {
		p.out[n-1].Text += t.Text
		return
	}
	p.out = append(p.out, t)
}

func (p *inliner) children(n ast.Node, look Inline) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.inline(c, look)
	}
}

func (p *inliner) inline(n ast.Node, look Inline) {
	switch n := n.(type) {
	case *ast.Text:
		look.Text = string(n.Segment.Value(p.src))
		if !look.Code && !n.IsRaw() {
			look.Text = unescape(look.Text)
		}
		if n.HardLineBreak() {
			look.Text += "\n"
		} else if n.SoftLineBreak() {
			look.Text += " "
		}
		p.add(look)
	case *ast.String:
		look.Text = string(n.Value)
		p.add(look)
	case *ast.CodeSpan:
		look.Code = true
		p.children(n, look)
	case *ast.Emphasis:
		look.Bold = look.Bold || n.Level > 1
		look.Italic = look.Italic || n.Level == 1
		p.children(n, look)
	case *east.Strikethrough:
		look.Strike = true
		p.children(n, look)
	case *ast.Link:
		look.Link = SafeURL(string(n.Destination))
		p.children(n, look)
	case *ast.Image:
		look.Link = SafeURL(string(n.Destination))
		p.children(n, look)
	case *ast.AutoLink:
		look.Text = string(n.Label(p.src))
		look.Link = SafeURL(string(n.URL(p.src)))
		if n.AutoLinkType == ast.AutoLinkEmail {
			look.Link = SafeURL("mailto:" + look.Text)
		}
		p.add(look)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			look.Text = string(seg.Value(p.src))
			p.add(look)
		}
	case *east.TaskCheckBox:
		p.task = n
	default:
		p.children(n, look)
	}
}

// unescape resolves backslashes and entities, which the parser leaves to the renderer.
func unescape(s string) string {
	b := util.UnescapePunctuations([]byte(s))
	return html.UnescapeString(string(b))
}
