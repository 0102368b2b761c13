package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// thirdParty stands for every package that is neither ours nor the standard
// library's.
const thirdParty = "…third-party"

// Tags are the build tags of the one build.
const Tags = "migrated_fynedo"

// A Package is a node of the import graph. Our own packages are named from the
// root of the module with a leading "./" (the root itself is "./main"), so that
// our net and the standard library's never meet.
type Package struct {
	Path        string
	Name        string
	Standard    bool
	Imports     []string
	TestImports []string // of the tests inside and outside the package
	Files       []string // absolute paths, without tests
}

// A Graph holds packages by path.
type Graph map[string]Package

// own turns folders of ours into package paths.
func own(folders ...string) []string {
	paths := make([]string, len(folders))
	for i, folder := range folders {
		paths[i] = "./" + folder
	}
	return paths
}

// folder returns the folder of one of our packages and whether path is ours.
func folder(path string) (string, bool) {
	return strings.CutPrefix(path, "./")
}

// listed is what go list says about a package.
type listed struct {
	ImportPath, Name, Dir              string
	Standard                           bool
	GoFiles, CgoFiles                  []string
	Imports, TestImports, XTestImports []string
	Module                             *struct{ Main bool }
}

// Load reads the import graph of the module in root with one call of go list,
// as it is on linux/amd64, so that every machine sees the same graph. It needs
// the go command and blocks for about a second.
func Load(root, module string) (Graph, error) {
	list := exec.Command("go", "list", "-deps", "-tags", Tags,
		"-json=ImportPath,Name,Dir,Standard,GoFiles,CgoFiles,Imports,TestImports,XTestImports,Module", "./...")
	list.Dir = root
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=1")
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w: %s", err, stderr.String())
	}
	graph := Graph{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return graph, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the list of packages: %w", err)
		}
		node := p.node(module)
		graph[node.Path] = node
	}
}

func (p listed) node(module string) Package {
	node := Package{
		Path:     rename(p.ImportPath, module),
		Name:     p.Name,
		Standard: p.Standard,
		Imports:  renameAll(p.Imports, module),
	}
	if p.Module != nil && p.Module.Main {
		node.TestImports = renameAll(append(p.TestImports, p.XTestImports...), module)
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			node.Files = append(node.Files, filepath.Join(p.Dir, name))
		}
	}
	return node
}

func rename(path, module string) string {
	if path == module {
		return "./main"
	}
	if rest, ok := strings.CutPrefix(path, module+"/"); ok {
		return "./" + rest
	}
	return path
}

func renameAll(paths []string, module string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = rename(path, module)
	}
	return out
}

// ours returns the paths of our own packages in order.
func (g Graph) ours() []string {
	var paths []string
	for path := range g {
		if _, ok := folder(path); ok {
			paths = append(paths, path)
		}
	}
	sort.Strings(paths)
	return paths
}
