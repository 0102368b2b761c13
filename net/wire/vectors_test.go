package wire_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"corkboard/net/wire"
)

var freeze = flag.Bool("freeze", false, "write testdata/vectors.txt anew: this is another format then")

const vectorFile = "testdata/vectors.txt"

// recorder keeps what is written to a stream.
type recorder struct {
	wire.Stream
	written []byte
}

func (r *recorder) Write(b []byte) (int, error) {
	r.written = append(r.written, b...)
	return r.Stream.Write(b)
}

// vectors is one handshake from fixed randomness: what each end knows, and says.
func vectors(t *testing.T) string {
	m := meet(t)
	collection, store := [32]byte{1, 2, 3}, person(t, 9).Device.ID()
	meeting, namespace := wire.MeetSecret(collection), wire.NamespaceSecret(collection, store)
	own := secrets(0, 10)
	brought := [2][]wire.Secret{append([]wire.Secret{meeting, namespace}, own[:7]...), {own[9], namespace, own[3], meeting}}
	selves := [2]*wire.Self{person(t, 1), person(t, 2)}
	var said [2][]byte
	var results [2]wire.Result
	shakes := func(i int) error {
		s, err := m.stream(i)
		if err != nil {
			return err
		}
		r := &recorder{Stream: s}
		results[i], err = wire.ShakeBy(m.ctx, rand.NewChaCha8([32]byte{byte(i), 'r'}), r, m.conns[i], brought[i], selves[i])
		said[i] = r.written
		return err
	}
	done := make(chan error, 1)
	go func() { done <- shakes(1) }()
	m.must(shakes(0))
	m.must(<-done)
	var text strings.Builder
	put := func(name string, parts ...[]byte) {
		fmt.Fprintf(&text, "%s %s\n", name, hex.EncodeToString(bytes.Join(parts, nil)))
	}
	put("collection", collection[:])
	put("store", store[:])
	for i, role := range []string{"dialler", "acceptor"} {
		put(role+"_name", m.conns[i].Local())
		var all [][]byte
		for _, s := range brought[i] {
			b := s.Reveal()
			all = append(all, b[:])
		}
		put(role+"_secrets", all...)
		device := selves[i].Device.ID()
		put(role+"_person", selves[i].Person[:])
		put(role+"_device", device[:])
		put(role+"_says", said[i])
	}
	var sessions [][]byte
	for _, match := range results[0].Matched {
		sessions = append(sessions, match.Tag[:])
	}
	slices.SortFunc(sessions, bytes.Compare)
	put("sessions", sessions...)
	return text.String()
}

func TestVectorsAreFrozen(t *testing.T) {
	got := vectors(t)
	if *freeze {
		if err := os.WriteFile(vectorFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("hands are shaken in another form than in " + vectorFile)
	}
}
