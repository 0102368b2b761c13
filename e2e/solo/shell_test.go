package solo

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// status is what "corkboard status --json" says, as far as we look at it.
type status struct {
	Home     string `json:"home"`
	Cards    int    `json:"cards"`
	Boards   int    `json:"boards"`
	Saved    bool   `json:"saved"`
	Pending  int    `json:"pending"`
	ReadOnly string `json:"readOnly"`
}

// run runs the program once more on the same profile, as from a shell.
func (p *person) run(args ...string) (out, complaint string, err error) {
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, p.binary, append([]string{"--profile", p.profile}, args...)...)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	if err = command.Run(); err != nil {
		err = fmt.Errorf("corkboard %s: %w: %s", strings.Join(args, " "), err, stderr.String())
	}
	return stdout.String(), stderr.String(), err
}

func (p *person) tryStatus() (status, error) {
	var s status
	out, _, err := p.run("status", "--json")
	if err == nil {
		err = json.Unmarshal([]byte(out), &s)
	}
	return s, err
}

func (p *person) status() status {
	p.t.Helper()
	s, err := p.tryStatus()
	p.must(err)
	return s
}

// awaitCards waits until there are n cards on all boards together and all of
// it is on disk.
func (p *person) awaitCards(n int) {
	p.t.Helper()
	var s status
	p.until(fmt.Sprintf("there are %d cards", n), func() bool {
		s = p.status()
		return s.Cards == n
	})
	p.awaitSaved()
}

func (p *person) awaitSaved() {
	p.t.Helper()
	p.until("everything is saved", func() bool {
		s := p.status()
		return s.Saved && s.Pending == 0
	})
}

// exported is the Home board as "corkboard export" writes it: the content of
// each file by its path.
func (p *person) exported() map[string]string {
	p.t.Helper()
	dir := filepath.Join(p.t.TempDir(), "export")
	_, _, err := p.run("export", p.status().Home, dir)
	p.must(err)
	files := map[string]string{}
	p.must(filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
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

// card is one in an exported board.json.
type card struct {
	Kind     string          `json:"kind"`
	Link     string          `json:"link"`
	Title    string          `json:"title"`
	X        float64         `json:"x"`
	Y        float64         `json:"y"`
	W        float64         `json:"w"`
	H        float64         `json:"h"`
	File     string          `json:"file"`
	Document json.RawMessage `json:"document"`
}

// cardsIn reads a board.json.
func (p *person) cardsIn(text string) []card {
	p.t.Helper()
	var b struct {
		Cards []card `json:"cards"`
	}
	p.must(json.Unmarshal([]byte(text), &b))
	return b.Cards
}

// only is the one card of a kind on Home.
func (p *person) only(kind string) card {
	p.t.Helper()
	var found []card
	for _, c := range p.cardsIn(p.exported()["board.json"]) {
		if c.Kind == kind {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		p.t.Fatalf("there are %d cards of kind %s on Home, want one", len(found), kind)
	}
	return found[0]
}
