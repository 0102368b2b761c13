package person

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Status is what "corkboard status --json" says, as far as we look at it.
type Status struct {
	Home     string `json:"home"`
	Cards    int    `json:"cards"`
	Boards   int    `json:"boards"`
	Saved    bool   `json:"saved"`
	Pending  int    `json:"pending"`
	ReadOnly string `json:"readOnly"`
	Locked   string `json:"locked"`
	Shared   []struct {
		Link    string `json:"link"`
		Devices int    `json:"devices"`
		Have    int    `json:"have"`
		Backed  bool   `json:"backed"`
		Removed bool   `json:"removed"`
	} `json:"shared"`
}

// Run runs the program once more on the same profile, as from a shell.
func (p *Person) Run(args ...string) (out, complaint string, err error) {
	ctx, cancel := context.WithTimeout(p.T.Context(), Patience)
	defer cancel()
	command := p.place.Command(ctx, p.binary, append([]string{"--profile", p.Profile}, args...)...)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	if err = command.Run(); err != nil {
		err = fmt.Errorf("corkboard %s: %w: %s", strings.Join(args, " "), err, stderr.String())
	}
	return stdout.String(), stderr.String(), err
}

// TryStatus asks for the status; the error is that of the program.
func (p *Person) TryStatus() (Status, error) {
	var s Status
	out, _, err := p.Run("status", "--json")
	if err == nil {
		err = json.Unmarshal([]byte(out), &s)
	}
	return s, err
}

// Status asks for the status.
func (p *Person) Status() Status {
	p.T.Helper()
	s, err := p.TryStatus()
	p.Must(err)
	return s
}

// AwaitCards waits until there are n cards on all boards together and all of
// it is on disk.
func (p *Person) AwaitCards(n int) {
	p.T.Helper()
	var s Status
	p.Until(fmt.Sprintf("there are %d cards", n), func() bool {
		s = p.Status()
		return s.Cards == n
	})
	p.AwaitSaved()
}

// AwaitSaved waits until all of it is on disk.
func (p *Person) AwaitSaved() {
	p.T.Helper()
	p.Until("everything is saved", func() bool {
		s := p.Status()
		return s.Saved && s.Pending == 0
	})
}

// Exported is the Home board as "corkboard export" writes it: the content of
// each file by its path.
func (p *Person) Exported() map[string]string {
	p.T.Helper()
	dir := filepath.Join(p.T.TempDir(), "export")
	_, _, err := p.Run("export", "home", dir)
	p.Must(err)
	files := map[string]string{}
	p.Must(filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	}))
	return files
}

// Card is one in an exported board.json.
type Card struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Link     string          `json:"link"`
	Title    string          `json:"title"`
	X        float64         `json:"x"`
	Y        float64         `json:"y"`
	W        float64         `json:"w"`
	H        float64         `json:"h"`
	Group    string          `json:"group"`
	Locked   bool            `json:"locked"`
	File     string          `json:"file"`
	Document json.RawMessage `json:"document"`
}

// CardsIn reads a board.json.
func (p *Person) CardsIn(text string) []Card {
	p.T.Helper()
	var b struct {
		Cards []Card `json:"cards"`
	}
	p.Must(json.Unmarshal([]byte(text), &b))
	return b.Cards
}

// Only is the one card of a kind on Home.
func (p *Person) Only(kind string) Card {
	p.T.Helper()
	var found []Card
	for _, c := range p.CardsIn(p.Exported()["board.json"]) {
		if c.Kind == kind {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		p.T.Fatalf("there are %d cards of kind %s on Home, want one", len(found), kind)
	}
	return found[0]
}
