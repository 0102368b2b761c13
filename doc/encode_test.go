package doc_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/internal/lean"
)

func TestValuesComeBackFromJSON(t *testing.T) {
	check := func(v doc.Value) {
		t.Helper()
		b, err := doc.EncodeValue(v)
		if err != nil {
			t.Fatal(err)
		}
		again, err := doc.DecodeValue(b)
		if err != nil || !doc.Equal(v, again) {
			t.Fatalf("%#v\nis written %s\nand read %#v, %v", v, b, again, err)
		}
		if c, _ := doc.EncodeValue(again); !bytes.Equal(b, c) {
			t.Fatalf("%s is written again as %s", b, c)
		}
	}
	for _, v := range []doc.Value{
		nil, true, "", "~", "\u2028<>&\"\\\x00\x1f\x7f", int64(math.MinInt64), math.Inf(1), math.Inf(-1), 1e-300, math.Copysign(0, -1), []byte{}, []byte{0, 255},
		doc.Counter(-1), doc.Text(""), doc.Map{}, doc.List{}, doc.Map{"~": "i", "v": "42"}, doc.Map{"~": doc.Map{"~": int64(1)}},
		doc.List{nil, doc.List{}, doc.Map{"": nil}},
	} {
		check(v)
	}
	for seed := range uint64(500) {
		check(doctest.RandomValue(rand.New(rand.NewPCG(seed, 8)), 5))
	}
}

func TestStrangeJSONIsRefused(t *testing.T) {
	deep := bytes.Repeat([]byte("["), doc.MaxNesting+2)
	for _, s := range []string{"", "{", "1", `{"~":"i","v":"x"}`, `{"~":"i"}`, `{"~":"?","v":"x"}`, `{"~":"f","v":"NaN"}`, `{"~":"b","v":"!"}`, `{"~":"m","v":"x"}`, `[1]`, `{"a":2}`, `"a" "b"`, string(deep) + string(bytes.Repeat([]byte("]"), len(deep)))} {
		if v, err := doc.DecodeValue([]byte(s)); err == nil {
			t.Errorf("%s is read as %#v", s, v)
		}
	}
}

func TestStepsComeBackFromJSON(t *testing.T) {
	at := doc.At("a", "0", "é~/")
	list := []doc.Guarded{
		{Edit: doc.Put{Path: at, Value: nil}, Guard: doc.GuardEqual, Expect: nil},
		{Edit: doc.Put{Path: at, Value: doc.Map{"~": int64(1)}}, Guard: doc.GuardKind, Expect: doc.Map{}},
		{Edit: doc.Delete{Path: at}, Guard: doc.GuardAbsent},
		{Edit: doc.Insert{Path: at, Value: doc.Counter(3)}},
		{Edit: doc.Splice{Path: at, From: 1, Delete: 2, Insert: "ä"}, Guard: doc.GuardKind, Expect: doc.Text("")},
		{Edit: doc.Increment{Path: at, By: math.MinInt64}, Guard: doc.GuardKind, Expect: doc.Counter(0)},
	}
	b, err := doc.EncodeSteps(list)
	if err != nil {
		t.Fatal(err)
	}
	again, err := doc.DecodeSteps(b)
	if err != nil || len(again) != len(list) {
		t.Fatalf("%s: %v", b, err)
	}
	c, err := doc.EncodeSteps(again)
	if err != nil || !bytes.Equal(b, c) {
		t.Fatalf("%s is written again as %s, %v", b, c, err)
	}
	if e, ok := again[0].Edit.(doc.Put); !ok || e.Value != nil || e.Path.String() != at.String() {
		t.Fatalf("%#v", again[0])
	}
	for _, s := range []string{"", "{}", `[{"op":"jump","path":[],"expect":null}]`, `[{"op":"put","path":[],"value":1,"expect":null}]`} {
		if v, err := doc.DecodeSteps([]byte(s)); err == nil {
			t.Errorf("%s is read as %#v", s, v)
		}
	}
}

func FuzzDecodeValue(f *testing.F) {
	f.Add([]byte(`{"~":"m","v":{"~":{"~":"t","v":"x"}}}`))
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		v, err := doc.DecodeValue(b)
		if err != nil {
			return
		}
		again, err := doc.EncodeValue(v)
		if err != nil {
			t.Fatal(err)
		}
		if w, err := doc.DecodeValue(again); err != nil || !doc.Equal(v, w) {
			t.Fatalf("%s is read as %#v and then %#v, %v", b, v, w, err)
		}
	}))
}
