// Package plant builds programs with a fault planted in them, so that a harness shows
// that it would see one. The fault is a change of one place in the source, given to
// the compiler as an overlay: what is shipped has no switch for it.
package plant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrMoved: the place in the source is not there exactly once; the fault must follow it.
var ErrMoved = errors.New("the place of the fault has moved")

// Fault takes a guard away from a source file.
type Fault struct {
	File string // of the module, with slashes: "blobs/put.go"
	Old  string // there exactly once
	New  string
}

// Program builds the program of a package of the module, such as ".", at the path out.
func Program(ctx context.Context, out, pkg string, faults ...Fault) error {
	return build(ctx, faults, "build", "-o", out, pkg)
}

// Test builds the test binary of a package of the module, such as "./docstore", at the path out.
func Test(ctx context.Context, out, pkg string, faults ...Fault) error {
	return build(ctx, faults, "test", "-c", "-o", out, pkg)
}

func build(ctx context.Context, faults []Fault, args ...string) error {
	root, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "plant-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	list, err := overlay(root, dir, faults)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{args[0], "-overlay", list}, args[1:]...)...)
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w: %s", args[0], err, said)
	}
	return nil
}

func moduleRoot(ctx context.Context) (string, error) {
	said, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(said))), nil
}

// overlay writes the changed files and the list of them, as `go help build` describes it.
func overlay(root, dir string, faults []Fault) (string, error) {
	replace, texts := map[string]string{}, map[string]string{}
	for _, f := range faults {
		path := filepath.Join(root, filepath.FromSlash(f.File))
		text, known := texts[path]
		if !known {
			b, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			text = string(b)
		}
		if n := strings.Count(text, f.Old); n != 1 {
			return "", fmt.Errorf("%w: %s has it %d times: %q", ErrMoved, f.File, n, f.Old)
		}
		texts[path] = strings.Replace(text, f.Old, f.New, 1)
	}
	for path, text := range texts {
		copied := filepath.Join(dir, fmt.Sprintf("%d-%s", len(replace), filepath.Base(path)))
		if err := os.WriteFile(copied, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[path] = copied
	}
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list := filepath.Join(dir, "overlay.json")
	return list, os.WriteFile(list, b, 0o600)
}
