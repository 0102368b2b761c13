package chunk_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The vectors are read by the second reader alone.
func TestTheFormatCanBeReadFromItsText(t *testing.T) {
	text, err := os.ReadFile("testdata/vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	v := map[string][]byte{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if v[name], err = hex.DecodeString(value); err != nil {
			t.Fatal(err)
		}
	}
	m, f := &reader{v: v, runs: map[string][]byte{}}, &in{b: v["file"]}
	if string(f.take(13)) != "corkbundle\x1a\n\x02" {
		t.Fatal("no bundle file")
	}
	var ids []byte
	for len(f.b) > 0 {
		mark, length, id := f.take(4), binary.BigEndian.Uint32(f.take(4)), f.take(32)
		chunk := f.take(int(length))
		ids = append(ids, id...)
		if bytes.Equal(mark, []byte{0xc5, 0x0c, 0x4b, 0xb8}) {
			if !bytes.Equal(id, hash(chunk)) {
				t.Fatal("no piece")
			}
			m.out = append(m.out, fmt.Sprintf("piece %d of %x: %x", binary.BigEndian.Uint32(chunk[16:]), chunk[:16], chunk[20:]))
			continue
		}
		if !bytes.Equal(mark, []byte{0xc5, 0x0c, 0x4b, 0xb7}) || length > 0 && !bytes.Equal(id, hash(chunk)) {
			t.Fatal("no entry")
		}
		if length == 0 && !bytes.Equal(id, hash(ids[:len(ids)-32])) {
			t.Error("other entries than were written")
		} else if length > 0 {
			if err := m.open(chunk); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := fmt.Sprintf("document %x by %x%x\nchange 1 by %x: %x, %x\nchange 2 by %x: %x, %x\nup to 1: %x\nup to 2: %x\nsave %x\npiece 2147483648 of 01020300000000000000000000000000: 7365616c656420656c73657768657265",
		v["document"], v["person"], v["device"], v["actor"], v["change_1_id"], v["change_1"],
		v["actor"], v["change_2_id"], v["change_2"], v["change_1_id"], v["change_2_id"], v["save"])
	if got := strings.Join(m.out, "\n"); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	if ids, ok := proof(v["proof"]); !ok || !slices.Contains(ids, hex.EncodeToString(v["change_2_id"])) {
		t.Errorf("the proof is of %v: %v", ids, ok)
	}
	m.out = nil
	for _, kind := range []string{"5", "6"} {
		err := m.open(v["record_"+kind+"_chunk"])
		if want := fmt.Sprintf("record %x", v["record_"+kind]); err != nil || m.out[len(m.out)-1] != want {
			t.Errorf("kind %s: %v, %v, want %s", kind, m.out, err, want)
		}
	}
}
