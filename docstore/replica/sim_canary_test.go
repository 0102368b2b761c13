package replica

import (
	"crypto/sha256"
	"encoding/binary"
	"os"
	"os/exec"
	"strings"
	"testing"

	"corkboard/docstore/verify"
)

// The simulation must notice if honest replicas did without verification, or
// without the rule which changes count. Such a world is played by a process of
// its own, for without verification the native core may die of it.
const canary = "CORKBOARD_CANARY"

func TestCanaryWithoutVerification(t *testing.T) { canaryDies(t, "lenient") }

func TestCanaryWithoutAcceptRule(t *testing.T) { canaryDies(t, "lawless") }

// The same over sessions of docsync.
func TestCanaryOverSyncWithoutVerification(t *testing.T) { canaryDies(t, "lenient over sync") }

func TestCanaryOverSyncWithoutAcceptRule(t *testing.T) { canaryDies(t, "lawless over sync") }

func canaryDies(t *testing.T, kind string) {
	t.Helper()
	if raced || testing.Short() {
		t.Skip("takes whole worlds")
	}
	anEngine(t)
	for _, seed := range []string{"1", "2", "3"} {
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCanaryWorld$", "-test.v")
		c.Env = append(os.Environ(), canary+"="+kind, "SEED="+seed)
		out, err := c.CombinedOutput()
		if err == nil {
			continue
		}
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "SEED=") || strings.Contains(line, "panic") || strings.Contains(line, "SIG") {
				t.Logf("seed %s: %s", seed, strings.TrimSpace(line))
				break
			}
		}
		return
	}
	t.Errorf("nothing is noticed of replicas that are %s", kind)
}

// TestCanaryWorld plays what the canaries ask for, and should fail.
func TestCanaryWorld(t *testing.T) {
	var all trust
	kind, sync := strings.CutSuffix(os.Getenv(canary), " over sync")
	switch kind {
	case "lenient":
		all.lenient = lenient
	case "lawless":
		all.lawless = true
	default:
		t.Skip("only canaries need it")
	}
	seed := number("SEED", 1)
	w := newWorld(t, seed, all)
	defer w.close()
	if sync {
		w.wire()
	}
	if err := w.play(); err != nil {
		t.Fatalf("SEED=%d: %v", seed, err)
	}
}

// lenient reads a change as far as it must be read to put it into order, and
// believes the rest.
func lenient(b []byte) (*verify.Decoded, error) {
	if d, err := verify.Change(b); err == nil {
		return d, nil
	}
	data := dataOf(b)
	d := &verify.Decoded{Chunk: b}
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
	d.Hash = sha256.Sum256(b[8:])
	return d, nil
}
