package app

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// killedProfile names the profile in which this process writes until it is killed.
const killedProfile = "CORKBOARD_TEST_SEARCH_PROFILE"

// maybeWriter writes texts and says which are on disk, if it is asked for.
func maybeWriter() {
	dir := os.Getenv(killedProfile)
	if dir == "" {
		return
	}
	ctx := context.Background()
	a, err := Open(ctx, Options{Profile: dir, Code: os.Getenv(killedProfile + "_CODE")})
	for n := 0; err == nil; n++ {
		word := fmt.Sprintf("word%s%d", a.NewCardID()[:6], n)
		_, err = a.pinNew(ctx, a.home, board.Point{Y: float64(n)}, "", cards.KindText, cards.NewText("A text with "+word))
		if err == nil {
			err = a.Flush(ctx)
		}
		if err == nil {
			fmt.Println(word)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// A process is killed while documents are saved and read by the index: everything that
// was saved is found afterwards, once, and on its board.
func TestIndexSurvivesBeingKilled(t *testing.T) {
	dir := t.TempDir()
	var said []string
	for round := range 3 {
		said = append(said, writeAndKill(t, dir, 100+100*round)...)
		a := openTest(t, dir)
		indexed(t, a)
		for _, word := range said {
			if r := searchTest(t, a, word); r.Shown.Total != 1 || r.Aside.Total != 0 || r.Shown.Hits[0].Place.Board != a.Home() {
				t.Fatalf("round %d: %q is found %d times, and %d times aside", round, word, r.Shown.Total, r.Aside.Total)
			}
		}
		sameAsReadAll(t, a)
		closeTest(t, a)
	}
}

// writeAndKill starts the writer and kills it after so many texts.
func writeAndKill(t *testing.T, dir string, after int) (said []string) {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	child := exec.CommandContext(testContext(t), exe)
	child.Env = append(os.Environ(), killedProfile+"="+dir, killedProfile+"_CODE="+code)
	var trouble strings.Builder
	child.Stderr = &trouble
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said = append(said, lines.Text())
		if len(said) == after {
			must(t, child.Process.Kill())
		}
	}
	if err := child.Wait(); err == nil || len(said) < after {
		t.Fatalf("it ended by itself after %d texts: %v\n%s", len(said), err, trouble.String())
	}
	return said
}

// sameAsReadAll compares the index with all documents.
func sameAsReadAll(t *testing.T, a *App) {
	t.Helper()
	list, err := a.store.Documents(testContext(t))
	must(t, err)
	stamps, err := a.finder.index.Stamps(testContext(t))
	must(t, err)
	if len(stamps) != len(list) {
		t.Fatalf("%d documents, %d in the index", len(list), len(stamps))
	}
	with := map[doc.ID]bool{}
	for _, i := range list {
		whole, err := a.readWhole(testContext(t), i.ID)
		must(t, err)
		if text, ok := whole["text"].(doc.Text); ok && strings.Contains(string(text), "A text with") {
			with[i.ID] = true
		}
	}
	if r := searchTest(t, a, "a text with"); r.Shown.Total+r.Aside.Total != len(with) {
		t.Fatalf("%d documents say it, %d are found", len(with), r.Shown.Total+r.Aside.Total)
	}
}
