package docsync

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var freeze = flag.Bool("freeze", false, "write testdata/vectors.txt anew: this is another protocol then")

const vectorFile = "testdata/vectors.txt"

// vectors is one frame of each kind.
func vectors() string {
	c := &collection{tag: Tag{0xc0, 1, 2, 3, 4, 5, 6, 7}, mode: All}
	raw := []byte("sealed bytes")
	e := Entry{Place: 300, Key: keyOf(raw), Sort: Record, Size: len(raw)}
	sinceFrame := begin(since, c, Records)
	sinceFrame.Uint(299)
	itemFrame := begin(item, c, All)
	itemFrame.Fixed(e.Key[:])
	itemFrame.Uint8(uint8(e.Sort))
	itemFrame.Fixed(raw)
	pushFrame := begin(push, c, All)
	span{299, 300}.write(pushFrame)
	pushFrame.Uint8(uint8(e.Sort))
	pushFrame.Fixed(raw)
	own := &collection{tag: c.tag, mode: All, idx: newShelf(1)}
	at := node{}.child(30).child(13)
	first := question{1, []part{{form: byHashes, hashes: own.hashes(node{})}}}
	keys := question{2, []part{{node: at, form: byKeys, keys: []Key{at.lo, e.Key}}}}
	items := question{3, []part{{node: at, form: ofItems, items: []Entry{e}}}}
	answerFrame := begin(answer, c, All)
	answerFrame.Uint(1)
	answerFrame.Uint(1<<3 | 1<<5)
	answerFrame.Bool(false)
	answerFrame.Bool(true)
	own.hashes(node{}.child(5)).write(answerFrame)
	keysAnswer := begin(answer, c, All)
	keysAnswer.Uint(2)
	keysAnswer.Bool(false)
	keysAnswer.Fixed([]byte{1 << 0})
	writeEntries(keysAnswer, []Entry{e})
	records := ReplicaID{7}.ofRecords()

	var b strings.Builder
	line := func(name string, v []byte) { fmt.Fprintf(&b, "%s %x\n", name, v) }
	line("replica_of_records", records[:])
	line("have", haveFrame{rights: All, replica: ReplicaID{7}, last: 300, sum: [8]byte{1, 2}}.write(c))
	line("seen", seenFrame{of: [4]byte{7}, seen: 298, span: span{299, 300}}.write(c))
	line("since", sinceFrame.B)
	line("ids", c.writeIDs(span{299, 301}, []Entry{e}))
	line("want", writeKeys(want, c, []Key{e.Key}))
	line("item", itemFrame.B)
	line("missing", writeKeys(missing, c, []Key{e.Key}))
	line("push", pushFrame.B)
	line("ranges_hashes", first.write(c))
	line("ranges_keys", keys.write(c))
	line("ranges_items", items.write(c))
	line("answer_hashes", answerFrame.B)
	line("answer_keys", keysAnswer.B)
	return b.String()
}

func TestVectors(t *testing.T) {
	got := vectors()
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
		t.Errorf("the protocol has changed:\n%s\nit was\n%s", got, want)
	}
}

// What was frozen is understood by a session that holds nothing.
func TestVectorsAreRead(t *testing.T) {
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	frames := map[string][]byte{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if frames[name], err = hex.DecodeString(value); err != nil {
			t.Fatal(err)
		}
	}
	v := newVictim(t, 0)
	tag := Tag{0xc0, 1, 2, 3, 4, 5, 6, 7}
	v.s.Open(tag, v.mine, All)
	for _, c := range []struct {
		frame   string
		answers []kind
	}{
		{"have", []kind{have, since, seen}},
		{"seen", nil},
		{"since", nil}, // of records, where all counts
		{"ids", []kind{want}},
		{"want", []kind{missing}},
		{"item", nil},
		{"push", nil},
		{"ranges_hashes", []kind{answer}},
		{"ranges_keys", []kind{answer}},
		{"ranges_items", []kind{answer}},
		{"answer_hashes", []kind{ranges}}, // nobody has asked
		{"answer_keys", []kind{ranges}},
		{"missing", nil},
	} {
		v.must(v.says(frames[c.frame]))
		kinds, list := v.polls()
		kinds, list = mine(kinds, list, tag)
		if !slices.Equal(kinds, c.answers) {
			t.Errorf("to %s it says %v", c.frame, kinds)
		}
		if c.frame == "ranges_hashes" && hex.EncodeToString(list[0][11:]) != "0100" {
			t.Errorf("it answers %x", list[0])
		}
	}
	if s := v.s.Status(tag); s.Replica != (ReplicaID{7}) || s.Last != 301 || s.Outstanding != 12 {
		t.Errorf("%+v", s)
	}
	if list := v.s.Arrivals(); len(list) != 1 || string(list[0].Raw) != "sealed bytes" || list[0].Sort != Record {
		t.Errorf("%v arrive", list)
	}
}

// mine is the frames about one collection.
func mine(kinds []kind, frames [][]byte, tag Tag) (k []kind, f [][]byte) {
	for i := range frames {
		if Tag(frames[i][2:10]) == tag {
			k, f = append(k, kinds[i]), append(f, frames[i])
		}
	}
	return k, f
}
