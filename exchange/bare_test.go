package exchange

import (
	"testing"

	"corkboard/doc"
)

func TestKeysAndFilesAreLeftOutAtAnyDepth(t *testing.T) {
	root := doc.Map{
		"title": "t", "key": "a word of its own",
		"archive": doc.Map{"blob": "b", "key": "k", "pieces": "p", "mime": "m"},
		"list":    doc.List{doc.Map{"blob": "b", "key": "k"}},
	}
	want := doc.Map{
		"title": "t", "key": "a word of its own",
		"archive": doc.Map{"blob": "b", "mime": "m"}, "list": doc.List{doc.Map{"blob": "b"}},
	}
	if got := WithoutKeys(root); !doc.Equal(got, want) {
		t.Errorf("without keys: %v", got)
	}
	want = doc.Map{"title": "t", "key": "a word of its own", "archive": doc.Map{"mime": "m"}, "list": doc.List{doc.Map{}}}
	if got := WithoutFiles(root); !doc.Equal(got, want) {
		t.Errorf("without files: %v", got)
	}
	if root["archive"].(doc.Map)["key"] != "k" {
		t.Error("the document itself was changed")
	}
}
