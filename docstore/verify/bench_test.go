package verify_test

import (
	"bytes"
	"fmt"
	"testing"

	"corkboard/docstore/verify"
)

// move is what a moved card makes: one register of one map.
func move() *forged {
	return &forged{
		deps: [][32]byte{{1}}, actor: me, seq: 100, start: 20_000, time: 1700000000000, message: "Move card",
		ops: []forgedOp{{obj: ref{700, me}, key: "at", action: 1, kind: 6, value: []byte("1234.5 678"), preds: []ref{{19_999, me}}}},
	}
}

func BenchmarkChange(b *testing.B) {
	big := many(1000, func(i int) forgedOp {
		return forgedOp{key: fmt.Sprint("note-", i), action: 1, kind: 6, value: bytes.Repeat([]byte("lorem"), 205)}
	})
	typed := many(verify.MaxOps, func(i int) forgedOp {
		o := forgedOp{obj: ref{7, sample().actor}, list: true, insert: true, action: 1, kind: 6, value: []byte{'a' + byte(i%26)}, elem: ref{uint64(100_000 + i - 1), sample().actor}}
		if i == 0 {
			o.elem = ref{}
		}
		return o
	})
	typed.start = 100_000
	for name, c := range map[string][]byte{"Move": move().bytes(), "OneMiB": big.bytes(), "Typed20000": typed.bytes(), "OneMiBCompressed": packed(big.data())} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c)))
			for b.Loop() {
				if _, err := verify.Change(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
