package vm

import (
	"context"
	"errors"
	"math"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"corkboard/assets/automerge"
	"corkboard/filesum"
)

func start(t *testing.T, stoppable bool) *VM {
	t.Helper()
	return cached(t, stoppable, "")
}

func cached(t *testing.T, stoppable bool, dir string) *VM {
	t.Helper()
	code, err := automerge.Code()
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile(t.Context(), Config{Code: code, Memory: 64 << 20, Stoppable: stoppable, Cache: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	v, err := p.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}

// TestCalls goes through all kinds of arguments, results and failures on one
// VM, because compiling takes long.
func TestCalls(t *testing.T) {
	v := start(t, false)
	d, err := v.Pointer("automerge_new", Optional("00112233445566778899aabbccddeeff"))
	if err != nil {
		t.Fatal(err)
	}
	scalars(t, v, d)
	if n, err := v.Number("automerge_length", d, "_root", Undefined); err != nil || n != 7 {
		t.Fatalf("length %v, %v", n, err)
	}
	id, err := v.Value("automerge_putObject", d, "_root", "text", "a😀b")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := v.Text("automerge_text", d, id, Undefined); err != nil || s != "a😀b" {
		t.Fatalf("text %q, %v", s, err)
	}
	var thrown *Exception
	if _, err := v.Pointer("load", Bytes("damaged"), Object{}); !errors.As(err, &thrown) || v.Broken() != nil {
		t.Fatalf("got %v, want an exception", err)
	}
	for _, wrong := range []error{
		v.Do("no such export"), v.Do("automerge_put", d), v.Do("__wbindgen_start", d),
		second(v.Text("automerge_getHeads", d)), second(v.Number("automerge_getHeads", d)), second(v.Pointer("automerge_getHeads", d)),
	} {
		if wrong == nil || v.Broken() != nil {
			t.Fatalf("a call that is wrong gives %v", wrong)
		}
	}
	sweeps(t, v, d)
	missing(t, v, d)
}

func second[T any](_ T, err error) error { return err }

func scalars(t *testing.T, v *VM, d Pointer) {
	t.Helper()
	for name, c := range map[string]struct {
		kind string
		give any
	}{
		"null": {"null", nil}, "yes": {"boolean", true}, "int": {"int", -5.0}, "long": {"int", big.NewInt(math.MinInt64)},
		"float": {"f64", 0.25}, "str": {"str", "é"}, "bytes": {"bytes", Bytes{0, 255}},
	} {
		if err := v.Do("automerge_put", d, "_root", name, c.give, c.kind); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := v.Value("automerge_getWithType", d, "_root", name, Undefined)
		pair, ok := got.(*Array)
		if err != nil || !ok || pair.Items[0] != c.kind {
			t.Fatalf("%s: %v, %v", name, got, err)
		}
		same := false
		switch want := c.give.(type) {
		case *big.Int:
			n, ok := pair.Items[1].(*big.Int)
			same = ok && n.Cmp(want) == 0
		case Bytes:
			b, ok := pair.Items[1].(Bytes)
			same = ok && slices.Equal(b, want)
		default:
			same = pair.Items[1] == want
		}
		if !same {
			t.Fatalf("%s comes back as %v", name, pair.Items[1])
		}
	}
}

// sweeps proves that handles do not grow with the number of calls.
func sweeps(t *testing.T, v *VM, d Pointer) {
	t.Helper()
	for range 20 * sweepAt / 4 {
		if _, err := v.Value("automerge_getWithType", d, "_root", "str", Undefined); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(v.handles.values); n > 2*sweepAt {
		t.Fatalf("%d handles", n)
	}
}

// missing reaches an import that is not emulated: that is a trap, and the end.
func missing(t *testing.T, v *VM, d Pointer) {
	t.Helper()
	none := &Array{}
	_, err := v.Pointer("importSyncState", Object{
		"sharedHeads": none, "lastSentHeads": none, "theirHeads": nil, "theirNeed": nil, "theirHave": nil, "sentHashes": Object{},
	})
	if !errors.Is(err, ErrTrap) || !strings.Contains(err.Error(), "ownKeys") || !errors.Is(v.Broken(), ErrTrap) {
		t.Fatalf("got %v, want ErrTrap", err)
	}
	if _, err := v.Value("automerge_getHeads", d); !errors.Is(err, ErrTrap) {
		t.Fatalf("a dead VM says %v", err)
	}
}

func TestStop(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles twice")
	}
	v := start(t, true)
	d, err := v.Pointer("automerge_new", Optional(""))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	v.Bind(ctx)
	for err == nil {
		_, err = v.Value("automerge_putObject", d, "_root", "text", string(make([]byte, 1<<20)))
	}
	if !errors.Is(err, ErrDeadline) || !errors.Is(v.Broken(), ErrDeadline) {
		t.Fatalf("got %v, want ErrDeadline", err)
	}
}

// A cache that was damaged is written again, and never run.
func TestADamagedCacheIsNotRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles four times")
	}
	dir := t.TempDir()
	cached(t, false, dir).Close()
	var large string
	var whole []byte
	if err := eachCached(dir, func(path string) error {
		b, err := os.ReadFile(path)
		if len(b) > len(whole) {
			large, whole = path, b
		}
		return err
	}); err != nil || len(whole) < 1<<20 {
		t.Fatalf("%d bytes in the cache, %v", len(whole), err)
	}
	again := time.Now()
	cached(t, false, dir).Close()
	warm := time.Since(again)
	for name, damage := range map[string]func([]byte) []byte{
		"cut":     func(b []byte) []byte { return b[:len(b)/2] },
		"flipped": func(b []byte) []byte { b[100] ^= 4; return b },
	} {
		if err := os.WriteFile(large, damage(slices.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		cached(t, false, dir).Close()
		if got, err := os.ReadFile(large); err != nil || !slices.Equal(got, whole) {
			t.Fatalf("%s: the file was not written again, %v", name, err)
		}
	}
	if err := os.Remove(large + filesum.Suffix); err != nil {
		t.Fatal(err)
	}
	if err := sweepCache(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(large); err == nil {
		t.Fatal("a file without a sum was kept")
	}
	t.Logf("a warm start takes %v", warm)
}
