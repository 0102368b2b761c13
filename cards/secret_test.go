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
		shown(verb, fmt.Sprintf(verb, SetPieces{Key: wholeFile.Key}))
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

func TestSetPieces(t *testing.T) {
	old := wholeFile
	old.Key, old.Pieces = "", ""
	tree := made(t, NewFile(old))
	cmd := SetPieces{Key: wholeFile.Key, Pieces: wholeFile.Pieces}
	got := do(t, FileCodec{}, tree, doc.Command[File](cmd))
	if got.Key != cmd.Key || got.Pieces != cmd.Pieces {
		t.Fatalf("%+v", got)
	}
	if err := refused(t, FileCodec{}, tree, doc.Command[File](cmd)); err != doc.ErrNothing {
		t.Error(err)
	}
	// The key stays; a list of pieces that somebody got wrong does not.
	again := SetPieces{Key: Secret(strings.Repeat("0b", 32)), Pieces: strings.Repeat("0c", 32)}
	if got = do(t, FileCodec{}, tree, doc.Command[File](again)); got.Key != cmd.Key || got.Pieces != again.Pieces {
		t.Fatalf("%+v", got)
	}
	if plan, err := (SetPieces{Pieces: cmd.Pieces}).Plan(got); err != nil || !plan.Silent || len(plan.Edits) != 1 {
		t.Fatalf("sharing made an undo step: %+v, %v", plan, err)
	}
	for _, bad := range []SetPieces{{}, {Key: "short", Pieces: "short"}} {
		if _, err := bad.Plan(old); err != doc.ErrNothing {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if _, err := cmd.Plan(File{}); err != doc.ErrNothing {
		t.Errorf("without a blob: %v", err)
	}
}
