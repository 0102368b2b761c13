package sim

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"corkboard/internal/plant"
)

// A canary is a fault in the product that small worlds must notice.
type canary struct {
	name   string
	faults []plant.Fault
}

const (
	canaryReplicas = 20
	canaryWorlds   = 6 // at most
)

var allCanaries = []canary{
	{"sync forgets every 17th item", []plant.Fault{{
		File: "net/docsync/tell.go",
		Old:  "if c.counts(e.Sort) && !c.theirs.has(e.Key) {\n\t\t\t\tentries",
		New:  "if c.counts(e.Sort) && !c.theirs.has(e.Key) && e.Key[0]%17 != 0 {\n\t\t\t\tentries",
	}, {
		File: "net/docsync/verify.go",
		Old:  "if sums[0] == sums[1] {",
		New:  "if true {",
	}}},
	{"who is removed stays", []plant.Fault{{
		File: "access/standing.go",
		Old:  "s.grants, s.banned = nil, true",
		New:  "s.banned = true",
	}}},
	{"no new key after a removal", []plant.Fault{{
		File: "access/epoch.go",
		Old:  "func (v *View) NeedsRotation(now int64) Need {",
		New:  "func (v *View) NeedsRotation(now int64) Need {\n\tif v != nil {\n\t\treturn NoNeed\n\t}",
	}}},
	{"what is quarantined counts", []plant.Fault{{
		File: "docstore/replica/trust.go",
		Old:  "t.lawless && v.Status == access.Quarantined",
		New:  "v.Status == access.Quarantined",
	}}},
	{"nothing is verified", []plant.Fault{
		{File: "docstore/replica/trust.go", Old: "import (", New: "import (\n\t\"crypto/sha256\"\n\t\"encoding/binary\""},
		{File: "docstore/replica/trust.go", Old: "d, err := verify.Change(c.Automerge())", New: "d, err := lenient(c.Automerge())"},
		{File: "docstore/replica/trust.go", Old: "Actor: d.Actor[:]", New: "Actor: func() []byte { a := c.Actor(); return a[:] }()"},
		{File: "docstore/replica/trust.go", Old: "// accepts turns", New: lenient + "\n// accepts turns"},
		{File: "docstore/replica/document.go", Old: "paths, err = d.places.Add(c.decoded)", New: "paths, err = paths, nil"},
	}},
}

// lenient reads a change as far as it must be read to put it into order, and believes
// the rest.
const lenient = `
func lenient(b []byte) (*verify.Decoded, error) {
	if d, err := verify.Change(b); err == nil {
		return d, nil
	}
	if len(b) < 10 {
		return nil, verify.ErrMalformed
	}
	_, skip := binary.Uvarint(b[9:])
	data := b[9+max(skip, 0):]
	d := &verify.Decoded{Chunk: b, Hash: sha256.Sum256(b[8:])}
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size)/32 {
		return nil, verify.ErrMalformed
	}
	for data = data[size:]; n > 0; n-- {
		d.Deps = append(d.Deps, [32]byte(data))
		data = data[32:]
	}
	n, size = binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, verify.ErrMalformed
	}
	copy(d.Actor[:], data[size:size+int(n)])
	if d.Seq, size = binary.Uvarint(data[size+int(n):]); size <= 0 {
		return nil, verify.ErrMalformed
	}
	return d, nil
}
`

// canaries says of which faults the worlds notice, and fails if there is one of which
// they do not.
func canaries(t *testing.T) (caught []string) {
	why := make([]string, len(allCanaries))
	var all sync.WaitGroup
	turns := make(chan bool, 2)
	for i, c := range allCanaries {
		all.Go(func() {
			turns <- true
			defer func() { <-turns }()
			why[i] = c.noticed(t)
		})
	}
	all.Wait()
	for i, c := range allCanaries {
		if why[i] == "" {
			t.Errorf("canary: %d worlds do not notice that %s", canaryWorlds, c.name)
			continue
		}
		t.Logf("canary: %s: %s", c.name, why[i])
		caught = append(caught, c.name)
	}
	return caught
}

// noticed is what a world says of the fault; nothing if none does.
func (c canary) noticed(t *testing.T) string {
	program := filepath.Join(t.TempDir(), "planted.test")
	if err := plant.Test(t.Context(), program, pkg, c.faults...); err != nil {
		t.Error(err)
		return ""
	}
	for seed := range uint64(canaryWorlds) {
		if _, err := play(t.Context(), program, 1+seed, canaryReplicas); err != nil {
			return gist(err.Error())
		}
	}
	return ""
}

// gist is the line that tells what went wrong.
func gist(said string) string {
	for line := range strings.Lines(said) {
		for _, word := range []string{" ms: ", "panic", "SIG", "fatal"} {
			if strings.Contains(line, word) {
				return strings.TrimSpace(line[:min(len(line), 200)])
			}
		}
	}
	return said[:min(len(said), 200)]
}
