package cards

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"corkboard/doc"
)

func TestKeyOfAFileIsShownToNobody(t *testing.T) {
	secret := string(wholeFile.Key)
	shown := func(where, s string) {
		t.Helper()
		if strings.Contains(s, secret) || strings.Contains(s, fmt.Sprintf("%x", secret)) {
			t.Errorf("%s shows the key: %s", where, s)
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t"} {
		shown(verb, fmt.Sprintf(verb, wholeFile))
		shown(verb, fmt.Sprintf(verb, wholeFile.Key))
		shown(verb, fmt.Sprintf(verb, Stored{Key: wholeFile.Key}))
		shown(verb, fmt.Sprintf(verb, Part{Key: wholeFile.Key}))
	}
	shown("Errorf", fmt.Errorf("sharing %v: %w", wholeFile.Key, errors.New(wholeFile.Key.String())).Error())
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var log bytes.Buffer
		slog.New(handler(&log)).Info("shared", "key", wholeFile.Key, "file", wholeFile)
		shown("log as "+name, log.String())
	}
	b, err := json.Marshal(wholeFile)
	if err != nil {
		t.Fatal(err)
	}
	shown("JSON", string(b))
	shown("view", fmt.Sprintf("%#v", wholeFile.View()))
	shown("title", wholeFile.CardTitle()+wholeFile.SaveName())
}

func TestWithoutSecrets(t *testing.T) {
	root := made(t, NewFile(wholeFile)).Root()
	out := WithoutSecrets(root)
	if _, ok := out["key"]; ok || len(out) != len(root)-1 || root["key"] != string(wholeFile.Key) {
		t.Errorf("%d of %d slots", len(out), len(root))
	}
	if f := (FileCodec{}).Decode(doc.NewTree(out)); f.Key != "" || f.Pieces != wholeFile.Pieces || f.Blob != wholeFile.Blob {
		t.Errorf("%+v", f)
	}
	other := doc.Map{"key": "of something else", "text": doc.Text("x")}
	if out := WithoutSecrets(other); len(out) != 2 {
		t.Errorf("a document without a file lost %v", out)
	}
}

func TestWithoutSecretsOfAPage(t *testing.T) {
	tree := made(t, NewURL("https://example.org/"))
	do(t, URLCodec{}, tree, doc.Command[URL](wholeCapture))
	root := tree.Root()
	out := WithoutSecrets(root)
	before, after := (URLCodec{}).Decode(tree), (URLCodec{}).Decode(doc.NewTree(out))
	if before.Picture.Key == "" || after.Picture.Key != "" || after.Archive.Key != "" || after.Picture.Pieces != before.Picture.Pieces {
		t.Errorf("%+v", after)
	}
	if kept := (URLCodec{}).Decode(doc.NewTree(root)); kept != before {
		t.Error("the document itself has lost its keys")
	}
}

func TestFilesOfADocument(t *testing.T) {
	old := wholeFile
	old.Key, old.Pieces = "", ""
	page := made(t, NewURL("https://example.org/"))
	bare := wholeCapture
	bare.Picture.Key, bare.Picture.Pieces = "", ""
	do(t, URLCodec{}, page, doc.Command[URL](bare))
	for name, c := range map[string]struct {
		tree  *doc.Tree
		slot  string
		count int
	}{
		"file": {made(t, NewFile(old)), "", 1}, "page": {page, "picture", 4},
	} {
		t.Run(name, func(t *testing.T) {
			find := func() Stored {
				list := StoredIn(c.tree)
				if len(list) != c.count || list[0].Slot != c.slot {
					t.Fatalf("%+v", list)
				}
				return list[0]
			}
			apply := func(edits []doc.Edit) Stored {
				if _, err := c.tree.Apply(edits); err != nil {
					t.Fatal(err)
				}
				return find()
			}
			got := apply(find().Fetchable(wholeFile.Key, wholeFile.Pieces))
			if got.Key != wholeFile.Key || got.Pieces != wholeFile.Pieces {
				t.Fatalf("%+v", got)
			}
			if more := got.Fetchable(wholeFile.Key, wholeFile.Pieces); more != nil {
				t.Errorf("all is said: %+v", more)
			}
			// The key stays; a list of pieces that somebody got wrong does not.
			other := strings.Repeat("0c", 32)
			if got = apply(got.Fetchable(Secret(strings.Repeat("0b", 32)), other)); got.Key != wholeFile.Key || got.Pieces != other {
				t.Fatalf("%+v", got)
			}
			if more := got.Fetchable("short", "short"); more != nil {
				t.Errorf("%+v", more)
			}
		})
	}
	if list := StoredIn(made(t, NewText("no file"))); list != nil {
		t.Errorf("%+v", list)
	}
	if !MayStore(page) || MayStore(made(t, NewText("x"))) {
		t.Error("only a page may come to name files")
	}
}
