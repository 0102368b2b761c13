package arch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// Programs returns the folders of the shipped programs: the root and cmd/*.
func Programs(g Graph) []string {
	var folders []string
	for _, path := range g.ours() {
		at, _ := folder(path)
		if g[path].Name == "main" && (at == "main" || within(at, "cmd")) {
			folders = append(folders, at)
		}
	}
	return folders
}

// Needs returns every package outside the standard library that goes into the
// program in folder, sorted, without the program itself.
func Needs(g Graph, program string) []string {
	start := "./" + program
	seen := map[string]bool{start: true}
	var needs []string
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		for _, next := range g[queue[0]].Imports {
			if seen[next] || isStandard(g, next) || next == "C" {
				continue
			}
			seen[next] = true
			needs = append(needs, next)
			queue = append(queue, next)
		}
	}
	sort.Strings(needs)
	return needs
}

// depsFile returns the path of the list that is committed beside a program.
func depsFile(root, program string) string {
	if program == "main" {
		program = "."
	}
	return filepath.Join(root, filepath.FromSlash(program), "deps.txt")
}

// ReadDeps returns the committed list of a program; none is an empty list.
func ReadDeps(root, program string) ([]string, error) {
	data, err := os.ReadFile(depsFile(root, program))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the dependencies of %s: %w", program, err)
	}
	return strings.Fields(string(data)), nil
}

// WriteDeps replaces the committed list of a program.
func WriteDeps(root, program string, needs []string) error {
	text := strings.Join(needs, "\n") + "\n"
	if err := os.WriteFile(depsFile(root, program), []byte(text), 0o644); err != nil {
		return fmt.Errorf("write the dependencies of %s: %w", program, err)
	}
	return nil
}

// Differ returns what is in needs but not in listed, with "+", and the other
// way round with "-".
func Differ(listed, needs []string) []string {
	var lines []string
	for _, path := range needs {
		if !slices.Contains(listed, path) {
			lines = append(lines, "+ "+path)
		}
	}
	for _, path := range listed {
		if !slices.Contains(needs, path) {
			lines = append(lines, "- "+path)
		}
	}
	return lines
}
