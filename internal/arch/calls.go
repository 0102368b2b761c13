package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
)

// CheckCalls parses the files of the pure packages (not their tests) and
// returns every place that reads or waits for the clock.
func CheckCalls(g Graph) ([]Violation, error) {
	var found []Violation
	for _, path := range g.ours() {
		from, _ := folder(path)
		if !withinAny(from, pure) || withinAny(from, pureBut) {
			continue
		}
		for _, file := range g[path].Files {
			calls, err := clockCalls(file, nil)
			if err != nil {
				return nil, fmt.Errorf("parse %s: %w", file, err)
			}
			for _, call := range calls {
				found = append(found, Violation{From: from, To: call, Why: whyPure})
			}
		}
	}
	return found, nil
}

// clockCalls returns "time.Now (file.go:12)" for each use of a clock function
// in a file. With src it parses that instead of reading the file.
func clockCalls(path string, src any) ([]string, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	name := timeName(file)
	if name == "" {
		return nil, nil
	}
	if name == "." {
		return []string{"import . \"time\" (" + filepath.Base(path) + ")"}, nil
	}
	var calls []string
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || !clock[sel.Sel.Name] {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == name {
			at := files.Position(sel.Pos())
			calls = append(calls, fmt.Sprintf("time.%s (%s:%d)", sel.Sel.Name, filepath.Base(path), at.Line))
		}
		return true
	})
	return calls, nil
}

// timeName returns the name under which the file imports package time, or "".
func timeName(file *ast.File) string {
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path != "time" {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return "time"
	}
	return ""
}
