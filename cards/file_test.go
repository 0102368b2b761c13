package cards

import (
	"strings"
	"testing"

	"corkboard/doc"
)

var wholeFile = File{
	Title: "report", Extension: "pdf", MIME: "application/pdf", Blob: strings.Repeat("0af9", 16), Size: 3_200_000,
	Width: 595, Height: 842, Pages: 12, Average: "#fafafa", Animated: true, Captured: 1_700_000_000_000, Caption: "read me",
	Duration: 83_400, Bars: "0Ao0",
	Key: Secret(strings.Repeat("5ec2", 16)), Pieces: strings.Repeat("1eaf", 16),
}

func TestNewFileDecodesToItself(t *testing.T) {
	want := wholeFile
	want.captionMerges = true
	if got := (FileCodec{}).Decode(made(t, NewFile(wholeFile))); got != want {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func TestNewFileLeavesOutTheUnknown(t *testing.T) {
	root := made(t, NewFile(File{Title: "x\ny"})).Root()
	if len(root) != 2 || root["title"] != "x y" || root["caption"] != doc.Text("") {
		t.Fatalf("%+v", root)
	}
}

func TestFileCodecCleansWhatItReads(t *testing.T) {
	got := FileCodec{}.Decode(doc.NewTree(doc.Map{
		"title": "a\u202eb\n", "extension": "../sh", "mime": "Image/PNG; x=y", "blob": "../../etc/passwd",
		"size": int64(-5), "width": 640.0, "height": 1.5, "pages": int64(1 << 40), "average": "#ABCDEF",
		"animated": "yes", "caption": "plain", "capturedAt": true,
		"key": strings.Repeat("5EC2", 16), "pieces": strings.Repeat("a", 63),
	}))
	want := File{Title: "ab", MIME: "image/png", Width: 640, Average: "#abcdef", Caption: "plain"}
	if got != want {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func TestFileCommands(t *testing.T) {
	tree := made(t, NewFile(wholeFile))
	if got := do(t, FileCodec{}, tree, doc.Command[File](Rename{Title: " new\nname "})); got.Title != "new name" || got.Extension != "pdf" {
		t.Fatalf("%+v", got)
	}
	facts := SetFacts{Width: 10, Pages: 3, Average: "#00FF00"}
	got := do(t, FileCodec{}, tree, doc.Command[File](facts))
	if got.Width != 10 || got.Height != 842 || got.Pages != 3 || got.Average != "#00ff00" || !got.Animated {
		t.Fatalf("%+v", got)
	}
	if plan, err := (SetFacts{Width: 11}).Plan(got); err != nil || !plan.Silent || len(plan.Edits) != 1 {
		t.Fatalf("measuring made an undo step: %+v, %v", plan, err)
	}
	for _, cmd := range []doc.Command[File]{
		facts, SetFacts{Width: -1, Average: "red", Pages: maxPages + 1}, Rename{Title: "new name"}, Rename{Title: "\n"},
		SetCaption{Was: "a", Now: "a"},
	} {
		if err := refused(t, FileCodec{}, tree, cmd); err != doc.ErrNothing {
			t.Errorf("%T%+v: %v", cmd, cmd, err)
		}
	}
}

func TestTwoPeopleTypeInOneCaption(t *testing.T) {
	for name, caption := range map[string]doc.Value{"text": doc.Text("the red sea"), "register": "the red sea"} {
		t.Run(name, func(t *testing.T) {
			tree := doc.NewTree(doc.Map{"caption": caption})
			got := do(t, FileCodec{}, tree, doc.Command[File](SetCaption{Was: "the sea", Now: "the sea at night"}))
			if got.Caption != "the red sea at night" || !got.captionMerges {
				t.Fatalf("%+v", got)
			}
		})
	}
}

func TestKindFor(t *testing.T) {
	for mime, want := range map[string]Kind{
		"image/png": KindImage, "IMAGE/JPEG": KindImage, "image/svg+xml; charset=utf-8": KindImage,
		"image/heic": KindFile, "application/pdf": KindPDF, "audio/mpeg": KindAudio, "audio/midi": KindAudio, "video/mp4": KindVideo, "text/plain": KindFile, "": KindFile, "pdf": KindFile,
	} {
		if got := KindFor(mime); got != want {
			t.Errorf("%q: %s, want %s", mime, got, want)
		}
	}
}

func TestIconFor(t *testing.T) {
	for _, c := range []struct {
		mime, ext string
		want      Icon
	}{
		{"application/pdf", "bin", IconPDF}, {"application/zip", "odt", IconText}, {"", ".XLSX", IconSheet},
		{"audio/x-thing", "thing", IconAudio}, {"text/x-log", "log", IconText}, {"application/zip", "zip", IconArchive},
		{"video/mp4", "", IconVideo}, {"image/heic", "", IconImage}, {"font/woff", "", IconFont},
		{"application/octet-stream", "bin", IconFile}, {"", "", IconFile},
	} {
		if got := IconFor(c.mime, c.ext); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.mime, c.ext, got, c.want)
		}
	}
}
