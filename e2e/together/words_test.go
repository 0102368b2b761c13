//go:build linux

package together

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"testing"
	"unicode/utf16"

	"corkboard/identity"
	"corkboard/internal/lab"
	"corkboard/share"
)

// planted are words that stand nowhere else in the world; each is told to the program
// somewhere, and none may be seen on the way.
type planted struct {
	names, titles, told, paper [2]string // told: by each of them while they are together
	both                       [2]string // typed at the same time
	apart, list                [2]string // written while they are apart
	pages                      []string
	all                        []string
}

// word makes the n-th word of nonsense.
func word(n int) string {
	syllables := []string{"quor", "vex", "plim", "zug", "trab", "nyx", "fold", "kwisp", "drom", "yalt"}
	return syllables[n%10] + syllables[(n/10+3)%10] + syllables[(n*7+n/10+5)%10]
}

// plant makes fifty of them.
func plant() planted {
	var p planted
	next := func() string {
		p.all = append(p.all, word(len(p.all)))
		return p.all[len(p.all)-1]
	}
	for _, pair := range []*[2]string{&p.names, &p.titles, &p.told, &p.paper, &p.both, &p.apart, &p.list} {
		pair[0], pair[1] = next(), next()
	}
	for len(p.all) < 50 {
		p.pages = append(p.pages, next())
	}
	return p
}

// A form is one way in which something could be written on the wire.
type form struct {
	what  string
	bytes []byte
}

// forms are the ways in which a word could be written.
func forms(word string) []form {
	wide := make([]byte, 0, 2*len(word))
	for _, u := range utf16.Encode([]rune(word)) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	return []form{
		{"as text", []byte(word)},
		{"as text, the first letter large", append(bytes.ToUpper([]byte(word[:1])), word[1:]...)},
		{"in UTF-16", wide},
		{"in hexadecimal", []byte(hex.EncodeToString([]byte(word)))},
	}
}

// idForms are the ways in which an id of 32 bytes could be written.
func idForms(t *testing.T, id string) []form {
	t.Helper()
	raw, err := identity.ParsePersonID(id) // the form of all ids
	if err != nil {
		t.Fatalf("id %q: %v", id, err)
	}
	return []form{
		{"as text", []byte(id)},
		{"raw", raw[:]},
		{"in hexadecimal", []byte(hex.EncodeToString(raw[:]))},
		{"in base64", []byte(base64.RawStdEncoding.EncodeToString(raw[:]))},
		{"in base64 of addresses", []byte(base64.RawURLEncoding.EncodeToString(raw[:]))},
	}
}

// idsOf are the ids that stand in links.
func idsOf(t *testing.T, links ...string) []string {
	t.Helper()
	seen := map[string]bool{}
	var ids []string
	for _, text := range links {
		l, err := share.ParseLocal(text)
		if err != nil {
			l, err = share.Parse(text)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{string(l.Document), string(l.In)} {
			if id != "" && !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// hits counts where any of the forms stand, and names each.
func hits(where []byte, name string, list []form) (found []string) {
	for _, f := range list {
		if n := bytes.Count(where, f.bytes); n > 0 {
			found = append(found, fmt.Sprintf("%s, %s: %d times", name, f.what, n))
		}
	}
	return found
}

// readableNowhere searches bytes for all words and ids.
func readableNowhere(t *testing.T, what string, where []byte, words, ids []string) {
	t.Helper()
	var found []string
	for _, w := range words {
		found = append(found, hits(where, w, forms(w))...)
	}
	for _, id := range ids {
		found = append(found, hits(where, id, idForms(t, id))...)
	}
	t.Logf("%s: %d bytes, %d words and %d ids looked for, %d hits", what, len(where), len(words), len(ids), len(found))
	for _, f := range found {
		t.Errorf("%s can be read: %s", what, f)
	}
}

// control is a word that is sent so that it can be read: a search that does not find
// it finds nothing.
const control = "readablecontrolword"

// roles send the control word from one host to another.
var roles = map[string]func([]string){"hear": hear, "say": say}

const controlPort = ":7070"

func hear([]string) {
	l, err := net.Listen("tcp4", controlPort)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	fmt.Println("ready")
	c, err := l.Accept()
	if err != nil {
		fmt.Println("error", err)
		return
	}
	b := make([]byte, len(control))
	n, _ := c.Read(b)
	fmt.Println("heard", string(b[:n]))
}

func say(args []string) {
	c, err := net.Dial("tcp4", args[0]+controlPort)
	if err == nil {
		_, err = c.Write([]byte(control))
		c.Close()
	}
	fmt.Println("said", err)
}

// searchTraffic ends the recording with the control word and searches it.
func searchTraffic(t *testing.T, c *lab.Capture, path string, from, to *lab.Host, words, ids []string) {
	t.Helper()
	heard := to.Role("hear")
	heard.Expect("ready", bound)
	from.Role("say", to.IP).Expect("said", bound)
	heard.Expect("heard "+control, bound)
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	traffic, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(hits(traffic, control, forms(control))) == 0 {
		t.Fatal("the search does not find what can be read")
	}
	readableNowhere(t, "the traffic", traffic, words, ids)
}
