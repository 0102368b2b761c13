package share_test

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/share"
)

const vectorFile = "testdata/vectors.txt"

var freeze = flag.Bool("freeze", false, "write testdata/vectors.txt anew: links are of another form then")

// links are one of every kind, and texts that are none.
func links() []string {
	id := func(n byte) doc.ID { return doc.NewID([32]byte{n, 1, 2, 3, 31: n}) }
	secret := func(n byte) share.Secret { return share.NewSecret([share.SecretSize]byte{n, 15: 7}) }
	at := func(a ...string) (out share.Addresses) { copy(out[:], a); return out }
	var out []string
	for _, l := range []share.Link{
		{Document: id(1), Kind: "text"},
		{Document: doc.NewID([32]byte{31: 1}), Kind: "3d-model"},
		{Document: id(255), Kind: "board", In: id(2)},
		{Document: id(3), Kind: "board", In: id(4), Role: share.Read, Secret: secret(0)},
		{Document: id(3), Kind: "board", In: id(4), Role: share.Write, Secret: secret(255), At: at("/ip4/192.0.2.7/udp/4001/quic-v1")},
		{Document: id(5), Kind: "board", In: id(6), Role: share.Admin, Secret: secret(9), At: at("folder ü/%&=#", "/dns/example.org/tcp/1")},
		{Document: id(7), Kind: share.KindStorage, Role: share.Store, Secret: secret(1), At: at("/ip6/2001:db8::1/tcp/1")},
		{Document: id(8), Kind: share.KindDevice, Role: share.Admin, Secret: secret(2), At: at("a~b_c-d.e")},
		{Document: id(9), Kind: share.KindPerson},
	} {
		out = append(out, share.Format(l))
	}
	good := out[4]
	return append(out,
		"  "+strings.Replace(out[0], "corkboard", "CorkBoard", 1)+"\n",
		strings.Replace(good, "/?", "?", 1)+"1", good[:len(good)-1], good+"#", strings.Replace(good, "#w.", "#x.", 1),
		strings.Replace(good, "#w.", "#W.", 1), strings.Replace(good, "&in=", "&on=", 1), strings.Replace(good, "?contentType=board", "?", 1),
		strings.Replace(good, "/ip4", "%2Fip4", 1), strings.Replace(out[5], "%20", "%2g", 1), strings.Replace(out[5], "%C3", "%c3", 1),
		good[:strings.Index(good, "&at")]+"&at=%00#"+good[strings.Index(good, "#")+1:],
		out[2]+"&at=x&at=x", out[2]+"&at=x&at=y&at=z", out[2]+"&contentType=board", out[0]+"#"+good[strings.Index(good, "#")+1:],
		out[7]+"1", "corkboard:/1"+out[0][len("corkboard:/"):], out[1][:11]+out[1][12:], "hypermerge:/x?pushpinContentType=text",
		strings.Replace(out[0], "=text", "=Text", 1), strings.Replace(out[0], "=text", "="+strings.Repeat("a", 33), 1), "")
}

// words are what a link says, in hexadecimal; "refused" for what is none.
func (d decoded) String() string {
	return fmt.Sprintf("document=%x kind=%s collection=%x at=%x role=%s secret=%x", d.Document, d.Kind, d.Collection, d.At, d.Role, d.Secret)
}

func words(d decoded, err error) string {
	if err != nil {
		return "refused"
	}
	return d.String()
}

// byThePackage is what the first reader says of a link, in the same words.
func byThePackage(t *testing.T, s string) string {
	t.Helper()
	l, err := share.Parse(s)
	if err != nil {
		return "refused"
	}
	d := decoded{Kind: l.Kind}
	for _, x := range []struct {
		to *[]byte
		id doc.ID
	}{{&d.Document, l.Document}, {&d.Collection, l.In}} {
		if x.id != "" {
			if b, ok := documentID(string(x.id)); ok && doc.NewID([32]byte(b)) == x.id {
				*x.to = b
			}
		}
	}
	for _, at := range l.At {
		if at != "" {
			d.At = append(d.At, at)
		}
	}
	if l.Invites() {
		b := l.Secret.Reveal()
		d.Role, d.Secret = string(rune(l.Role)), b[:]
	}
	return d.String()
}

// The frozen links are read by both readers, and both refuse the rest.
func TestVectors(t *testing.T) {
	if *freeze {
		var b strings.Builder
		for _, s := range links() {
			fmt.Fprintf(&b, "%s %s\n", hex.EncodeToString([]byte(s)), byThePackage(t, s))
		}
		if err := os.WriteFile(vectorFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{}
	for line := range strings.Lines(string(text)) {
		name, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		raw, err := hex.DecodeString(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := words(read(string(raw))); got != want {
			t.Errorf("%q by the text:\n%s, want\n%s", raw, got, want)
		}
		if got := byThePackage(t, string(raw)); got != want {
			t.Errorf("%q:\n%s, want\n%s", raw, got, want)
		}
		said[want]++
	}
	if said["refused"] < 20 || len(said) < 10 {
		t.Errorf("%d refused, %d others", said["refused"], len(said)-1)
	}
}
