package bitflip

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corkboard/app"
	"corkboard/docstore"
	"corkboard/internal/proof"
	"corkboard/sqlite"
)

// flip is one bit of one file.
type flip struct {
	file string // in the profile
	at   int64
	bit  int
}

func (f flip) String() string { return fmt.Sprintf("%s, byte %d, bit %d", f.file, f.at, f.bit) }

// filesOf lists the files of a profile that are not empty; those that only say that the
// program runs are of no use later.
func filesOf(dir string) (out []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if info, e := os.Stat(path); e == nil && info.Size() > 0 && name != "LOCK" && !strings.HasPrefix(name, "engine/") {
			out = append(out, name)
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

// tries is how often a byte is drawn that is zero: databases are full of unused ones.
const tries = 16

// choose draws a bit: every sort of file has the same chance, as have all files of a sort.
func choose(dir, only string, random *rand.Rand) (f flip, err error) {
	list, err := filesOf(dir)
	list = slices.DeleteFunc(list, func(name string) bool { return !strings.HasPrefix(name, only) })
	if err != nil {
		return f, err
	}
	sorts := map[string][]string{}
	for _, name := range list {
		sort, _, _ := strings.Cut(name, "/")
		sorts[sort] = append(sorts[sort], name)
	}
	var names []string
	for sort := range sorts {
		names = append(names, sort)
	}
	slices.Sort(names)
	of := sorts[names[random.IntN(len(names))]]
	f.file = of[random.IntN(len(of))]
	b, err := os.ReadFile(filepath.Join(dir, f.file))
	if err != nil {
		return f, err
	}
	for range tries {
		if f.at = random.Int64N(int64(len(b))); b[f.at] != 0 {
			break
		}
	}
	f.bit = random.IntN(8)
	return f, nil
}

// in makes the flip.
func (f flip) in(dir string) error {
	path := filepath.Join(dir, f.file)
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[f.at] ^= 1 << f.bit
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return err
	}
	return os.Chmod(path, info.Mode())
}

// verdict is what a flip came to.
type verdict struct {
	closed  error    // why the profile does not open
	wrong   []string // shown, and not what was written, or gone without a word
	named   []string // absent or in part, and said to be
	checked []string // what the program's own check says
}

// try opens a copy with a flip, looks at everything, and lets the program check itself.
func try(ctx context.Context, o original, dir string) (v verdict, err error) {
	a, err := app.Open(ctx, options(dir, false))
	if err != nil {
		v.closed = err
		return v, nil
	}
	defer func() { _ = a.Close(ctx) }() // a damaged disk may keep it from saving its cache
	proof.Eventually(ctx, func() bool { return idle(a) || a.IndexState().Err != nil })
	now := look(ctx, a)
	if _, err := os.Stat(filepath.Join(dir, "device.json.bad")); err == nil {
		now.named["settings"] = docstore.ErrDamaged // put aside, and said in the log
	}
	checked, err := a.Check(ctx)
	v.checked = checked.Problems
	if errors.Is(err, sqlite.ErrCorrupt) { // it cannot go on, and says so
		v.checked, err = append(v.checked, err.Error()), nil
	}
	for what, err := range now.named {
		v.named = append(v.named, fmt.Sprintf("%s: %v", what, err))
	}
	for what, is := range o.truth.is {
		switch got, here := now.is[what]; {
		case got == is || now.says(what, o.truth.on[what]):
		case strings.HasPrefix(what, "picture ") && got == o.anew.is[what]:
		case !here && now.named[listed] != nil: // it is said that not everything is listed
		case !here:
			v.wrong = append(v.wrong, what+" is gone without a word")
		default:
			v.wrong = append(v.wrong, fmt.Sprintf("%s is %.200q, not %.200q", what, got, is))
		}
	}
	return v, err
}
