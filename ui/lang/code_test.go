package lang

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// rooms are the folders whose strings a person may see.
var rooms = []string{"..", "../../renderers", "../../renderers/textedit"}

// source is a file of one of the rooms.
type source struct {
	name   string // "ui/menus.go"
	file   *ast.File
	consts map[string]string // texts of its package, by name
}

func sources(t *testing.T, folders ...string) []source {
	t.Helper()
	var out []source
	for _, folder := range folders {
		list, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		consts := map[string]string{}
		for _, name := range list {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			full, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, source{filepath.ToSlash(filepath.Join(filepath.Base(filepath.Dir(full)), filepath.Base(full))), file, consts})
			addConsts(consts, file)
		}
	}
	return out
}

func addConsts(consts map[string]string, file *ast.File) {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i, value := range v.Values {
				if text, ok := textOf(value, nil); ok {
					consts[v.Names[i].Name] = text
				}
			}
		}
	}
}

// textOf is the text of a literal, of a constant, or of several with + between.
func textOf(e ast.Expr, consts map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0)), true
	case *ast.Ident:
		s, ok := consts[e.Name]
		return s, ok
	case *ast.BinaryExpr:
		x, okX := textOf(e.X, consts)
		y, okY := textOf(e.Y, consts)
		return x + y, okX && okY && e.Op == token.ADD
	}
	return "", false
}

// keyArgs are the arguments of this package's functions that are keys.
var keyArgs = map[string][]int{"T": {0}, "Tf": {0}, "N": {1, 2}, "Key": {0}, "Time": {1}}

// call is the name of a function of this package that is called, or "".
func call(n ast.Node) (string, *ast.CallExpr) {
	c, ok := n.(*ast.CallExpr)
	if !ok {
		return "", nil
	}
	sel, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", nil
	}
	if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "lang" || keyArgs[sel.Sel.Name] == nil {
		return "", nil
	}
	return sel.Sel.Name, c
}

// keys are all keys that the code uses, with a place of each.
func keys(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, s := range sources(t, rooms...) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			name, c := call(n)
			for _, i := range keyArgs[name] {
				if text, ok := textOf(c.Args[i], s.consts); ok {
					out[text] = s.name
				} else if name != "T" { // T takes what Key has marked
					t.Errorf("%s: the key of %s is no text that can be looked up", s.name, name)
				}
			}
			return true
		})
	}
	return out
}
