package engine_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

// javascript names the folder of the installed npm package
// @automerge/automerge, for a test with the original.
const javascript = "CORKBOARD_AUTOMERGE_JS"

type history struct {
	Save   []byte   `json:"save"`
	Chunks [][]byte `json:"chunks"`
	Seed   int      `json:"seed"`
}

type replicaState struct {
	Heads doc.Heads       `json:"heads"`
	Tree  json.RawMessage `json:"tree"`
	Save  []byte          `json:"save"`
}

type replica struct {
	Before replicaState `json:"before"`
	After  replicaState `json:"after"`
	Chunks [][]byte     `json:"chunks"`
}

func askJavaScript(t *testing.T, dir string, ask []history) (answers []replica) {
	t.Helper()
	in := must(json.Marshal(ask))(t)
	cmd := exec.CommandContext(t.Context(), "node", "testdata/replica.cjs", dir)
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaint.Bytes())
	}
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(ask) {
		t.Fatalf("%d answers to %d, %v", len(answers), len(ask), err)
	}
	return answers
}

func isState(t *testing.T, what string, d engine.Doc, want replicaState) {
	t.Helper()
	tree := must(doc.DecodeValue(want.Tree))(t)
	if got := must(d.Tree())(t); !doc.Equal(got, tree) {
		t.Fatalf("%s: sandboxed has\n%s\nJavaScript\n%s", what, doctest.Show(got), doctest.Show(tree))
	}
	slices.Sort(want.Heads)
	if !slices.Equal(d.Heads(), want.Heads) {
		t.Fatalf("%s: heads %v, JavaScript has %v", what, d.Heads(), want.Heads)
	}
}

// JavaScript's Automerge reads what we write, from saves and from changes,
// and we read what it writes.
func TestJavaScriptUnderstandsUs(t *testing.T) {
	dir := os.Getenv(javascript)
	if dir == "" {
		t.Skipf("%s is not set: it names the folder of the npm package @automerge/automerge", javascript)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node")
	}
	e := oneForAll()
	var ask []history
	var docs []engine.Doc
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 10))
		d := must(e.New(actor(seed)))(t)
		t.Cleanup(d.Close)
		h := history{Seed: seed}
		for i := range 20 {
			c := edit(t, d, r)
			if c != nil {
				h.Chunks = append(h.Chunks, c)
			}
			if i == 10 && seed%3 > 0 {
				h.Save, h.Chunks = d.Save(), nil
			}
		}
		r.Shuffle(len(h.Chunks), func(i, j int) { h.Chunks[i], h.Chunks[j] = h.Chunks[j], h.Chunks[i] })
		ask, docs = append(ask, h), append(docs, d)
	}
	for i, a := range askJavaScript(t, dir, ask) {
		d := docs[i]
		isState(t, "what we made", d, a.Before)
		before := must(d.Tree())(t)
		touched := must(d.Merge(a.Chunks))(t)
		isState(t, "its changes", d, a.After)
		for _, p := range doc.Difference(before, must(d.Tree())(t)) {
			if !slices.ContainsFunc(touched, func(x doc.Path) bool { return p.Has(x) }) {
				t.Fatalf("%s differs, touched are %v", p, touched)
			}
		}
		again := must(e.Load(a.After.Save, nil, actor(1000)))(t)
		isState(t, "its save", again, a.After)
		again.Close()
	}
}
