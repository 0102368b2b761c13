package ipc

import (
	"bytes"
	"errors"
	"testing"

	"corkboard/internal/lean"
)

// What comes on the socket is a message that can be written again, or ErrMessage or ErrVersion.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"version":2,"verb":"open","link":"corkboard:/x","paths":["/a"]}` + "\n"))
	f.Add([]byte(`{"version":2,"errors":["no"],"count":3,"report":{"a":[1,2]}}` + "\n"))
	f.Add([]byte(`{"version":1,"verb":"status"}` + "\n"))
	f.Add([]byte("[[[[[[[[\n"))
	f.Add(bytes.Repeat([]byte{'{'}, 4096))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		var q Request
		var p Reply
		for _, m := range []any{&q, &p} {
			err := read(bytes.NewReader(b), m)
			if err != nil && !errors.Is(err, ErrMessage) && !errors.Is(err, ErrVersion) {
				t.Fatalf("another error: %v", err)
			}
			if err != nil {
				continue
			}
			var out bytes.Buffer
			if err := write(&out, m); err != nil && !errors.Is(err, ErrMessage) { // it may be longer when it is written plainly
				t.Fatal(err)
			}
		}
	}))
}
