package pair

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"testing"
	"time"

	"corkboard/identity"
	"corkboard/internal/lean"
	"corkboard/net/wire"
	"corkboard/net/wire/memory"
	"corkboard/share"
)

var bothEnds = Ends{Asks: []byte("new"), Gives: []byte("old")}

// streams is the two ends of one.
func streams(t *testing.T) (asks, gives wire.Stream) {
	t.Helper()
	n := memory.New(1, nil)
	a, err := n.Join("new")
	must(t, err)
	b, err := n.Join("old")
	must(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	to, err := a.Dial(ctx, "old")
	must(t, err)
	from, err := b.Accept(ctx)
	must(t, err)
	asks, err = to.Open(ctx, Protocol)
	must(t, err)
	_, err = asks.Write([]byte{1}) // others hear of a stream once something is said on it
	must(t, err)
	_, gives, err = from.Accept(ctx)
	must(t, err)
	_, err = io.ReadFull(gives, make([]byte, 1))
	must(t, err)
	return asks, gives
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newDevice(t *testing.T) *identity.Device {
	t.Helper()
	d, err := identity.NewDevice(rand.Reader)
	must(t, err)
	return d
}

var ada = identity.PersonID{1, 2, 3}

// both runs the two ends, and gives how they went.
func both(t *testing.T, device *identity.Device, welcome []byte, no error, keep func(identity.PersonID, []byte) error) (asked, gave error, saw [2]identity.Spoken) {
	t.Helper()
	asks, gives := streams(t)
	done := make(chan error, 1)
	go func() {
		done <- Give(context.Background(), gives, bothEnds, ada, func(_ context.Context, a Asker) ([]byte, error) {
			saw[0] = a.Words
			if a.Label != "Laptop" || a.Candidate.Device != device.ID() {
				t.Errorf("%q asks, %v", a.Label, a.Candidate.Device)
			}
			return welcome, no
		})
	}()
	asked = Ask(context.Background(), asks, bothEnds, device, "Laptop", func(s identity.Spoken) { saw[1] = s }, keep)
	return asked, <-done, saw
}

func TestADeviceIsLetIn(t *testing.T) {
	for _, size := range []int{0, 1, partSize, 3*partSize + 7} {
		welcome := make([]byte, size)
		_, _ = rand.Read(welcome)
		var got []byte
		asked, gave, saw := both(t, newDevice(t), welcome, nil, func(p identity.PersonID, b []byte) error {
			if got = b; p != ada {
				t.Errorf("of %v", p)
			}
			return nil
		})
		if asked != nil || gave != nil || !bytes.Equal(got, welcome) {
			t.Errorf("%d bytes: %v, %v", size, asked, gave)
		}
		if saw[0] != saw[1] || saw[0] == (identity.Spoken("")) {
			t.Errorf("words differ: %v, %v", saw[0], saw[1])
		}
	}
}

func TestANoIsHeard(t *testing.T) {
	no := errors.New("no")
	asked, gave, _ := both(t, newDevice(t), nil, no, func(identity.PersonID, []byte) error { t.Error("kept"); return nil })
	if !errors.Is(asked, ErrRefused) || !errors.Is(gave, no) || errors.Is(gave, ErrUnheard) {
		t.Errorf("%v, %v", asked, gave)
	}
}

func TestWhatIsNotKeptIsNotConfirmed(t *testing.T) {
	full := errors.New("disk is full")
	asked, gave, _ := both(t, newDevice(t), []byte("all"), nil, func(identity.PersonID, []byte) error { return full })
	if !errors.Is(asked, full) || !errors.Is(gave, ErrUnheard) {
		t.Errorf("%v, %v", asked, gave)
	}
}

// The proof that a device may be added is made for the person who was named, so the log
// takes it.
func TestWhoAsksCanBeAdded(t *testing.T) {
	first, device := newDevice(t), newDevice(t)
	words, err := identity.NewWords(rand.Reader)
	must(t, err)
	recovery, err := words.Recovery()
	must(t, err)
	log, err := identity.Found(rand.Reader, 1, first, "First", recovery.Public())
	must(t, err)
	asks, gives := streams(t)
	done := make(chan error, 1)
	go func() {
		done <- Give(context.Background(), gives, bothEnds, log.Person(), func(_ context.Context, a Asker) ([]byte, error) {
			_, err := log.AddDevice(first, 2, a.Candidate)
			return []byte("in"), err
		})
	}()
	err = Ask(context.Background(), asks, bothEnds, device, "Laptop", func(identity.Spoken) {}, func(identity.PersonID, []byte) error { return nil })
	if gave := <-done; err != nil || gave != nil || !log.State().Active(device.ID()) {
		t.Errorf("%v, %v", err, gave)
	}
}

// Somebody in between who speaks with each end for itself has words that differ,
// whatever they choose after they have learned something.
func TestWhoeverAsksIsBound(t *testing.T) {
	device := newDevice(t)
	a := application{nonce: [32]byte{1}, label: "x", candidate: device.Apply(ada, logName)}
	for name, change := range map[string]func(*application){
		"number": func(a *application) { a.nonce[5]++ },
		"device": func(a *application) { a.candidate = newDevice(t).Apply(ada, logName) },
	} {
		asks, gives := streams(t)
		done := make(chan error, 1)
		go func() {
			done <- Give(context.Background(), gives, bothEnds, ada, func(context.Context, Asker) ([]byte, error) {
				t.Errorf("another %s came through", name)
				return nil, nil
			})
		}()
		framer := wire.NewFramer(asks, maxFrame, patience)
		must(t, framer.Write(encodeAsk(commit(a.nonce, a.candidate))))
		frame, err := framer.ReadWithin(patience)
		must(t, err)
		_, err = decodeTell(frame)
		must(t, err)
		other := a
		change(&other)
		must(t, framer.Write(encodeApplication(other)))
		if err := <-done; !errors.Is(err, ErrMalformed) {
			t.Errorf("another %s: %v", name, err)
		}
	}
}

func TestWordsDependOnEverything(t *testing.T) {
	device := newDevice(t)
	told, a := tell{person: ada}, application{candidate: device.Apply(ada, logName)}
	seen := map[identity.Spoken]string{words(bothEnds, told, a): "nothing"}
	other := a
	other.nonce[0]++
	third := a
	third.candidate = newDevice(t).Apply(ada, logName)
	for name, w := range map[string]identity.Spoken{
		"the giver's number": words(bothEnds, tell{person: ada, nonce: [32]byte{1}}, a),
		"the person":         words(bothEnds, tell{}, a),
		"the asker's number": words(bothEnds, told, other),
		"the device":         words(bothEnds, told, third),
		"the asker's name":   words(Ends{Asks: []byte("x"), Gives: bothEnds.Gives}, told, a),
		"the giver's name":   words(Ends{Asks: bothEnds.Asks, Gives: []byte("x")}, told, a),
	} {
		if was, again := seen[w]; again {
			t.Errorf("%s changes as little as %s", name, was)
		}
		seen[w] = name
	}
}

// What a hostile end may say to one who gives, and to one who asks.
func TestGarbageIsRefused(t *testing.T) {
	device := newDevice(t)
	candidate := device.Apply(ada, logName)
	long := application{candidate: candidate, label: string(make([]byte, MaxLabel+1))}
	bad := application{candidate: candidate}
	bad.candidate.KEM = make([]byte, identity.KEMSize)
	for name, frames := range map[string][][]byte{
		"nothing sensible": {[]byte("hello, I am a new device")},
		"another message":  {encodeEmpty(sayDone)},
		"a later version":  {append([]byte{version + 1}, encodeAsk([32]byte{})[1:]...)},
		"too short":        {encodeAsk([32]byte{})[:20]},
		"too long":         {append(encodeAsk([32]byte{}), 0)},
		"a long name":      {encodeAsk(commit([32]byte{}, candidate)), encodeApplication(long)},
		"no sealing key":   {encodeAsk(commit([32]byte{}, bad.candidate)), encodeApplication(bad)},
		"a huge frame":     {make([]byte, maxFrame+1)},
	} {
		asks, gives := streams(t)
		done := make(chan error, 1)
		go func() {
			done <- Give(context.Background(), gives, bothEnds, ada, func(context.Context, Asker) ([]byte, error) {
				t.Errorf("%s: came through", name)
				return nil, nil
			})
		}()
		framer := wire.NewFramer(asks, 2*maxFrame, patience)
		for _, f := range frames {
			_ = framer.Write(f) // the other side may have gone
		}
		if err := <-done; err == nil || !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrNewer) && !errors.Is(err, wire.ErrFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, frames := range map[string][][]byte{
		"nothing sensible":    {[]byte("welcome")},
		"too much announced":  {encodeTell(tell{}), encodeYes(maxSealed + 1)},
		"too little":          {encodeTell(tell{}), encodeYes(3)},
		"more than announced": {encodeTell(tell{}), encodeYes(2000), encodePart(make([]byte, 2001))},
		"an empty part":       {encodeTell(tell{}), encodeYes(2000), encodePart(nil)},
		"sealed to another":   {encodeTell(tell{}), encodeYes(2000), encodePart(make([]byte, 2000))},
	} {
		asks, gives := streams(t)
		framer := wire.NewFramer(gives, maxFrame, patience)
		for _, f := range frames {
			must(t, framer.Write(f))
		}
		err := Ask(context.Background(), asks, bothEnds, device, "x", func(identity.Spoken) {}, func(identity.PersonID, []byte) error {
			t.Errorf("%s: kept", name)
			return nil
		})
		if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrNewer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheEndOfTheContextEndsBoth(t *testing.T) {
	asks, gives := streams(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- Give(context.Background(), gives, bothEnds, ada, func(ctx context.Context, _ Asker) ([]byte, error) {
			return nil, errors.New("no")
		})
	}()
	err := Ask(ctx, asks, bothEnds, newDevice(t), "x", func(identity.Spoken) { cancel() }, nil)
	if !errors.Is(err, context.Canceled) && !errors.Is(err, ErrRefused) {
		t.Errorf("asking: %v", err)
	}
	if err := <-done; err == nil {
		t.Error("gave")
	}
}

func TestSecretsOfLinksAreTheirOwn(t *testing.T) {
	a, b := Secret(share.NewSecret([16]byte{1})), Secret(share.NewSecret([16]byte{2}))
	if a.None() || a == b || a != Secret(share.NewSecret([16]byte{1})) {
		t.Error("secrets are not told apart")
	}
}

func FuzzMessages(f *testing.F) {
	device, err := identity.NewDevice(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	for _, frame := range [][]byte{
		encodeAsk([32]byte{1}), encodeTell(tell{person: ada}), encodeYes(5000), encodePart([]byte{1, 2}), encodeEmpty(sayNo), encodeEmpty(sayDone),
		encodeApplication(application{candidate: device.Apply(ada, logName), label: "Laptop"}),
	} {
		f.Add(frame)
	}
	f.Fuzz(lean.One(func(t *testing.T, frame []byte) {
		again := func(err error, back []byte) {
			if err == nil && !bytes.Equal(back, frame) {
				t.Errorf("%x reads as %x", frame, back)
			}
		}
		commitment, err := decodeAsk(frame)
		again(err, encodeAsk(commitment))
		told, err := decodeTell(frame)
		again(err, encodeTell(told))
		if a, err := decodeApplication(frame); err == nil {
			again(nil, encodeApplication(a))
		}
		length, err := decodeYes(frame)
		again(err, encodeYes(length))
		part, err := decodePart(frame)
		again(err, encodePart(part))
		again(decodeDone(frame), encodeEmpty(sayDone))
	}))
}
