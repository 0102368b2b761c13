package workspaces

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corkboard/cards"
)

const (
	folderName = "corkboard-workspaces"
	listName   = "list.json"
	usualName  = "My workspace"
	logName    = "log.db" // stands in every profile that was opened
	maxName    = 60       // runes
)

// Errors of New.
var (
	// ErrNoName says that nothing is left of a name that may be that of a folder.
	ErrNoName = errors.New("a workspace needs a name")
	// ErrTaken says that there is one of that name.
	ErrTaken = errors.New("there is a workspace of that name")
)

// Workspace is a profile.
type Workspace struct {
	Name   string
	Dir    string  // absolute
	Colour [3]byte // of the person there; zeros while nobody has said
	Here   bool    // the one that was asked from
}

// Places is where workspaces are.
type Places struct {
	Usual  string // the profile of a start that names none, and the first of the list
	Folder string // holds the others, and the file; made when it is needed
}

// Beside gives the places around the usual profile.
func Beside(usual string) Places {
	return Places{Usual: usual, Folder: filepath.Join(filepath.Dir(usual), folderName)}
}

// List is all workspaces: the usual one, then the others by name. A profile elsewhere
// is in it as long as it is here. It looks at the disk.
func (p Places) List(here string) []Workspace {
	kept := p.read()
	list := []Workspace{{Name: usualName, Dir: p.Usual}}
	entries, _ := os.ReadDir(p.Folder) // not there: there are no others
	for _, e := range entries {
		if dir := filepath.Join(p.Folder, e.Name()); e.IsDir() && !strings.HasPrefix(e.Name(), ".") && isProfile(dir) { // hidden: a backup that was never restored to its end
			list = append(list, Workspace{Name: e.Name(), Dir: dir})
		}
	}
	slices.SortFunc(list[1:], func(x, y Workspace) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Name, y.Name))
	})
	if here != "" && !slices.ContainsFunc(list, func(w Workspace) bool { return w.Dir == here }) {
		list = append(list, Workspace{Name: filepath.Base(here), Dir: here})
	}
	for i := range list {
		list[i].Colour, list[i].Here = kept.Colours[list[i].Dir], list[i].Dir == here
	}
	return list
}

// isProfile tells a profile, also one that is still to be opened, from other folders.
func isProfile(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, logName)); err == nil {
		return true
	}
	inside, err := os.ReadDir(dir)
	return err == nil && len(inside) == 0
}

// New makes a place for a workspace, whose name is as much of the given one as may be
// a folder's. Errors: ErrNoName, ErrTaken, the system's.
func (p Places) New(name string) (Workspace, error) {
	name = cards.CleanName(name)
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName])
	}
	if strings.Trim(name, ". ") == "" {
		return Workspace{}, ErrNoName
	}
	name = cards.File{Title: name}.SaveName()
	entries, _ := os.ReadDir(p.Folder) // not there: nothing is taken
	if strings.EqualFold(name, usualName) || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.EqualFold(e.Name(), name) }) {
		return Workspace{}, ErrTaken
	}
	w := Workspace{Name: name, Dir: filepath.Join(p.Folder, name)}
	err := os.MkdirAll(p.Folder, 0o700)
	if err == nil {
		err = os.Mkdir(w.Dir, 0o700)
	}
	if err != nil {
		return Workspace{}, fmt.Errorf("making a workspace: %w", err)
	}
	return w, nil
}

// owns reports whether a profile is one of these, and not one elsewhere.
func (p Places) owns(dir string) bool {
	return dir == p.Usual || filepath.Dir(dir) == p.Folder
}

// Last is the profile that was used last, if it is still there; else the usual one.
func (p Places) Last() string {
	if dir := p.read().Last; p.owns(dir) && isProfile(dir) {
		return dir
	}
	return p.Usual
}

// Opened remembers that a window was opened on a profile, and the colour of its
// person. Profiles elsewhere are not remembered: who names one each time wants that.
// Errors: the system's.
func (p Places) Opened(dir string, colour [3]byte) error {
	if !p.owns(dir) {
		return nil
	}
	kept := p.read()
	if kept.Last == dir && kept.Colours[dir] == colour {
		return nil
	}
	kept.Last, kept.Colours[dir] = dir, colour
	return p.write(kept)
}
